"""The tables of the store as files for other tools."""
