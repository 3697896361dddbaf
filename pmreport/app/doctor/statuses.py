"""Statuses in which issues stand and which no board of their project maps: such issues leave every sprint."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pmreport.app.doctor.finding import Check, Finding, Severity, counted
from pmreport.model.query import Query, sql_text


class StandingRow(NamedTuple):
    """How many live issues of a project stand in a status; `example` is the key of one of them."""

    project_key: str
    status_id: str
    status_name: str
    category: str
    issues: int
    example: str


class MappedRow(NamedTuple):
    """A status that stands in a column of a board. A board without any has one row, with an empty status."""

    board_id: int
    board_name: str
    filter_jql: str | None
    status_id: str


def standing_query(site_id: int) -> Query[StandingRow]:
    """Where the live issues stand now, epics left out: they have a life of their own beside the board."""
    text = sql_text("pmreport.app.doctor", "texts/standing.sql")
    return Query(text, StandingRow, {"site_id": site_id})


def mapped_query(site_id: int) -> Query[MappedRow]:
    """The statuses in the columns of every board."""
    text = sql_text("pmreport.app.doctor", "texts/mapped.sql")
    return Query(text, MappedRow, {"site_id": site_id})


def findings(
    standing: Iterable[StandingRow], mapped: Iterable[MappedRow], homes: dict[int, str]
) -> Iterator[Finding]:
    """The statuses that hold issues of a project and stand on none of its boards.

    `homes` are the projects that boards say they belong to. A board shows its own project and those that its
    filter names; where neither is known it may show any. A project without boards has nothing to be mapped.
    """
    boards = list(mapped)
    for row in standing:
        shown = [board for board in boards if _shows(board, homes.get(board.board_id), row.project_key)]
        if shown and row.status_id not in {board.status_id for board in shown}:
            yield _unmapped(row, sorted({board.board_name for board in shown}))


def _shows(board: MappedRow, home: str | None, project: str) -> bool:
    if home == project:
        return True
    if board.filter_jql is None:
        return home is None
    return project in re.findall(r"\w+", board.filter_jql.upper())


def _unmapped(row: StandingRow, boards: list[str]) -> Finding:
    """Finished ones are often put aside on purpose; of open ones somebody will ask where they went."""
    listed = ", ".join(f'"{name}"' for name in boards)
    stand = counted(row.issues, "issue stands", "issues stand")
    return Finding(
        check=Check.STATUSES,
        severity=Severity.NOTE if row.category == "done" else Severity.WARNING,
        subject=row.project_key,
        what=f'{stand} in "{row.status_name}" ({row.example} is one), which no board of {row.project_key} '
        "maps to a column: they count as removed from their sprints",
        fix=f'in Jira map "{row.status_name}" to a column of {listed} (board settings, columns), '
        "then run `pmreport sync`",
    )
