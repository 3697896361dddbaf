"""A table of words, drawn for a terminal or as plain aligned text."""

import shutil
import textwrap
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pmreport.cli.screen import is_terminal, one_line, say

_GAP = "  "
_LEAST_TEXT = 12  # what a column of words keeps in a narrow terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, and a shorter one for a narrow terminal (explained in a note).

    Numbers stand at the right. They, and what is `whole`, are never broken into lines.
    """

    title: str
    short: str = ""
    is_number: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: its title, its columns, its rows as text, and what is said when there are none.

    `notes` stand below. `short_note` explains the short headings, once below all tables that use them.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "nothing to show"
    notes: tuple[str, ...] = ()
    short_note: str = ""


def show(grids: Iterable[Grid]) -> None:
    """Write tables to standard output: by rich where a person looks, else as plain text."""
    draw = _draw if is_terminal() else _say_plainly
    short_notes: dict[str, None] = {}
    for index, grid in enumerate(grids):
        if index:
            say("")
        if short_note := draw(grid):
            short_notes[short_note] = None
    for text in short_notes:
        say("\n" + textwrap.fill(text, shutil.get_terminal_size().columns))


def plain(grid: Grid) -> str:
    """The table as aligned text, without trailing blanks. Nothing is cut: a file has no edge."""
    lines = [one_line(grid.title)] if grid.title else []
    if grid.rows:
        rows = [tuple(column.title for column in grid.columns)]
        rows += [tuple(one_line(cell) for cell in row) for row in grid.rows]
        widths = [max(width(row[index]) for row in rows) for index in range(len(grid.columns))]
        rows.insert(1, tuple("-" * wide for wide in widths))
        lines += [_aligned(row, widths, grid.columns) for row in rows]
    else:
        lines.append(one_line(grid.empty))
    lines += [one_line(text) for text in grid.notes]
    return "\n".join(lines)


def width(text: str) -> int:
    """How many places a text takes in a terminal: wide East Asian signs take two, marks above others none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def _aligned(row: tuple[str, ...], widths: list[int], columns: tuple[Column, ...]) -> str:
    cells = []
    for cell, wide, column in zip(row, widths, columns, strict=True):
        blank = " " * (wide - width(cell))
        cells.append(blank + cell if column.is_number else cell + blank)
    return _GAP.join(cells).rstrip()


def _say_plainly(grid: Grid) -> str:
    say(plain(grid))
    return ""


def _draw(grid: Grid) -> str:
    """Draw the table; the explanation of the short headings if they were needed."""
    import click
    from rich.console import Console
    from rich.text import Text

    context = click.get_current_context(silent=True)
    console = Console(no_color=context is not None and context.color is False, highlight=False)
    titles, wide = _fitted(grid, console.width)
    room = console.width
    if grid.title:
        console.print(Text(one_line(grid.title), style="bold"))
    console.width = max(room, wide)  # rather lines too long than numbers left out
    console.print(_rich_table(grid, titles) if grid.rows else Text(one_line(grid.empty)))
    console.width = room
    for text in grid.notes:
        console.print(Text(one_line(text), style="dim"))
    return grid.short_note if titles != _titles(grid) else ""


def _titles(grid: Grid) -> list[str]:
    return [column.title for column in grid.columns]


def _fitted(grid: Grid, room: int) -> tuple[list[str], int]:
    """The headings for a terminal of so many places, and the places that the table needs with them."""
    long, short = _titles(grid), [column.short or column.title for column in grid.columns]
    needed = _least_width(grid, long)
    return (long, needed) if needed <= room else (short, _least_width(grid, short))


def _least_width(grid: Grid, titles: list[str]) -> int:
    widths = [_least_column(grid, index, title) for index, title in enumerate(titles)]
    return sum(widths) + len(_GAP) * max(0, len(widths) - 1)


def _least_column(grid: Grid, index: int, title: str) -> int:
    natural = max([width(title), *(width(one_line(row[index])) for row in grid.rows)])
    column = grid.columns[index]
    return natural if column.is_number or column.whole else min(natural, _LEAST_TEXT)


def _rich_table(grid: Grid, titles: list[str]) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", collapse_padding=True
    )
    for index, column in enumerate(grid.columns):
        table.add_column(
            Text(titles[index]),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number or column.whole,
            overflow="fold",
            min_width=_least_column(grid, index, titles[index]),
        )
    for row in grid.rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    return table
