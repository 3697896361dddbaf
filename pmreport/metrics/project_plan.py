"""The plan of an initiative: its open items by what blocks what, and how long each of them lasts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pmreport.metrics.critical_path import Activity, Network, Scheduled, network
from pmreport.metrics.dependencies import LinkRow
from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
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


class PlanItemRow(NamedTuple):
    """An item of the set at a moment."""

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
    """How many items of one size took so long."""

    points_milli: int | None
    lasted_ms: int
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """An open item in time. `starts` and `finishes` are days if everything before it goes as planned."""

    key: str
    summary: str
    basis: Basis
    scheduled: Scheduled
    starts: date
    finishes: date
    due: date | None
    owner: str | None
    after: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        """Whether the plan ends it after its due day."""
        return self.due is not None and self.finishes > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPlan:
    """The plan of a set from `today` on, in working days.

    `cycles` and `critical_path` hold keys. `outside` counts links to what is not in the set; `absurd` holds
    the items whose estimate is longer than a plan can be.
    """

    id: str
    name: str
    today: date
    network: Network
    items: tuple[PlannedItem, ...]
    done: int
    finish: date | None
    linked: int
    outside: int
    absurd: tuple[str, ...] = ()

    @property
    def critical(self) -> tuple[PlannedItem, ...]:
        """The open items without float, as they are worked."""
        return tuple(item for item in self.items if item.scheduled.is_critical)


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


def plan_from_rows(  # noqa: PLR0913 - all that a plan rests on
    set_id: str,
    name: str,
    rows: Sequence[PlanItemRow],
    links: Iterable[LinkRow],
    *,
    medians_of: Mapping[int | None, Decimal],
    calendar: WorkCalendar,
    as_of: datetime,
) -> ProjectPlan:
    """plan-duration: the critical path of the open items; a done item holds nothing up any more."""
    known = {row.issue_id for row in rows}
    key_of = {row.issue_id: row.issue_key for row in rows if row.done_ms is None}
    before: defaultdict[int, list[str]] = defaultdict(list)
    linked: set[int] = set()
    outside = 0
    for link in links:
        if link.blocker_id in key_of and link.blocked_id in key_of:
            before[link.blocked_id].append(key_of[link.blocker_id])
        elif link.blocked_id in key_of and link.blocker_id not in known and link.blocker_done_ms is None:
            outside += 1
        linked |= {link.blocker_id, link.blocked_id}
    lengths = {row.issue_id: _duration(row, medians_of, calendar) for row in rows if row.issue_id in key_of}
    told = network(
        Activity(id=row.issue_key, duration=lengths[row.issue_id][0], after=tuple(before[row.issue_id]))
        for row in rows
        if row.issue_id in key_of
    )
    today = calendar.local_day(as_of)
    row_of = {row.issue_key: row for row in rows}
    items = tuple(
        PlannedItem(
            key=one.id,
            summary=row_of[one.id].summary_text,
            basis=lengths[row_of[one.id].issue_id][1],
            scheduled=one,
            starts=_day(calendar, today, one.earliest_start + 1),
            finishes=_day(calendar, today, max(Decimal(1), one.earliest_finish)),
            due=_due(row_of[one.id].due_on),
            owner=row_of[one.id].owner,
            after=tuple(before[row_of[one.id].issue_id]),
        )
        for one in told.activities
    )
    return ProjectPlan(
        id=set_id,
        name=name,
        today=today,
        network=told,
        items=tuple(
            sorted(items, key=lambda item: (item.scheduled.earliest_start, item.scheduled.total_float))
        ),
        done=len(rows) - len(key_of),
        finish=max((item.finishes for item in items), default=None),
        linked=len(linked & key_of.keys()),
        outside=outside,
        absurd=tuple(row.issue_key for row in rows if row.issue_id in key_of and _is_absurd(row, calendar)),
    )


def values(plan: ProjectPlan) -> tuple[Value, ...]:
    """The numbers of a plan; ids begin with that of its set."""
    n = len(plan.items)
    estimated = sum(item.basis is Basis.ESTIMATE for item in plan.items)
    by_basis = Counter(item.basis for item in plan.items)
    bases = ", ".join(f"{count} by {basis}" for basis, count in by_basis.items())
    circled = tuple(key for circle in plan.network.cycles for key in circle)
    nothing = "" if n else "no open item"
    return (
        Value(
            id=f"{plan.id}-plan-duration",
            definition="plan-duration",
            label="Duration of what is open",
            value=plan.network.duration if n else None,
            unit="working days",
            n=n,
            excluded=(("done", plan.done),) if plan.done else (),
            note=nothing or bases,
        ),
        Value(
            id=f"{plan.id}-plan-critical",
            definition="plan-critical",
            label="Items on the critical path",
            value=Decimal(len(plan.critical)) if n else None,
            unit="items",
            n=n,
            items=tuple(item.key for item in plan.critical),
            note=nothing,
        ),
        share_value(
            "plan-estimated",
            "Open items with an estimate of their own",
            (estimated, n),
            nothing=nothing,
            id_=f"{plan.id}-plan-estimated",
        ),
        share_value(
            "plan-linked",
            "Open items linked to another",
            (plan.linked, n),
            nothing=nothing,
            id_=f"{plan.id}-plan-linked",
        ),
        Value(
            id=f"{plan.id}-plan-cycles",
            definition="plan-cycles",
            label="Items in a circle of links",
            value=Decimal(len(circled)),
            unit="items",
            n=n + plan.done,
            items=circled,
        ),
    )


def _duration(
    row: PlanItemRow, medians_of: Mapping[int | None, Decimal], calendar: WorkCalendar
) -> tuple[Decimal, Basis]:
    if row.seconds_milli is not None and row.seconds_milli > 0 and not _is_absurd(row, calendar):
        return _days(row, calendar), Basis.ESTIMATE
    if row.points_milli is not None and row.points_milli in medians_of:
        return medians_of[row.points_milli], Basis.SIZE
    if None in medians_of:
        return medians_of[None], Basis.ALL
    return Decimal(1), Basis.NOTHING


def _is_absurd(row: PlanItemRow, calendar: WorkCalendar) -> bool:
    return row.seconds_milli is not None and (row.seconds_milli < 0 or _days(row, calendar) > LONGEST_DAYS)


def _days(row: PlanItemRow, calendar: WorkCalendar) -> Decimal:
    opens, closes = ((clock.hour * 60 + clock.minute) * 60 for clock in calendar.hours)
    seconds = Decimal(row.seconds_milli or 0) / _MILLI
    return (seconds / (closes - opens)).quantize(Decimal("0.01"))


def _day(calendar: WorkCalendar, today: date, worked: Decimal) -> date:
    """The working day on which so many working days from today on, the day itself included, are over."""
    whole = int(worked.to_integral_value(rounding="ROUND_CEILING"))
    first = today if calendar.is_workday(today) else calendar.add_working_days(today, 1)
    return calendar.add_working_days(first, whole - 1)


def _due(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None
