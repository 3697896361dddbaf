"""The way from a Jira site to a faithful local history."""
