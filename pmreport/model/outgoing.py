"""A table on its way out of the store, to a spreadsheet or an analyst's own tools."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins so
_DAYS = frozenset({"due_date", "release_date", "day_date", "week_start"})  # texts, YYYY-MM-DD


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A table and its columns as they are stored.

    What goes out has one column more for each instant: behind `created_ms` stands `created_at`, in UTC, as
    people read it. The open end of an interval is the year 9999 in both.
    """

    name: str
    columns: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the columns that go out."""
        return tuple(name for column in self.columns for name in (column, readable(column)) if name)

    @property
    def days(self) -> frozenset[int]:
        """Which of the stored columns hold days, by their place."""
        return frozenset(place for place, column in enumerate(self.columns) if column in _DAYS)

    @property
    def instants(self) -> frozenset[int]:
        """Which of the stored columns hold instants, by their place."""
        return frozenset(place for place, column in enumerate(self.columns) if readable(column))


def readable(column: str) -> str | None:
    """The name of the readable column behind one of an instant; None for any other column."""
    return f"{column.removesuffix('_ms')}_at" if column.endswith("_ms") else None


def defused(cell: Any) -> Any:
    """The cell, with an apostrophe before a text that a spreadsheet would compute."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


Pieces = Iterable[Sequence[Sequence[Any]]]  # records as stored, some at a time
