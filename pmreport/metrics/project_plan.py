"""The plan of an initiative: its open items by what blocks what, and how long each of them lasts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from pmreport.metrics.critical_path import Activity, Network, Scheduled, network
from pmreport.metrics.dependencies import LinkRow
from pmreport.metrics.plan_items import Basis, PlanItemRow, duration, is_absurd
from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """An open item in time. `starts` and `finishes` are days if everything before it goes as planned.

    `after` are the keys of the open items that block it. `due` and `owner` are None where it has none.
    """

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

    `items` are in the order in which they can start. `finish` is the last day, None where nothing is open.
    `done` counts the items that are, `linked` the open ones that are linked to another. `outside` counts
    links to what is not in the set; `absurd` holds the keys of items whose estimate is no duration.
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
    """plan-duration: the critical path of the open items; a done item holds nothing up any more.

    `medians_of` are those of `plan_items.medians`; the plan begins on the day of `as_of`.
    """
    waiting = [row for row in rows if row.done_ms is None]
    linked = _linked(rows, links)
    lengths = {row.issue_id: duration(row, medians_of, calendar) for row in waiting}
    told = network(
        Activity(id=row.issue_key, duration=lengths[row.issue_id].days, after=linked.before[row.issue_id])
        for row in waiting
    )
    today = calendar.local_day(as_of)
    day_of = partial(_day, calendar, today)
    row_of = {row.issue_key: row for row in waiting}
    items = tuple(
        _planned(row := row_of[one.id], one, lengths[row.issue_id].basis, linked.before[row.issue_id], day_of)
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
        done=len(rows) - len(waiting),
        finish=max((item.finishes for item in items), default=None),
        linked=linked.items,
        outside=linked.outside,
        absurd=tuple(row.issue_key for row in waiting if is_absurd(row, calendar)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """What holds up the open items of a set.

    `before` are the keys of what blocks each, by its id; `items` is how many of them are linked to anything,
    `outside` how many links lead to open items that are not in the set.
    """

    before: Mapping[int, tuple[str, ...]]
    items: int
    outside: int


def _linked(rows: Sequence[PlanItemRow], links: Iterable[LinkRow]) -> _Links:
    known = {row.issue_id for row in rows}
    key_of = {row.issue_id: row.issue_key for row in rows if row.done_ms is None}
    before: dict[int, tuple[str, ...]] = dict.fromkeys(key_of, ())
    linked: set[int] = set()
    outside = 0
    for link in links:
        if link.blocker_id in key_of and link.blocked_id in key_of:
            before[link.blocked_id] += (key_of[link.blocker_id],)
        elif link.blocked_id in key_of and link.blocker_id not in known and link.blocker_done_ms is None:
            outside += 1
        linked |= {link.blocker_id, link.blocked_id}
    return _Links(before=before, items=len(linked & key_of.keys()), outside=outside)


def _planned(
    row: PlanItemRow, told: Scheduled, basis: Basis, after: tuple[str, ...], day_of: Callable[[Decimal], date]
) -> PlannedItem:
    return PlannedItem(
        key=row.issue_key,
        summary=row.summary_text,
        basis=basis,
        scheduled=told,
        starts=day_of(told.earliest_start + 1),
        finishes=day_of(max(Decimal(1), told.earliest_finish)),
        due=_due(row.due_on),
        owner=row.owner,
        after=after,
    )


def values(plan: ProjectPlan) -> tuple[Value, ...]:
    """The numbers of a plan; ids begin with that of its set."""
    n = len(plan.items)
    by_basis = Counter(item.basis for item in plan.items)
    bases = ", ".join(f"{count} by {basis}" for basis, count in by_basis.items())
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
        *_shares(plan, nothing),
        _cycles(plan),
    )


def _shares(plan: ProjectPlan, nothing: str) -> tuple[Value, ...]:
    """How much of what is open the plan knows anything of."""
    n = len(plan.items)
    estimated = sum(item.basis is Basis.ESTIMATE for item in plan.items)
    return (
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
    )


def _cycles(plan: ProjectPlan) -> Value:
    circled = tuple(key for circle in plan.network.cycles for key in circle)
    return Value(
        id=f"{plan.id}-plan-cycles",
        definition="plan-cycles",
        label="Items in a circle of links",
        value=Decimal(len(circled)),
        unit="items",
        n=len(plan.items) + plan.done,
        items=circled,
    )


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
