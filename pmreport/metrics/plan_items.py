"""The items of an initiative as a plan takes them: how long each of them lasts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, sql_text
from pmreport.stats.percentile import nearest_rank

FEWEST_OF_A_SIZE = 5
LONGEST_DAYS = Decimal(1000)  # an estimate beyond it is a slip of the keyboard
_DAY_MS = 86_400_000
_DAYS_A_WEEK = 7
_MILLI = 1000
_HALF = 50


class Basis(StrEnum):
    """What the duration of an item rests on."""

    ESTIMATE = "estimate"
    SIZE = "items of its size"
    ALL = "all items"
    NOTHING = "nothing known, one day"


class Duration(NamedTuple):
    """How many working days an item lasts, and what that rests on."""

    days: Decimal
    basis: Basis


class PlanItemRow(NamedTuple):
    """An item of the set at a moment.

    Instants are None for what has not happened. Points and the time estimate are in thousandths (of a point,
    of a second), None where it has none. `due_on` and `priority_no` are as Jira wrote them.
    """

    issue_id: int
    issue_key: str
    summary_text: str
    started_ms: int | None
    done_ms: int | None
    points_milli: int | None
    seconds_milli: int | None
    due_on: str | None
    owner: str | None
    priority_no: str | None


class SizeTimeRow(NamedTuple):
    """How many items of one size, in thousandths of a point, took so long; None: of no size."""

    points_milli: int | None
    lasted_ms: int
    items: int


def items_query(members: Query[MemberRow], site_id: int, as_of: datetime) -> Query[PlanItemRow]:
    """The items of the set at a moment."""
    text = sql_text("pmreport.metrics", "sql/plan_items.sql")
    return among(members, text, PlanItemRow, {"site_id": site_id, "as_of_ms": to_ms(as_of)})


def sizes_query(site_id: int, as_of: datetime, *, since: datetime) -> Query[SizeTimeRow]:
    """How long items of each size took that were done in [since, as_of]."""
    text = sql_text("pmreport.metrics", "sql/size_times.sql")
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of), "since_ms": to_ms(since)}
    return Query(text, SizeTimeRow, parameters)


def medians(rows: Iterable[SizeTimeRow], calendar: WorkCalendar) -> Mapping[int | None, Decimal]:
    """The median working days of each size with at least five items, and of all under None.

    Days of 24 hours are taken for working days by how many of a week are worked.
    """
    lasted: defaultdict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        days = [row.lasted_ms // _DAY_MS] * row.items
        lasted[None] += days
        if row.points_milli is not None:
            lasted[row.points_milli] += days
    worked = Decimal(len(calendar.working_days)) / _DAYS_A_WEEK
    return {
        size: max(Decimal(1), (Decimal(middle) * worked).to_integral_value())
        for size, days in lasted.items()
        if len(days) >= FEWEST_OF_A_SIZE and (middle := nearest_rank(days, _HALF)) is not None
    }


def duration(row: PlanItemRow, medians_of: Mapping[int | None, Decimal], calendar: WorkCalendar) -> Duration:
    """How long the item lasts: by its own estimate, else the median of its size, else that of all."""
    if row.seconds_milli is not None and row.seconds_milli > 0 and not is_absurd(row, calendar):
        return Duration(_days(row, calendar), Basis.ESTIMATE)
    if row.points_milli is not None and row.points_milli in medians_of:
        return Duration(medians_of[row.points_milli], Basis.SIZE)
    if None in medians_of:
        return Duration(medians_of[None], Basis.ALL)
    return Duration(Decimal(1), Basis.NOTHING)


def is_absurd(row: PlanItemRow, calendar: WorkCalendar) -> bool:
    """Whether the item's estimate is below zero or longer than a plan can be."""
    return row.seconds_milli is not None and (row.seconds_milli < 0 or _days(row, calendar) > LONGEST_DAYS)


def _days(row: PlanItemRow, calendar: WorkCalendar) -> Decimal:
    opens, closes = ((clock.hour * 60 + clock.minute) * 60 for clock in calendar.hours)
    seconds = Decimal(row.seconds_milli or 0) / _MILLI
    return (seconds / (closes - opens)).quantize(Decimal("0.01"))
