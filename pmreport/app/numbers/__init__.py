"""The numbers of one moment, a file for each family: for the terminal, for programs and for the reports."""
