"""The resources of a Jira site, one family of them a file."""
