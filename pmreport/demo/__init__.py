"""The built-in Jira simulator: a seeded site on loopback, with no account and no network."""
