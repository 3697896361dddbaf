"""One table as a sheet of a workbook: to be filtered, read on a screen, and printed on A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any

from pmreport.model.visible import one_line, visible
from pmreport.render import filters
from pmreport.render.cells import LONGEST_ADDRESS, fitting, put
from pmreport.render.looks import DAY, MOMENT, Looks
from pmreport.report.sheets.state import BLOCKED, DAYS_LATE, OVER, STATUS
from pmreport.report.view import Day, Link, Mark, Moment, Number, Row, Text, Tone

_MOST_LINKS = 65_000  # of a sheet
_SPARE = 200  # rows below the table that rules and lists hold for already
_NARROW, _WIDE, _SPARSE, _YOURS = 8, 44, 28, 24  # characters
_LINE, _HEAD = 13.5, 30  # points
_A4 = 9


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and how it is shown: `number` is a number format, `href` an address that it leads to."""

    value: Any
    number: str = ""
    href: str = ""
    tone: Tone | None = None
    yours: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a table: the title on paper, and where the words for a column stand, by title."""

    title: str
    choices: tuple[tuple[str, str], ...] = ()


def cells(row: Row, zone: str) -> list[Cell]:
    """The cells of a row."""
    return [cell(text, zone) for text in row.cells]


def cell(text: Text, zone: str) -> Cell:
    """A text as one cell: a lone number, day or moment is a real one, and a lone link in words is one too."""
    match text:
        case (Number() as number,):
            return Cell(_value(number), number=_number_format(number))
        case (Day(value=day),):
            return Cell(day, number=DAY)
        case (Moment(value=moment),):
            return Cell(filters.local(moment, zone).replace(tzinfo=None, microsecond=0), number=MOMENT)
        case (Mark(text=words, tone=tone),):
            return Cell(one_line(words), tone=tone)
        case _:
            hrefs = [filters.outside_href(part.href) for part in text if isinstance(part, Link)]
            found = [href for href in hrefs if href and len(href) <= LONGEST_ADDRESS]
            return Cell(filters.plain(text, zone, iso=True) or None, href=found[0] if len(found) == 1 else "")


def format_of(value: Any) -> str:
    """The number format of what a person typed."""
    match value:
        case datetime():
            return MOMENT
        case date():
            return DAY
        case time() | timedelta():
            return "[h]:mm:ss"
        case int() | float() if not isinstance(value, bool):
            return "General"
        case _:
            return ""


def linked(sheet: Any, at: tuple[int, int], found: Cell, looks: Looks) -> None:
    """Write a cell outside of a table."""
    if found.href:
        sheet.write_url(*at, found.href, looks.plain(link=True), fitting(str(found.value)))
    else:
        put(sheet, *at, found.value, looks.plain())


def on_paper(sheet: Any, title: str) -> None:
    """A4 across, as wide as the page, with the title above and the page number below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header(f"&L&9{one_line(title)[:120].replace('&', '&&')}")
    sheet.set_footer("&L&8&A&R&8Page &P of &N")


def stretch(sheet: Any, at: int, told: Sequence[tuple[Any, float]]) -> None:
    """Make a row as high as its longest text needs: not every program does so by itself.

    A row of one line is left alone, so that it grows with what is typed into it.
    """
    lines = max((_lines(value, width) for value, width in told if isinstance(value, str)), default=1)
    if lines > 1:
        sheet.set_row(at, min(_LINE * lines + 2, 400))


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(len(line) * 0.85 / width)) for line in text.split("\n"))


class Grid:
    """One sheet with one table."""

    def __init__(self, file: Any, looks: Looks, name: str) -> None:
        self._looks = looks
        self._sheet = file.add_worksheet(name)
        self._name = name
        self._links = 0

    def write(
        self, titles: Sequence[str], rows: Sequence[Sequence[Cell]], *, yours: int, place: Place
    ) -> None:
        """The table; the last `yours` columns belong to the reader. An empty one has an empty row."""
        last, ours = max(1, len(rows)), len(titles) - yours
        headings = [
            {"header": title, "header_format": self._looks.heading(yours=at >= ours)}
            for at, title in enumerate(titles)
        ]
        table = {"columns": headings, "name": self._name.replace(" ", "_"), "style": None}
        self._sheet.add_table(0, 0, last, len(titles) - 1, table)
        for at, row in enumerate(rows or [[Cell(None)] * ours + [Cell(None, yours=True)] * yours], start=1):
            for column, found in enumerate(row):
                self._put(at, column, found)
        widths = _widths(titles, rows, ours)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        for at, row in enumerate(rows, start=1):
            stretch(self._sheet, at, [(found.value, width) for found, width in zip(row, widths, strict=True)])
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_row(0, _HEAD)
        self._sheet.repeat_rows(0)
        on_paper(self._sheet, place.title)
        self._rules(titles, last + _SPARE)
        self._choices(titles, place, last + _SPARE)

    def _put(self, at: int, column: int, found: Cell) -> None:
        is_link = bool(found.href) and self._links < _MOST_LINKS
        form = self._looks.cell(number=found.number, link=is_link, tone=found.tone, yours=found.yours)
        if is_link:
            self._links += 1
            self._sheet.write_url(at, column, found.href, form, fitting(str(found.value)))
        else:
            value = visible(found.value) if isinstance(found.value, str) else found.value
            put(self._sheet, at, column, value, form)

    def _rules(self, titles: Sequence[str], last: int) -> None:
        """Late and blocked stand out, and what is over steps back, in rows of one's own too."""
        if STATUS not in titles:
            return
        status = f"${_letter(titles.index(STATUS))}2"
        over = ",".join(f'{status}="{word}"' for word in sorted(OVER))
        self._rule(f"=OR({over})", (0, len(titles) - 1), last, Tone.UNKNOWN)
        column = titles.index(STATUS)
        self._rule(f'={status}="{BLOCKED}"', (column, column), last, Tone.WARN)
        if DAYS_LATE in titles:
            column = titles.index(DAYS_LATE)
            late = f"${_letter(column)}2"
            self._rule(f"=AND(ISNUMBER({late}),{late}>0)", (column - 1, column), last, Tone.BAD)

    def _rule(self, formula: str, columns: tuple[int, int], last: int, tone: Tone) -> None:
        rule = {"type": "formula", "criteria": formula, "format": self._looks.alert(tone)}
        self._sheet.conditional_format(1, columns[0], last, columns[1], rule)

    def _choices(self, titles: Sequence[str], place: Place, last: int) -> None:
        """A list to choose from; another word is taken after a question, since the sheet is the reader's."""
        for title, source in place.choices:
            column = titles.index(title)
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            self._sheet.data_validation(1, column, last, column, rule)


def _widths(titles: Sequence[str], rows: Sequence[Sequence[Cell]], ours: int) -> list[float]:
    """In characters, by what stands in a column; a column that is mostly empty gets less."""
    told: list[float] = []
    for column, title in enumerate(titles):
        lengths = [len(str(row[column].value)) for row in rows if row[column].value is not None]
        most = _WIDE if 2 * len(lengths) > len(rows) else _SPARSE
        least = max(_NARROW, len(max(title.split(), key=len)) + 4)
        wanted = min(max(least, max(lengths, default=0) + 1), most)
        told.append(wanted if column < ours else _YOURS)
    return told


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _value(number: Number) -> Any:
    value = filters.exact(number)
    return value / 100 if value is not None and number.unit == "%" else value


def _number_format(number: Number) -> str:
    places = f"0.{'0' * number.decimals}" if number.decimals else "0"
    if number.unit == "%":
        return f"{places}%"
    if number.unit == "x" or number.fixed:
        return f'{places}"×"' if number.unit == "x" else places
    return "+General;-General;General" if number.signed else "General"
