"""The report as plain text, in lines of at most 78 characters."""

import re

from pmreport.render.flat import flat
from pmreport.render.templates import Templates
from pmreport.report.view import Report


def render(report: Report, templates: Templates) -> str:
    """The whole report as plain text, by the template that also makes the text part of its mail.

    Raises:
        BadDataError: there is no text for a report of this name, or the template is broken.
    """
    return tidy(templates.render(f"{report.name}/mail.txt.j2", flat(report)))


def tidy(text: str) -> str:
    """The text with at most one empty line in a row, and one line end at its end."""
    return re.sub("\n{3,}", "\n\n", text).strip() + "\n"
