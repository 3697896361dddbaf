"""Ways of items over a board in a few words, and what the questions of flow say of them.

`01-06 todo, 01-08 doing, 01-10 done`: an item created on 6 January 2025 at noon (UTC) that came into these
statuses on these days; a time may stand behind the day. The board has the columns To Do, Doing (with review)
and Done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmreport.metrics import flow_query, workflow
from pmreport.metrics.flow_counts import FlowCounts, counts_from_rows
from pmreport.metrics.flow_query import CountRow
from pmreport.metrics.flow_summary import Basis, FlowRows, FlowSummary, summary_from_rows
from pmreport.metrics.flow_window import window
from pmreport.metrics.settings import FlowSettings
from pmreport.metrics.workflow import Workflow
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.members import MemberRow, everything
from pmreport.model.query import Query
from pmreport.model.rows import (
    BoardColumnRow,
    BoardRow,
    FieldRow,
    IssueStatusRow,
    ResolutionRow,
    StatusRow,
)
from tests.support.engines import SITE, Engine, duck, sqlite
from tests.support.stories import issue_row, moment

Rows = list[tuple[Any, ...]]
CALENDAR = WorkCalendar(zone="Europe/Berlin")
DAYS = CALENDAR.rows(date(2025, 1, 1), date(2025, 3, 31))
NAMES: Rows = [
    StatusRow("todo", "To Do", "new"),
    StatusRow("doing", "Doing", "indeterminate"),
    StatusRow("review", "In Review", "indeterminate"),
    StatusRow("done", "Done", "done"),
    StatusRow("parked", "Parked", "new"),  # in no column
    ResolutionRow("2", "Won't Do"),
    FieldRow("flag", "Flagged", None, True, "flagged"),
    BoardRow(1, "Web board", "kanban", None, None, False),
    BoardColumnRow(1, "todo", "To Do", 0, False),
    BoardColumnRow(1, "doing", "Doing", 1, False),
    BoardColumnRow(1, "review", "Review", 2, False),
    BoardColumnRow(1, "done", "Done", 3, True),
]
EVERYTHING = everything(SITE)
BOARD = Workflow(
    board_id=1,
    name="Web board",
    columns=tuple(
        workflow.Column(name, place) for place, name in enumerate(("To Do", "Doing", "Review", "Done"))
    ),
    start=1,
    done=3,
)


def at(text: str) -> datetime:
    """`01-06`, at noon, or `01-06 10:00`, of 2025 in UTC."""
    return moment(text if " " in text else f"{text} 12:00")


def lived(issue_id: int, way: str, **facts: Any) -> Rows:
    """An item that went this way."""
    steps = [part.strip().rsplit(" ", 1) for part in way.split(",")]
    since = [to_ms(at(when)) for when, _ in steps]
    ends = [*since[1:], OPEN_END_MS]
    return [
        issue_row(issue_id, f"WEB-{issue_id}", created_ms=since[0])._replace(**facts),
        *(
            IssueStatusRow(issue_id, status, begin, end)
            for (_, status), begin, end in zip(steps, since, ends, strict=True)
            if begin < end
        ),
    ]


def basis(as_of: str, **facts: Any) -> Basis:
    """What the rows are read by at a moment."""
    when = at(as_of)
    return Basis(
        as_of=when,
        calendar=CALENDAR,
        window=window(CALENDAR, when),
        settings=FlowSettings(waiting_statuses=("In Review",)),
        dropped_resolutions=("Won't Do",),
        **facts,
    )


@dataclass(frozen=True)
class Asking:
    """Whom to ask, and about which items by which way of work."""

    members: Query[MemberRow] = EVERYTHING
    way: Workflow = BOARD
    engines: tuple[Engine, ...] = ()


def answered(rows: Iterable[tuple[Any, ...]], given: Basis, asking: Asking | None = None) -> FlowRows:
    """The answers of DuckDB, which SQLite must give too (or of the engines of `asking` alone)."""
    who = asking or Asking()
    held = [*NAMES, *DAYS, *rows]
    answers = []
    for engine in who.engines or (duck(), sqlite()):
        engine.hold(held)
        answers.append(_asked(engine, given, who))
    assert answers[0] == answers[-1]
    return answers[0]


def told(
    rows: Iterable[tuple[Any, ...]], as_of: str, asking: Asking | None = None, **facts: Any
) -> FlowSummary:
    """How these items flow, looked at from a moment."""
    given = basis(as_of, **facts)
    way = (asking or Asking()).way
    return summary_from_rows(answered(rows, given, asking), way, given)


def counts(rows: Iterable[tuple[Any, ...]], as_of: str) -> FlowCounts:
    """What was started and finished of these items on the board, by DuckDB and by SQLite."""
    given = basis(as_of)
    answers = []
    for engine in (duck(), sqlite()):
        engine.hold([*NAMES, *DAYS, *rows])
        answers.append(_counted(engine, given, Asking()))
    assert answers[0] == answers[1]
    return counts_from_rows(answers[0], dropped_resolutions=given.dropped_resolutions)


def _counted(engine: Engine, given: Basis, who: Asking) -> list[CountRow]:
    return engine.answer(
        flow_query.counts_query(
            who.members,
            who.way,
            site_id=SITE,
            as_of=given.as_of,
            calendar_id=given.calendar.calendar_id,
            window=given.window,
        )
    )


def _asked(engine: Engine, given: Basis, who: Asking) -> FlowRows:
    now, days, span = given.as_of, given.calendar.calendar_id, given.window
    return FlowRows(
        counts=_counted(engine, given, who),
        columns=engine.answer(
            flow_query.columns_query(
                who.members, who.way, site_id=SITE, as_of=now, calendar_id=days, window=span
            )
        ),
        ageing=engine.answer(
            flow_query.ageing_query(who.members, who.way, site_id=SITE, as_of=now, calendar_id=days, most=3)
        ),
        statuses=engine.answer(
            flow_query.statuses_query(who.members, who.way, site_id=SITE, as_of=now, window=span)
        ),
        waiting=engine.answer(
            flow_query.waiting_query(
                who.members,
                who.way,
                site_id=SITE,
                as_of=now,
                window=span,
                waiting_statuses=given.settings.waiting_statuses,
            )
        ),
        finished=engine.answer(
            flow_query.finished_query(
                who.members, who.way, site_id=SITE, as_of=now, calendar_id=days, window=span
            )
        ),
    )
