"""What makes a PDF here, and the PDF of a page."""

import os
import re
from datetime import UTC, datetime
from importlib.util import find_spec

from pmreport.app.pdf import browser, find
from pmreport.errors import PmreportError

_STAMP = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}\+00'00'\)")
_HINT = (
    "install Edge, Chrome or Chromium, or name one with PMREPORT_BROWSER; or run "
    "`pip install 'pmreport[pdf]'`; or open the page and print it"
)


def render(html: bytes, named: str | None, *, as_of: datetime) -> bytes:
    """The PDF of a page, dated `as_of`; the network is not asked for anything.

    Made by the browser that is named or found, else by WeasyPrint. Raises PmreportError where there is
    neither, and where the browser fails.
    """
    found = find.browser(named, os.environ)
    if found is not None:
        return _dated(browser.printed(html, found), as_of)
    if find_spec("weasyprint") is not None:
        return _set(html)
    raise PmreportError("there is no browser on this computer that could make a PDF", hint=_HINT)


def _dated(content: bytes, as_of: datetime) -> bytes:
    """The PDF with the moment of the report in the place of that of its printing, which is as long."""
    stamp = as_of.astimezone(UTC).strftime("%Y%m%d%H%M%S").encode()
    return _STAMP.sub(rb"\g<1>" + stamp + rb"+00'00')", content)


def _set(html: bytes) -> bytes:
    """The PDF by WeasyPrint, which is given no protocol to fetch anything by."""
    try:
        from weasyprint import HTML  # type: ignore[import-untyped]
        from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]
    except OSError as error:  # the libraries it stands on are not there, as often on Windows
        raise PmreportError(f"WeasyPrint cannot be used: {error}", hint=_HINT) from error
    fetcher = URLFetcher(allowed_protocols=("data",))
    content: bytes = HTML(string=html.decode(), url_fetcher=fetcher).write_pdf()
    return content
