"""The numbers: each with a definition, a query and what it leaves out."""
