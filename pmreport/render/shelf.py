"""What lies in the folders of templates: each file once, the person's own beside the shipped one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pmreport.render.own_reports import is_name, shipped_names
from pmreport.render.sandbox import lies_in
from pmreport.render.templates import shipped_folder

_SUFFIXES = (".j2", ".json", ".css", ".js")
_CHARTS = "charts/"


class Kind(StrEnum):
    """What a file is for. A PART is brought in by others."""

    PAGE = "page"
    MAIL = "mail"
    TEXT = "text"
    SUBJECT = "subject"
    MARKDOWN = "markdown"
    CHART = "chart"
    STYLE = "style"
    PART = "part"


FACES = {
    "page.html.j2": Kind.PAGE,
    "mail.html.j2": Kind.MAIL,
    "mail.txt.j2": Kind.TEXT,
    "subject.txt.j2": Kind.SUBJECT,
    "report.md.j2": Kind.MARKDOWN,
}
_STYLE = ("theme.css", "theme.json", "page.js", "charts/config.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file by its name in the folders. `report` None: it serves all."""

    name: str
    kind: Kind
    report: str | None
    own: Path | None
    shipped: Path | None


def entries(folder: Path | None) -> tuple[Entry, ...]:
    """Every file, the reports first, then what they share, then the charts."""
    own = {} if folder is None else _files(folder)
    shipped = _files(shipped_folder())
    found = (_entry(name, own.get(name), shipped.get(name)) for name in {**own, **shipped})
    return tuple(sorted(found, key=_order))


def chart_name(name: str) -> str | None:
    """The name of the chart that a file holds; None where it holds none."""
    is_chart = name.startswith(_CHARTS) and name.endswith(".vl.json")
    return name.removeprefix(_CHARTS).removesuffix(".vl.json") if is_chart else None


def described(entry: Entry) -> str:
    """What a chart says of itself; nothing where it says nothing, or cannot be read."""
    path = entry.own or entry.shipped
    try:
        spec = json.loads(path.read_text(encoding="utf-8")) if path is not None else None
    except ValueError:
        return ""
    said = spec.get("description") if isinstance(spec, dict) else None
    return said if isinstance(said, str) else ""


def _files(folder: Path) -> dict[str, Path]:
    return dict(_found(folder))


def _found(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in name.parts)
        if not is_hidden and path.suffix in _SUFFIXES and path.is_file() and lies_in(path, folder):
            yield name.as_posix(), path


def _entry(name: str, own: Path | None, shipped: Path | None) -> Entry:
    report, _, face = name.rpartition("/")
    is_face = face in FACES and (report in shipped_names() or is_name(report))
    kind = FACES[face] if is_face else _shared_kind(name)
    return Entry(name=name, kind=kind, report=report if is_face else None, own=own, shipped=shipped)


def _shared_kind(name: str) -> Kind:
    if chart_name(name) is not None:
        return Kind.CHART
    return Kind.STYLE if name in _STYLE else Kind.PART


def _order(entry: Entry) -> tuple[bool, bool, bool, str, int]:
    """Reports by name, each with its page first; then parts and styles; then charts."""
    is_chart = entry.name.startswith(_CHARTS)
    faces = list(FACES.values())
    rank = faces.index(entry.kind) if entry.kind in faces else len(faces)
    return entry.report is None, is_chart, entry.kind is Kind.STYLE, entry.report or entry.name, rank
