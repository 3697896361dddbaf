"""What a person typed into the last workbook, laid over the next one: nothing of it is dropped."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from pmreport.report.draft import KEY
from pmreport.report.links import WITHHELD
from pmreport.report.sheets.shape import Sheet
from pmreport.report.view import Text

Word = str | bool | int | float | datetime | date | time | timedelta
Words = Mapping[str, Word]
SUMMARY = "Summary"
LEFT_ON = "Left on"
_OURS = re.compile(rf"{KEY.pattern}(#\d+)?|(ask|risk)-[0-9a-f]{{6}}")  # how entries are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The last workbook as it was read: its rows by the titles of their columns, empty cells left out.

    `keys` are the names of the entries pmreport had written, None where that is not known any more; `left`
    are the rows of the sheet for entries that are no longer listed.
    """

    titles: tuple[str, ...] = ()
    rows: tuple[Words, ...] = ()
    keys: frozenset[str] | None = None
    left: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What goes into the next workbook: under which titles, beside which entry, in own rows, or left.

    `titles` are those of the columns that belong to the person, their own behind those of the sheet.
    """

    titles: tuple[str, ...]
    beside: Mapping[str, Words] = field(default_factory=dict)
    own: tuple[Words, ...] = ()
    left: tuple[Words, ...] = ()


def key_of(cells: tuple[Text, ...]) -> str:
    """The name of an entry: the text of its first cell."""
    return "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in cells[0])


def keys_of(sheet: Sheet) -> tuple[str, ...]:
    """The names of all entries of a sheet, in their order."""
    return tuple(key_of(row.cells) for row in sheet.table.rows)


def kept(sheet: Sheet, before: Before, today: date) -> Kept:
    """What the person typed, by entry; a row they added stays whole, and a column they added stays too.

    What stands beside an entry that is gone, or beside a second row of the same name, is left: with its
    summary and the day on which it was first missed. An entry that comes back finds its words again. An issue
    that the readers of the sheet may not hear of (any more) is not named there.
    """
    now = frozenset(keys_of(sheet))
    titles = _titles(sheet, before)
    beside: dict[str, Words] = {}
    own: list[Words] = []
    left: list[Words] = []
    for row in before.rows:
        if not _is_entry(key := _name(sheet, row), before):
            own.append(row)
        elif words := _typed(row, titles):
            gone = {**_told(sheet, row), LEFT_ON: today, **words}
            _lay(key, words, gone, now=now, beside=beside, left=left)
    for row in before.left:
        _lay(_name(sheet, row), _typed(row, titles), row, now=now, beside=beside, left=left)
    quiet = tuple(_unnamed(sheet, row) for row in left)
    return Kept(titles=titles, beside=beside, own=tuple(own), left=quiet)


def _titles(sheet: Sheet, before: Before) -> tuple[str, ...]:
    """Those of the sheet, then those that the person added, where anything stands below them."""
    written = {column.title for column in sheet.table.columns} | set(sheet.yours) | {LEFT_ON}
    used = {title for row in (*before.rows, *before.left) for title in row}
    return (*sheet.yours, *(one for one in before.titles if one not in written and one in used))


def _is_entry(key: str, before: Before) -> bool:
    """Whether pmreport wrote the row; every other one is the person's."""
    return key in before.keys if before.keys is not None else bool(_OURS.fullmatch(key))


def _lay(
    key: str,
    words: Words,
    row: Words,
    *,
    now: frozenset[str],
    beside: dict[str, Words],
    left: list[Words],
) -> None:
    """Beside its entry where that is listed and nothing stands there yet, else to what is left."""
    if key in now and key not in beside:
        beside[key] = words
    else:
        left.append(row)


def _name(sheet: Sheet, row: Words) -> str:
    return str(row.get(sheet.table.columns[0].title, "")).strip()


def _typed(row: Words, titles: Iterable[str]) -> Words:
    return {title: row[title] for title in titles if title in row}


def _told(sheet: Sheet, row: Words) -> Words:
    return _typed(row, (sheet.table.columns[0].title, SUMMARY))


def _unnamed(sheet: Sheet, row: Words) -> Words:
    """The row, without the name of an issue that is not for the readers of the sheet."""
    key = KEY.match(_name(sheet, row))
    if key is None or key[0] in sheet.named:
        return row
    words = {title: word for title, word in row.items() if title != SUMMARY}
    return {**words, sheet.table.columns[0].title: WITHHELD}
