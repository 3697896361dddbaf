"""Templates and their faults, as tables, blocks of words, and JSON objects."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from pmreport.app.templates import Shelf, Standing
from pmreport.cli import grid
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA
from pmreport.cli.screen import harmless, in_lines, say
from pmreport.render import shelf
from pmreport.render.fault import Fault
from pmreport.render.shelf import Entry, Kind

Json = dict[str, Any]

_YOURS = {
    Standing.SHIPPED: "",
    Standing.COPY: "a copy, not changed",
    Standing.OWN: "yours",
    Standing.OUTDATED: "yours; the shipped one has changed since: see `templates diff`",
    Standing.UNKNOWN: "yours; not copied from a shipped one",
    Standing.NEW: "yours alone",
}
_WHAT = {
    Kind.PAGE: "page",
    Kind.MAIL: "mail",
    Kind.TEXT: "plain text, also of the mail",
    Kind.SUBJECT: "subject of the mail",
    Kind.MARKDOWN: "Markdown",
    Kind.CHART: "chart",
    Kind.STYLE: "look of every report",
    Kind.PART: "part of others",
}
_SHARED = {
    "_page.html.j2": "frame of every page",
    "_blocks.html.j2": "parts of every page",
    "_mail.html.j2": "frame of every mail",
    "_mail.txt.j2": "frame of every plain text",
    "_report.md.j2": "frame of all Markdown",
    "theme.css": "style of every page",
    "theme.json": "colours and font, also of mails and charts",
    "page.js": "script of every page",
    "charts/config.json": "style of every chart",
}


def shelf_json(found: Shelf) -> Json:
    """`templates list`."""
    return {
        "schema": SCHEMA,
        "folder": None if found.folder is None else str(found.folder),
        "templates": [_entry_json(entry, standing) for entry, standing in found.templates],
        "reports": [{"name": name, "from": base} for name, base in found.bases.items()],
    }


def _entry_json(entry: Entry, standing: Standing) -> Json:
    return {
        "name": entry.name,
        "kind": str(entry.kind),
        "report": entry.report,
        "standing": str(standing),
        "path": str(entry.own or entry.shipped),
    }


def faults_json(folder: Path, faults: Sequence[Fault]) -> Json:
    """`templates check`."""
    return {
        "schema": SCHEMA,
        "folder": str(folder),
        "faults": [{"what": one.what, "where": one.where, "hint": one.hint} for one in faults],
    }


def show(found: Shelf) -> None:
    """A table of what makes reports, one of what they share, and one of charts; then where yours lie."""
    of_reports = [pair for pair in found.templates if pair[0].report is not None]
    charts = [pair for pair in found.templates if pair[0].kind is Kind.CHART]
    shared = [pair for pair in found.templates if pair not in of_reports and pair not in charts]
    named = (("Reports", of_reports), ("What they share", shared), ("Charts", charts))
    own = found.folder is not None
    grid.show([_table(title, pairs, found.bases, own=own) for title, pairs in named])
    say("")
    say(in_lines(_where(found)))


def _table(
    title: str, pairs: Iterable[tuple[Entry, Standing]], bases: Mapping[str, str | None], *, own: bool
) -> Grid:
    columns = (Column(title="Template", whole=True), Column(title="What"), Column(title="Yours"))
    count = len(columns) if own else len(columns) - 1
    rows = ((entry.name, _what(entry, bases), _YOURS[standing]) for entry, standing in pairs)
    return Grid(title=title, columns=columns[:count], rows=tuple(row[:count] for row in rows))


def _what(entry: Entry, bases: Mapping[str, str | None]) -> str:
    if entry.kind is Kind.CHART:
        return shelf.described(entry).partition(";")[0].rstrip(".") or _WHAT[entry.kind]
    what = _SHARED.get(entry.name, _WHAT[entry.kind])
    if entry.report is None or entry.report not in bases or entry.kind is not Kind.PAGE:
        return what
    base = bases[entry.report]
    return f"{what}, made from {base}" if base else f"{what}, its first line names no report"


def _where(found: Shelf) -> str:
    if found.folder is None:
        return "You have none of your own; `pmreport templates copy NAME` begins a folder for them."
    return f"Yours lie in {found.folder}{'' if found.folder.is_dir() else ', which is not there yet'}"


def show_faults(folder: Path, faults: Sequence[Fault]) -> None:
    """Each fault as an error is told everywhere, and a last line that counts them."""
    for fault in faults:
        click.echo(f"{click.style('error:', fg='red', bold=True)} {harmless(fault.what)}")
        say(f"  --> {fault.where}\n  hint: {fault.hint}\n")
    count = len(faults)
    said = f"{count} fault{'' if count == 1 else 's'}" if count else "Nothing is wrong"
    say(f"{said} in {folder}")
