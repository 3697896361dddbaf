"""The report as one page that needs nothing but itself."""

from collections.abc import Callable

from pmreport.render import places
from pmreport.render.templates import Templates
from pmreport.report.view import Report


def render(report: Report, templates: Templates) -> str:
    """The report as one HTML file: no request leaves it, and it can be read without its script.

    The same report and templates give the same bytes.

    Raises:
        BadDataError: there is no page for a report of this name, or the template is broken.
    """
    return begin(report, templates)()


def begin(report: Report, templates: Templates) -> Callable[[], str]:
    """Have the pictures of the page drawn while somebody does something else; what then writes it.

    That is called once, and raises as `render`.
    """
    shown = places.named(report)
    templates.pictures.begin(shown)

    def written() -> str:
        try:
            return templates.render(f"{report.name}/page.html.j2", shown).strip() + "\n"
        finally:
            templates.pictures.forget(shown)

    return written
