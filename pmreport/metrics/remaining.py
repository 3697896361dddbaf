"""What the open items are estimated to need still, and the days between which they are planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from pmreport.metrics.planned_value import Plan
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, sql_text

NO_PLAN = "no start and finish are configured, and its items are in no sprint with dates"
NO_WORKING_DAY = "the plan holds no working day"


class RemainingRow(NamedTuple):
    """The open items, how many have a remaining estimate, and the sum of these."""

    items: int
    with_remaining: int
    seconds: int


class SprintSpanRow(NamedTuple):
    """The sprints that hold the items; the instants are None without any."""

    sprints: int
    first_ms: int | None
    last_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """The remaining estimates of the open items, in hours; `without` of the `items` have none."""

    items: int
    without: int
    hours: Decimal


def query(members: Query[MemberRow], site_id: int, as_of: datetime) -> Query[RemainingRow]:
    """What is left at `as_of`, on items and their sub-tasks."""
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of)}
    return among(members, sql_text("pmreport.metrics", "sql/remaining_work.sql"), RemainingRow, parameters)


def from_rows(rows: Iterable[RemainingRow]) -> Remaining:
    """The one row in hours."""
    (row,) = rows
    return Remaining(
        items=row.items, without=row.items - row.with_remaining, hours=Decimal(row.seconds) / 3600
    )


def sprints_query(members: Query[MemberRow], site_id: int, as_of: datetime) -> Query[SprintSpanRow]:
    """Between which days the sprints of the items lie."""
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of)}
    return among(members, sql_text("pmreport.metrics", "sql/planned_sprints.sql"), SprintSpanRow, parameters)


def plan_of(
    start: date | None, finish: date | None, rows: Iterable[SprintSpanRow], calendar: WorkCalendar
) -> Plan | str:
    """The plan by the configured days, where one is missing by the sprints of the items; else why none."""
    if start is not None and finish is not None:
        plan = Plan(start=start, finish=finish, source="as configured")
    else:
        (span,) = rows
        if span.first_ms is None or span.last_ms is None:
            return NO_PLAN
        plan = Plan(
            start=start or calendar.local_day(from_ms(span.first_ms)),
            finish=finish or calendar.local_day(from_ms(span.last_ms)),
            source=f"from the {span.sprints} sprints of its items",
        )
    days = calendar.working_days_between(plan.start, plan.finish) + calendar.is_workday(plan.finish)
    return plan if days > 0 else NO_WORKING_DAY
