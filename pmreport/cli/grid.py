"""A table of words, drawn for a terminal or as plain aligned text."""

import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pmreport.cli.screen import is_terminal, one_line, say

_GAP = "  "
_NARROWEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading; numbers stand at the right and are never cut."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: its title, its columns, its rows as text, and what is said when there are none.

    `notes` stand below. The first column that is no number gives way where the terminal is narrow.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "nothing to show"
    notes: tuple[str, ...] = ()


def show(grids: Iterable[Grid]) -> None:
    """Write tables to standard output: by rich where a person looks, else as plain text."""
    draw = _drawn_by_rich if is_terminal() else _said_plainly
    for index, grid in enumerate(grids):
        if index:
            say("")
        draw(grid)


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


def _said_plainly(grid: Grid) -> None:
    say(plain(grid))


def _drawn_by_rich(grid: Grid) -> None:
    import click
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    context = click.get_current_context(silent=True)
    no_color = context is not None and context.color is False
    wide = max(_NARROWEST, shutil.get_terminal_size().columns)
    console = Console(width=wide, no_color=no_color, highlight=False, emoji=False, markup=False)
    if grid.title:
        console.print(Text(one_line(grid.title), style="bold"), overflow="ellipsis", no_wrap=True)
    if not grid.rows:
        console.print(Text(one_line(grid.empty)))
    else:
        table = Table(
            box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", collapse_padding=True
        )
        for column in grid.columns:
            table.add_column(
                Text(column.title),
                justify="right" if column.is_number else "left",
                no_wrap=column.is_number,
                overflow="fold",
                min_width=width(column.title) if column.is_number else None,
            )
        for row in grid.rows:
            table.add_row(*(Text(one_line(cell)) for cell in row))
        console.print(table)
    for text in grid.notes:
        console.print(Text(one_line(text), style="dim"))
