"""The workbook a person has typed into, found and read back."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pmreport.app.opened import PLAIN, Line, Opened
from pmreport.errors import BadDataError
from pmreport.render.book import ENTRIES, MAKER
from pmreport.report.sheets.carry import Before, Word, Words
from pmreport.report.sheets.shape import LEFT, LISTS, Sheet

_DATED = re.compile(r"(?P<stem>.+)-(?P<day>\d{4}-\d\d-\d\d)\.xlsx")
_SEARCHED = 20  # rows: a person may have put lines above the headings
_LONGEST_TITLE = 200
_LOST = "what you typed in the last workbook cannot be taken over"
_HINT = "save it again as .xlsx, or move it away; nothing was written, and it is as it was"


def find(path: Path, folders: Iterable[Path]) -> Path | None:
    """The workbook to carry over from: the one that is to be written anew, else the newest one before it.

    Looked for under the same name with another day, in the folder of `path` and in `folders`.
    """
    if path.exists():
        return path
    wanted = _DATED.fullmatch(path.name)
    if wanted is None:
        return None
    found = [
        (name["day"], each.stat().st_mtime_ns, each)
        for folder in dict.fromkeys((path.parent, *folders))
        for each in folder.glob("*.xlsx")
        if (name := _DATED.fullmatch(each.name)) and name["stem"] == wanted["stem"]
    ]
    return max((one for one in found if one[0] <= wanted["day"]), default=(None, None, None))[2]


def read(path: Path, sheet: Sheet) -> Before:
    """What stands in the workbook.

    Raises BadDataError where it cannot be opened, or holds no table with the columns of the sheet.
    """
    try:
        with Opened(path) as file:
            others = sorted(file.names - {LEFT, LISTS}, key=lambda name: (name != sheet.name, name))
            found = _table(file, sheet, others)
            left = _table(file, sheet, (LEFT,))
            keys = _keys(file.lines(LISTS))
    except Exception as error:  # what a torn file makes the reader stumble over has no common name
        why = error.strerror if isinstance(error, OSError) else None
        raise BadDataError(
            f"{_LOST}: {(why or 'it is no sound workbook').lower()}", where=str(path), hint=_HINT
        ) from error
    if found is None:
        first = sheet.table.columns[0].title
        raise BadDataError(
            f"{_LOST}: it has no table with a column {first}",
            where=str(path),
            hint="put its headings back, or move it away; nothing was written, and it is as it was",
        )
    return Before(titles=found[0], rows=found[1], keys=keys, left=left[1] if left else ())


def saved_by_a_person(path: Path) -> bool:
    """Whether anybody has saved the workbook since it was made; one that cannot be read counts as saved."""
    try:
        with zipfile.ZipFile(path) as parts:
            told = parts.read("docProps/core.xml").decode()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return True
    stamps = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", told)
    return f"<cp:lastModifiedBy>{MAKER}<" not in told or len(set(stamps)) != 1


def spare(path: Path) -> Path:
    """A free name beside the workbook, for the version that a person has saved."""
    number = 1
    while (name := path.with_name(f"{path.stem}.kept-{number}{path.suffix}")).exists():
        number += 1
    return name


def _table(
    file: Opened, sheet: Sheet, names: Iterable[str]
) -> tuple[tuple[str, ...], tuple[Words, ...]] | None:
    """The titles and rows of the first of these sheets that has the headings looked for; None: none has."""
    for name in names:
        lines = file.lines(name)
        for at, line in enumerate(lines[:_SEARCHED]):
            if _is_heading(line, sheet):
                titles = _titles(line, max(map(len, lines)))
                return titles, tuple(words for row in lines[at + 1 :] if (words := _words(titles, row)))
    return None


def _is_heading(line: Line, sheet: Sheet) -> bool:
    texts = {str(value).strip() for value in line if value is not None}
    ours = [column.title for column in sheet.table.columns]
    return ours[0] in texts and ("Summary" in texts or len(texts & set(ours)) > len(ours) // 2)


def _titles(line: Line, columns: int) -> tuple[str, ...]:
    """One for every column, each once: a column without a heading is called by its place."""
    titles: list[str] = []
    for place in range(columns):
        value = line[place] if place < len(line) else None
        title = " ".join(str(value).split())[:_LONGEST_TITLE] if value is not None else ""
        title = title or f"Column {place + 1}"
        taken = title.casefold() in {one.casefold() for one in titles}
        titles.append(f"{title} ({place + 1})" if taken else title)
    return tuple(titles)


def _words(titles: Sequence[str], row: Line) -> Words:
    """The filled cells of a row."""
    pairs = zip(titles, row, strict=False)
    return {title: _word(value) for title, value in pairs if value is not None and value != ""}


def _word(value: Any) -> Word:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value if isinstance(value, PLAIN) else str(value)


def _keys(lines: Sequence[Line]) -> frozenset[str] | None:
    if not lines or ENTRIES not in lines[0]:
        return None
    column = lines[0].index(ENTRIES)
    return frozenset(str(line[column]) for line in lines[1:] if len(line) > column and line[column])
