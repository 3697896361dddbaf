"""The report as Markdown: for a wiki, a repository, or an editor to write into."""

from pmreport.render.flat import flat
from pmreport.render.templates import Templates
from pmreport.render.text import tidy
from pmreport.report.view import Report


def render(report: Report, templates: Templates) -> str:
    """The whole report as Markdown; fields to fill in are blanks, and no word of Jira becomes markup.

    Raises:
        BadDataError: there is no Markdown for a report of this name, or the template is broken.
    """
    return tidy(templates.render(f"{report.name}/report.md.j2", flat(report)))
