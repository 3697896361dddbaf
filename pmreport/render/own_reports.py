"""Reports of a person's own: a folder with a page among their templates, made from a shipped report.

Such a report is the one it is made from in other clothes: it holds the same values, for the same readers.
Which one that is stands in the first line of its page, as in `{# from: sprint #}`; without it, the weekly.
"""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from pmreport.errors import BadDataError
from pmreport.render.sandbox import lies_in
from pmreport.render.templates import shipped_folder

PAGE = "page.html.j2"
DEFAULT = "weekly"
_FROM = re.compile(r"\s*\{#-?\s*from:\s*(?P<base>[^\s#]*)\s*-?#\}")
_NAME = re.compile(r"[A-Za-z0-9][\w-]*")
_TAKEN = ("charts", "list", "diff")  # a folder of another kind, and words of `pmreport report`


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """A report of one's own, the report that it is made from, and its page."""

    name: str
    base: str
    page: Path


def shipped_names() -> tuple[str, ...]:
    """The reports that pmreport brings."""
    return tuple(sorted(page.parent.name for page in shipped_folder().glob(f"*/{PAGE}")))


def names(folder: Path | None) -> tuple[str, ...]:
    """The reports of one's own in a folder of templates, by name."""
    if folder is None:
        return ()
    shipped = shipped_names()
    found = (
        page.parent.name for page in folder.glob(f"*/{PAGE}") if page.is_file() and lies_in(page, folder)
    )
    return tuple(sorted(name for name in found if name not in shipped and is_name(name)))


def is_name(name: str) -> bool:
    """Whether a report can be called so."""
    return _NAME.fullmatch(name) is not None and name not in _TAKEN


def find(folder: Path | None, name: str) -> OwnReport | None:
    """The report of one's own that is called so; None where there is none.

    Raises BadDataError where its first line names no report that it could be made from.
    """
    if folder is None or name not in names(folder):
        return None
    page = folder / name / PAGE
    return OwnReport(name=name, base=_base(page), page=page)


def _base(page: Path) -> str:
    with page.open(encoding="utf-8-sig", errors="replace") as lines:
        said = _FROM.match(lines.readline())
    base = said["base"] if said else DEFAULT
    known = shipped_names()
    if base not in known:
        near = difflib.get_close_matches(base, known, n=1)
        meant = f'; did you mean "{near[0]}"?' if near else ""
        raise BadDataError(
            f'no report is called "{base}"{meant}',
            where=f"{page}:1",
            hint=f"a report of your own is made from one of {', '.join(known)}",
        )
    return base
