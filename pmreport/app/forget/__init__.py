"""Forgetting an issue or a person: found, shown, and taken out of everything that is kept."""
