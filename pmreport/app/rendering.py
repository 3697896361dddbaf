"""How a report becomes the bytes of a file, format by format."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pmreport.app import formats, pdf, workbooks
from pmreport.app.addressees import LISTS
from pmreport.config import Config
from pmreport.deliver.message import Image, Letter, build
from pmreport.render import chart_drawer, data, mail, markdown, page, text
from pmreport.render.templates import Templates
from pmreport.report.inputs import Inputs
from pmreport.report.view import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What a file is made from: the report, what it was built from, and the place where it will lie.

    `page` writes the report's page, of which a file is printed too.
    """

    report: Report
    inputs: Inputs
    templates: Templates
    config: Config
    path: Path
    page: Callable[[], bytes]


MAKERS: Mapping[str, Callable[[Making], bytes]] = {
    "html": lambda it: it.page(),
    formats.MAIL: lambda it: build(letter(it.report, it.templates, it.config)),
    "md": lambda it: markdown.render(it.report, it.templates).encode(),
    "txt": lambda it: text.render(it.report, it.templates).encode(),
    "json": lambda it: data.render(it.report).encode(),
    formats.XLSX: lambda it: workbooks.render(it.report, it.inputs, it.templates, it.path, it.config.folder),
    formats.PDF: lambda it: pdf.render(it.page(), it.config.report.browser, as_of=it.report.as_of),
}


def begun_page(report: Report, templates: Templates, wanted: Iterable[str]) -> Callable[[], bytes]:
    """What writes the page, once for all formats; its pictures are begun where one of those shows them."""
    if {"html", formats.PDF}.isdisjoint(wanted):
        return lambda: b""
    written = page.begin(report, templates)
    return cache(lambda: written().encode())


def make_ready(wanted: Iterable[str], config: Config) -> None:
    """Start what takes its time to start, before the numbers are read, where these formats will need it."""
    if not {"html", formats.PDF, *([formats.MAIL] if config.mail.images else [])}.isdisjoint(wanted):
        chart_drawer.DRAWER.start()


def letter(report: Report, templates: Templates, config: Config) -> Letter:
    """The mail as a draft, for the person to look at and send."""
    made = mail.render(report, templates, images=config.mail.images)
    host = urlsplit(report.site_url).hostname or "localhost"
    sender = config.mail.sender or config.site.email or f"pmreport@{host}"
    return Letter(
        subject=made.subject,
        html=made.html,
        text=made.text,
        sender=sender,
        recipients=tuple(config.mail.lists.get(LISTS[report.name], ())),
        date=report.as_of,
        domain=sender.rpartition("@")[2].rstrip(">"),
        list_id=f"{report.product} {templates.dress or report.name}",
        draft=True,
        images=tuple(Image(name=one.name, content=one.content) for one in made.pictures),
    )
