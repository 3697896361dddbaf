"""Jira's answers as rows: untrusted JSON in, rows and problems out."""
