"""Status reports and development goals for product managers, from the history of a Jira site."""

__version__ = "0.1.0"
