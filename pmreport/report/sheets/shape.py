"""A workbook as values: its sheets, what is said about them, and which columns belong to the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pmreport.report.view import Column, Row, Table, Text

ACTIONS = "Actions"
LEFT = "Left"
ABOUT = "About"
LISTS = "Lists"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet with one table.

    Columns that are `yours` stand behind those of the table; what is typed there is carried into the next
    workbook by the text in the first column. `choices` are the words a column takes, by its title. `named`
    are the keys of the issues that its readers may hear of.
    """

    name: str
    table: Table
    yours: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook. `about` says where its rows come from and how to read them, a name and a text each."""

    sheets: tuple[Sheet, ...]
    about: tuple[tuple[str, Text], ...]


def joined(title: str, told: Iterable[tuple[str, Table]], *, empty: str) -> Table:
    """Tables with the same columns as one, behind a new first column that says which one a row is from."""
    parts = tuple(told)
    columns = parts[0][1].columns if parts else ()
    return Table(
        id=title.lower(),
        caption=title,
        columns=(Column(title=title), *columns),
        rows=tuple(Row(cells=((name,), *row.cells)) for name, table in parts for row in table.rows),
        empty=empty,
    )
