"""Jira's REST resources: one file each."""
