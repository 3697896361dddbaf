"""The report as one page that needs nothing but itself."""

from pmreport.render import places
from pmreport.render.templates import Templates
from pmreport.report.view import Report


def render(report: Report, templates: Templates) -> str:
    """The report as one HTML file: no request leaves it, and it can be read without its script.

    The same report and templates give the same bytes.

    Raises:
        BadDataError: there is no page for a report of this name, or the template is broken.
    """
    return templates.render(f"{report.name}/page.html.j2", places.named(report)).strip() + "\n"
