"""The questions about flow: each goes on from one common text that finds start and finish of every item.

They are plain `Query` values over a set of items (`model.members`) and a way of work: ask them of any store.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pmreport.metrics.flow_window import Window
from pmreport.metrics.workflow import Workflow
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import LIST_MARK, Query, Scalar, marked_list, sql_text

NAMED = 30  # so many of the oldest open items are told by name


class CountRow(NamedTuple):
    """A number of items of one kind.

    `day` is YYYY-MM-DD: the day for `started` and `left`, the first day of the week for `finished` and
    `finished unstarted`; None where it lies before the calendar, and for the other kinds. `days` is how long
    they took, for `cycle time` and `lead time`. `total_ms` is their time together, where the kind has one.
    """

    kind: str
    day: str | None
    days: int | None
    resolution: str | None
    items: int
    total_ms: int


class ColumnCountRow(NamedTuple):
    """How many items reached `place` and the columns before it, down to but not including `below`."""

    kind: str
    day: str | None
    below: int
    place: int
    days: int | None
    items: int


class AgeingRow(NamedTuple):
    """A started item that is not finished; `issue_key` None: so many that are not told by name."""

    issue_key: str | None
    summary: str | None
    place: int | None
    started_day: str | None
    started_ms: int | None
    items: int


class FinishedItemRow(NamedTuple):
    """An item finished in the window; `days` None: never started, or begun before the calendar."""

    issue_key: str
    summary: str | None
    finished_day: str
    days: int | None
    resolution: str | None


class StatusTimeRow(NamedTuple):
    """Time of finished items in a status; `status_name` None: Jira has it no more."""

    status_id: str
    status_name: str | None
    resolution: str | None
    items: int
    visits: int
    total_ms: int


class WaitingRow(NamedTuple):
    """Time from start to finish: `total`, waiting for `any` reason, and for `status`, `flag`, `link`."""

    cause: str
    resolution: str | None
    items: int
    total_ms: int


def counts_query(
    members: Query[MemberRow],
    workflow: Workflow,
    *,
    site_id: int,
    as_of: datetime,
    calendar_id: str,
    window: Window,
) -> Query[CountRow]:
    """What was started, finished and left open: by day, by week, and by how long it took in the window."""
    facts = _facts(site_id, workflow, as_of) | _windowed(window) | {"calendar_id": calendar_id}
    return among(members, _text("flow_items", "flow_days", "flow_counts"), CountRow, facts)


def columns_query(
    members: Query[MemberRow],
    workflow: Workflow,
    *,
    site_id: int,
    as_of: datetime,
    calendar_id: str,
    window: Window,
) -> Query[ColumnCountRow]:
    """How many items reached each column on which day, and how old those of the window were then."""
    facts = _facts(site_id, workflow, as_of) | _windowed(window) | {"calendar_id": calendar_id}
    return among(members, _text("flow_items", "flow_days", "flow_columns"), ColumnCountRow, facts)


def ageing_query(
    members: Query[MemberRow],
    workflow: Workflow,
    *,
    site_id: int,
    as_of: datetime,
    calendar_id: str,
    most: int = NAMED,
) -> Query[AgeingRow]:
    """What is started and not finished; the `most` oldest by name."""
    facts = _facts(site_id, workflow, as_of) | {"calendar_id": calendar_id, "most": most}
    return among(members, _text("flow_items", "flow_days", "flow_ageing"), AgeingRow, facts)


def finished_query(
    members: Query[MemberRow],
    workflow: Workflow,
    *,
    site_id: int,
    as_of: datetime,
    calendar_id: str,
    window: Window,
) -> Query[FinishedItemRow]:
    """The items finished in the window one by one, with the days they took."""
    facts = _facts(site_id, workflow, as_of) | _windowed(window) | {"calendar_id": calendar_id}
    return among(
        members, _text("flow_items", "flow_days", "flow_resolved", "flow_finished"), FinishedItemRow, facts
    )


def statuses_query(
    members: Query[MemberRow], workflow: Workflow, *, site_id: int, as_of: datetime, window: Window
) -> Query[StatusTimeRow]:
    """Where the items finished in the window had spent their time."""
    facts = _facts(site_id, workflow, as_of) | _windowed(window)
    return among(members, _text("flow_items", "flow_resolved", "flow_statuses"), StatusTimeRow, facts)


def waiting_query(
    members: Query[MemberRow],
    workflow: Workflow,
    *,
    site_id: int,
    as_of: datetime,
    window: Window,
    waiting_statuses: Iterable[str],
) -> Query[WaitingRow]:
    """How much of the time between start and finish was waiting, for the items finished in the window."""
    facts = (
        _facts(site_id, workflow, as_of)
        | _windowed(window)
        | {"waiting": marked_list(waiting_statuses), "mark": LIST_MARK}
    )
    return among(members, _text("flow_items", "flow_waiting"), WaitingRow, facts)


def _facts(site_id: int, workflow: Workflow, as_of: datetime) -> dict[str, Scalar]:
    return {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "board_id": workflow.board_id,
        "start_place": workflow.start,
        "done_place": workflow.done,
    }


def _windowed(window: Window) -> dict[str, Scalar]:
    return {"window_from_ms": to_ms(window.start), "window_until_ms": to_ms(window.until)}


def _text(*names: str) -> str:
    return "".join(sql_text("pmreport.metrics", f"sql/{name}.sql") for name in names)
