"""How things stand on a page that cannot draw: lines, columns and bars in plain text and in mail."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pmreport.model.visible import one_line
from pmreport.render.filters import plain, plus_more
from pmreport.report.view import Bar, Bars, Segment, Table

WIDTH = 78
_GAP = "  "
_NARROWEST = 12  # a column of text with less room is better told row by row
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A part of a bar in a mail: `percent` of the widest bar."""

    segment: Segment
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BarCells:
    """A bar in a mail: its cells, and the `rest` of the row in percent."""

    bar: Bar
    cells: tuple[Cell, ...]
    rest: int
    total: int


def shares(bars: Bars) -> tuple[BarCells, ...]:
    """The bars as rows of cells, the longest bar filling its row. Parts of nothing have no cell."""
    widest = max([_total(bar) for bar in bars.bars], default=0) or 1
    return tuple(_cells(bar, widest) for bar in bars.bars)


def _cells(bar: Bar, widest: int) -> BarCells:
    cells = tuple(
        Cell(segment=segment, percent=max(segment.value * 100 // widest, 1))
        for segment in bar.segments
        if segment.value > 0
    )
    taken = sum(cell.percent for cell in cells)
    return BarCells(bar=bar, cells=cells, rest=max(100 - taken, 0), total=_total(bar))


def _total(bar: Bar) -> int:
    return sum(max(segment.value, 0) for segment in bar.segments)


def in_rows_of(things: Sequence[_T], size: int) -> tuple[tuple[_T, ...], ...]:
    """The things in rows of at most `size`, as even as can be: five in rows of four are three and two."""
    count = -(-len(things) // size)
    each, extra = divmod(len(things), count) if count else (0, 0)
    rows, start = [], 0
    for row in range(count):
        end = start + each + (row < extra)
        rows.append(tuple(things[start:end]))
        start = end
    return tuple(rows)


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """The text in lines of at most 78 characters; `first` stands before the first line, in the indent."""
    lead = first.ljust(indent)
    return (
        "\n".join(
            textwrap.wrap(
                one_line(text),
                WIDTH,
                initial_indent=lead,
                subsequent_indent=" " * indent,
                break_on_hyphens=False,
            )
        )
        or lead.rstrip()
    )


def underlined(text: str, character: str = "-") -> str:
    """A heading with a line under it."""
    lines = wrapped(text)
    return f"{lines}\n{character * min(max(map(len, lines.splitlines()), default=0), WIDTH)}"


def text_table(table: Table, zone: str) -> str:
    """A table in plain text: in columns where they fit in 78 characters, else row by row."""
    if not table.rows:
        return wrapped(table.empty, 2)
    heads = [plain((column.title,), zone) for column in table.columns]
    rows = [[plain(cell, zone, iso=True) for cell in row.cells] for row in table.rows]
    widths = _widths(heads, rows)
    lines = _row_by_row(heads, rows) if widths is None else _columns(table, heads, rows, widths)
    more = plus_more(table.more)
    return "\n".join([*lines, f"  {more}"] if more else lines)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int] | None:
    """The width of each column when all fit, wide columns of words giving way; None when they cannot."""
    texts = [[head, *(row[index] for row in rows if index < len(row))] for index, head in enumerate(heads)]
    natural = [min(max(map(len, column), default=0), WIDTH) for column in texts]
    least = [max(map(len, " ".join(column).split()), default=0) for column in texts]
    room = WIDTH - 2 - len(_GAP) * (len(heads) - 1)
    while sum(natural) > room:
        widest = max(range(len(natural)), key=natural.__getitem__)
        if natural[widest] <= max(_NARROWEST, least[widest]):
            return None
        natural[widest] -= 1
    return natural


def _columns(
    table: Table, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> list[str]:
    numeric = [column.numeric for column in table.columns]
    lines = _row_lines(heads, widths, numeric)
    lines.append("  " + _GAP.join("-" * width for width in widths))
    for row in rows:
        lines.extend(_row_lines(row, widths, numeric))
    return lines


def _row_lines(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    """The lines of one row: a cell longer than its column goes on below."""
    columns = [
        textwrap.wrap(cell, max(width, 1), break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=False)
    ]
    height = max(map(len, columns), default=0)
    lines = []
    for index in range(height):
        parts = [column[index] if index < len(column) else "" for column in columns]
        padded = [
            part.rjust(width) if right else part.ljust(width)
            for part, width, right in zip(parts, widths, numeric, strict=False)
        ]
        lines.append(("  " + _GAP.join(padded)).rstrip())
    return lines


def _row_by_row(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        first, *rest = row or [""]
        lines.append(wrapped(first or "–", 4, "  *"))
        said = [f"{head}: {cell}" for head, cell in zip(heads[1:], rest, strict=False) if cell]
        if said:
            lines.append(wrapped("; ".join(said), 4))
    return "\n".join(lines).split("\n")
