"""The sections of the reports, one a file."""
