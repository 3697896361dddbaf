"""The configuration: whether it can be read, and whether the boards that it names are there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from pmreport.app.doctor.finding import Check, Finding, Severity
from pmreport.errors import ConfigurationError
from pmreport.metrics.settings import BoardSettings
from pmreport.model.query import Query, sql_text

_PLACE = re.compile(r"\n\s*--> (\S.*)")
_CORRECT = "correct this line; config.example.toml shows every option with a value"


class ColumnRow(NamedTuple):
    """A column of a board; a board without any has one row, with an empty name."""

    board_id: int
    board_name: str
    column_name: str


def columns_query(site_id: int) -> Query[ColumnRow]:
    """The columns of every board, left to right."""
    text = sql_text("pmreport.app.doctor", "texts/columns.sql")
    return Query(text, ColumnRow, {"site_id": site_id})


def unreadable(error: ConfigurationError) -> tuple[Finding, ...]:
    """The faults of a file that cannot be used, one by one, as `pmreport.config` lists them."""
    parts = error.what.split("\n\nerror: ")
    return tuple(_fault(part, error) for part in parts)


def _fault(part: str, error: ConfigurationError) -> Finding:
    place = _PLACE.search(part)
    return Finding(
        check=Check.CONFIGURATION,
        severity=Severity.ERROR,
        subject=place[1] if place else error.where or "pmreport.toml",
        what=part.split("\n", 1)[0],
        fix=error.hint or _CORRECT,
    )


def boards(rows: Iterable[ColumnRow], settings: Sequence[BoardSettings]) -> Iterator[Finding]:
    """The sections `[board."7"]` that speak of a board, or of a column, that is not there."""
    columns: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for row in rows:
        names[row.board_id] = row.board_name
        columns.setdefault(row.board_id, []).append(row.column_name)
    for board in settings:
        place = f'[board."{board.board_id}"]'
        if board.board_id not in columns:
            known = ", ".join(f"{number} ({name})" for number, name in names.items()) or "none"
            yield _doubtful(
                place, f"there is no board {board.board_id}", f"name one of these, or remove it: {known}"
            )
        elif board.start_column and board.start_column not in columns[board.board_id]:
            yield _doubtful(
                f"{place} start_column",
                f'the board has no column "{board.start_column}"',
                _column_fix(place, board.start_column, columns[board.board_id]),
            )


def _column_fix(place: str, wanted: str, known: Sequence[str]) -> str:
    near = get_close_matches(wanted, known, n=1) or list(known)[:1]
    return f'{place}\nstart_column = "{near[0]}"'


def _doubtful(subject: str, what: str, fix: str) -> Finding:
    return Finding(check=Check.CONFIGURATION, severity=Severity.WARNING, subject=subject, what=what, fix=fix)
