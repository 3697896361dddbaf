"""The faces of a report: page, mail, text and charts."""
