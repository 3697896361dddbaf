"""Jira, read over its REST interface and never written to."""
