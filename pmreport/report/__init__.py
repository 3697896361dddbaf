"""The reports: what is said about a period, as values."""
