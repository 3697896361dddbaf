"""The workbook of a report as the bytes of an Excel file; the same values always give the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pmreport.model.visible import one_line
from pmreport.render import grid
from pmreport.render.cells import put
from pmreport.render.grid import Cell, Grid, Place
from pmreport.render.looks import Looks
from pmreport.render.theme import Theme
from pmreport.report.sheets import carry
from pmreport.report.sheets.carry import SUMMARY, Kept, Words
from pmreport.report.sheets.shape import ABOUT, LEFT, LISTS, Book, Sheet

MAKER = "pmreport"  # written as author and as last editor: a file that says otherwise was saved by a person
ENTRIES = "Entries"  # the heading above the names of what pmreport wrote
_ABOUT_WIDTH = 100  # characters
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a workbook is called, by whom and when it was made, and the zone that its moments are in."""

    title: str
    at: datetime
    by: str
    zone: str


def render(book: Book, kept: Mapping[str, Kept], theme: Theme, made: Made) -> bytes:
    """The file. `kept` holds what a person typed, by the name of the sheet."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    content = BytesIO()
    with Workbook(content, _OPTIONS) as file:
        instant = made.at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        told = {
            "title": one_line(made.title),
            "author": MAKER,
            "comments": one_line(made.by),
            "created": instant,
        }
        file.set_properties(told)
        _Writer(file, Looks(file, theme), made).write(book, kept)
    return content.getvalue()


class _Writer:
    """One workbook while it is written."""

    def __init__(self, file: Any, looks: Looks, made: Made) -> None:
        self._file = file
        self._looks = looks
        self._made = made

    def write(self, book: Book, kept: Mapping[str, Kept]) -> None:
        for sheet in book.sheets:
            self._sheet(sheet, kept.get(sheet.name, Kept(titles=sheet.yours)))
        for name, typed in kept.items():
            if typed.left:
                self._left(next(one for one in book.sheets if one.name == name), typed)
        self._about(book)
        if any(one.yours for one in book.sheets):
            self._lists(book)

    def _sheet(self, sheet: Sheet, kept: Kept) -> None:
        titles = (*(column.title for column in sheet.table.columns), *kept.titles)
        cells = [grid.cells(row, self._made.zone) for row in sheet.table.rows]
        beside = [kept.beside.get(key, {}) for key in carry.keys_of(sheet)]
        typed = [[_typed(words, title) for title in kept.titles] for words in beside]
        rows = [[*told, *own] for told, own in zip(cells, typed, strict=True)]
        rows += [[_typed(words, title) for title in titles] for words in kept.own]
        if not rows and not sheet.yours:
            rows.append([Cell(sheet.table.empty), *(Cell(None) for _ in titles[1:])])
        choices = tuple(sheet.choices.items())
        place = Place(
            self._made.title,
            choices=tuple((title, _range(at, words)) for at, (title, words) in enumerate(choices)),
        )
        Grid(self._file, self._looks, sheet.name).write(titles, rows, yours=len(kept.titles), place=place)

    def _left(self, sheet: Sheet, kept: Kept) -> None:
        titles = (sheet.table.columns[0].title, SUMMARY, carry.LEFT_ON, *kept.titles)
        rows = [[_typed(words, title) for title in titles] for words in kept.left]
        place = Place(self._made.title)
        Grid(self._file, self._looks, LEFT).write(titles, rows, yours=len(kept.titles), place=place)

    def _about(self, book: Book) -> None:
        sheet = self._file.add_worksheet(ABOUT)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, _ABOUT_WIDTH)
        grid.on_paper(sheet, self._made.title)
        put(sheet, 0, 0, one_line(self._made.title), self._looks.plain(bold=True, large=True))
        before = ""
        for at, (name, text) in enumerate(book.about, start=2):
            put(sheet, at, 0, name if name != before else "", self._looks.plain(bold=True))
            found = grid.cell(text, self._made.zone)
            grid.linked(sheet, (at, 1), found, self._looks)
            grid.stretch(sheet, at, [(found.value, _ABOUT_WIDTH)])
            before = name

    def _lists(self, book: Book) -> None:
        """What columns may hold, and which entries were written here: read by the next workbook."""
        sheet = self._file.add_worksheet(LISTS)
        sheet.hide()
        held = next(one for one in book.sheets if one.yours)
        columns: list[tuple[str, Sequence[str]]] = [*held.choices.items(), (ENTRIES, carry.keys_of(held))]
        for column, (title, words) in enumerate(columns):
            for at, word in enumerate((title, *words)):
                put(sheet, at, column, word)


def _typed(words: Words, title: str) -> Cell:
    value = words.get(title)
    return Cell(value, number=grid.format_of(value), yours=True)


def _range(column: int, words: Sequence[str]) -> str:
    letter = chr(ord("A") + column)
    return f"={LISTS}!${letter}$2:${letter}${len(words) + 1}"
