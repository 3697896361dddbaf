"""The scope of an initiative in lines that add up: what was planned, what came, what went."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from pmreport.metrics.ledger import Unit
from pmreport.metrics.scope import Cause, ScopeEvent, ScopeItem, ScopeKind, SplitRow
from pmreport.metrics.scope_changes import retold, with_splits
from pmreport.metrics.settings import InitiativeSettings
from pmreport.model.calendar import WorkCalendar

_ZERO = Decimal(0)
_MOST_DAYS = 60  # a longer burn-up goes by week
_DAY = timedelta(days=1)
_NO_CHANGE = frozenset({Cause.RETURNED, Cause.SPLIT, Cause.RETOLD})
_CHANGED = frozenset({Cause.REESTIMATED, Cause.NO_ESTIMATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeLine:
    """The line of a scope in one measure, by event totals; `now` is what the items of the moment add up to.

    `churn` is everything that changed with its sign dropped, without splits that were matched to what they
    divide and without what the history tells otherwise than the baseline. `growth` is the net change without
    these splits. `unapproved` and `approved` are the additions, without splits and what only came back.
    """

    baseline: Decimal
    added: Decimal
    removed: Decimal
    reestimated: Decimal
    now: Decimal
    churn: Decimal
    growth: Decimal
    approved: Decimal
    unapproved: Decimal

    @property
    def identity_holds(self) -> bool:
        """Whether baseline + added + re-estimated - removed = now."""
        return self.baseline + self.added + self.reestimated - self.removed == self.now

    @property
    def volatility(self) -> Decimal | None:
        """requirements-volatility: (added + removed + changed) / baseline; None without a baseline."""
        return self._of_baseline(self.churn)

    @property
    def net_growth(self) -> Decimal | None:
        """scope-growth: (now - baseline) / baseline; None without a baseline."""
        return self._of_baseline(self.growth)

    @property
    def creep(self) -> Decimal | None:
        """scope-creep: additions that nobody approved / baseline; None without a baseline."""
        return self._of_baseline(self.unapproved)

    def _of_baseline(self, part: Decimal) -> Decimal | None:
        return part / self.baseline if self.baseline > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a scope is held against: a baseline that was kept, or what stood in it at the start."""

    at: datetime
    is_kept: bool
    reason: str = ""
    later: int = 0  # baselines that stand beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnUpPoint:
    """The scope and what of it was done at the end of a day (in the reporting zone), in items and amounts."""

    day: date
    scope_count: int
    done_count: int
    scope: Decimal
    done: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The scope of one initiative: its baseline, everything that changed it, and what it holds now.

    `changed` are the items of the baseline whose estimate went from one number to another, the keys in order;
    a first estimate is none of them. `change_label` None: nothing can be approved.
    """

    initiative_id: str
    name: str
    unit: Unit
    basis: Basis
    baseline: tuple[ScopeItem, ...]
    current: tuple[ScopeItem, ...]
    events: tuple[ScopeEvent, ...]
    counts: ScopeLine
    amounts: ScopeLine
    changed: tuple[str, ...]
    change_label: str | None
    burn_up: tuple[BurnUpPoint, ...]
    subtasks: int = 0

    @property
    def identity_holds(self) -> bool:
        """Whether both lines add up."""
        return self.counts.identity_holds and self.amounts.identity_holds

    @property
    def additions(self) -> tuple[ScopeEvent, ...]:
        """What came in and is new work: no split, nothing that only came back."""
        return tuple(event for event in self.events if _is_addition(event))

    @property
    def delivered(self) -> tuple[ScopeItem, ...]:
        """scope-completion: the items of the baseline that are in scope and done, as they were planned."""
        done = {item.issue_id for item in self.current if item.is_done}
        return tuple(item for item in self.baseline if item.issue_id in done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the store and the journal tell about one initiative.

    `history` are the items in scope at the baseline's moment by Jira's history, `kept` those of a baseline
    that was kept; None where there is none, and the history is the baseline.
    """

    history: tuple[ScopeItem, ...]
    kept: tuple[ScopeItem, ...] | None
    current: tuple[ScopeItem, ...]
    events: tuple[ScopeEvent, ...]
    splits: tuple[SplitRow, ...] = ()
    subtasks: int = 0


def scope(
    told: Told,
    initiative: InitiativeSettings,
    *,
    unit: Unit,
    basis: Basis,
    calendar: WorkCalendar,
    as_of: datetime,
) -> Scope:
    """The scope of an initiative since its baseline."""
    done = {item.issue_id for item in told.history if item.is_done}
    baseline = told.history if told.kept is None else told.kept
    apart = retold(baseline, told.history, basis.at)
    events = with_splits((*apart, *told.events), told.splits, baseline=baseline, current=told.current)
    changed = _changed(events, baseline)
    begun = [item for item in baseline if item.issue_id in done]
    return Scope(
        initiative_id=initiative.id,
        name=initiative.name,
        unit=unit,
        basis=basis,
        baseline=baseline,
        current=told.current,
        events=events,
        counts=_counts(events, baseline, told.current, len(changed)),
        amounts=_amounts(events, baseline, told.current),
        changed=changed,
        change_label=initiative.change_label,
        burn_up=_burn_up(baseline, begun, events, calendar, (basis.at, as_of)),
        subtasks=told.subtasks,
    )


def total(items: Iterable[ScopeItem]) -> Decimal:
    """What items add up to; one without an estimate adds nothing."""
    return sum((item.amount or _ZERO for item in items), _ZERO)


def _is_addition(event: ScopeEvent) -> bool:
    return event.kind is ScopeKind.ADDED and event.cause not in _NO_CHANGE


def _counts(
    events: Sequence[ScopeEvent], baseline: Sequence[ScopeItem], current: Sequence[ScopeItem], changed: int
) -> ScopeLine:
    added = [event for event in events if event.kind is ScopeKind.ADDED]
    removed = [event for event in events if event.kind is ScopeKind.REMOVED]
    split = [event for event in added if event.cause is Cause.SPLIT]
    parents = {event.split_from for event in split} - {item.issue_id for item in current}
    divided = len({event.issue_id for event in removed if event.issue_id in parents})
    told = sum(event.cause is Cause.RETOLD for event in (*added, *removed))
    return ScopeLine(
        baseline=Decimal(len(baseline)),
        added=Decimal(len(added)),
        removed=Decimal(len(removed)),
        reestimated=_ZERO,
        now=Decimal(len(current)),
        churn=Decimal(len(added) + len(removed) - len(split) - divided - told + changed),
        growth=Decimal(len(current) - len(baseline) - len(split) + divided),
        approved=Decimal(sum(event.is_approved for event in added if _is_addition(event))),
        unapproved=Decimal(sum(not event.is_approved for event in added if _is_addition(event))),
    )


def _amounts(
    events: Sequence[ScopeEvent], baseline: Iterable[ScopeItem], current: Iterable[ScopeItem]
) -> ScopeLine:
    planned, now = total(baseline), total(current)
    matched = sum((event.matched for event in events), _ZERO)
    additions = [event for event in events if _is_addition(event)]
    beyond = sum((event.amount - event.matched for event in events if event.cause is Cause.SPLIT), _ZERO)
    return ScopeLine(
        baseline=planned,
        added=_sum(event.amount for event in events if event.kind is ScopeKind.ADDED),
        removed=-_sum(event.amount for event in events if event.kind is ScopeKind.REMOVED),
        reestimated=_sum(event.amount for event in events if event.kind is ScopeKind.REESTIMATED),
        now=now,
        churn=_sum(abs(event.amount) for event in events if event.cause is not Cause.RETOLD) - 2 * matched,
        growth=now - planned,
        approved=_sum(event.amount for event in additions if event.is_approved),
        unapproved=_sum(event.amount for event in additions if not event.is_approved) + beyond,
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _ZERO)


def _changed(events: Iterable[ScopeEvent], baseline: Iterable[ScopeItem]) -> tuple[str, ...]:
    """The items of the baseline that were re-estimated; what was split off one explains its change."""
    held = tuple(events)
    planned = {item.issue_id for item in baseline}
    parents = {event.split_from for event in held if event.matched > 0}
    keys = {
        event.issue_key
        for event in held
        if event.cause in _CHANGED and event.issue_id in planned and event.issue_id not in parents
    }
    return tuple(sorted(keys))


def _burn_up(
    baseline: Sequence[ScopeItem],
    begun: Sequence[ScopeItem],
    events: Iterable[ScopeEvent],
    calendar: WorkCalendar,
    span: tuple[datetime, datetime],
) -> tuple[BurnUpPoint, ...]:
    """The lines at the end of every day, or of every week where that would be too many; the last is now."""
    first, last = (calendar.local_day(moment) for moment in span)
    point = BurnUpPoint(
        day=first,
        scope_count=len(baseline),
        done_count=len(begun),
        scope=total(baseline),
        done=total(begun),
    )
    by_day = {day: tuple(found) for day, found in groupby(events, lambda event: calendar.local_day(event.at))}
    points = []
    for day in _days(first, last):
        point = _after(point, day, by_day.get(day, ()))
        points.append(point)
    if len(points) <= _MOST_DAYS:
        return tuple(points)
    ends = [each for each in points if calendar.week_of(each.day + _DAY) == each.day + _DAY]
    return tuple(ends if ends[-1].day == last else [*ends, points[-1]])


def _after(point: BurnUpPoint, day: date, events: Iterable[ScopeEvent]) -> BurnUpPoint:
    held = tuple(events)
    return BurnUpPoint(
        day=day,
        scope_count=point.scope_count + sum(event.count for event in held),
        done_count=point.done_count + sum(event.done_count for event in held),
        scope=point.scope + _sum(event.amount for event in held),
        done=point.done + _sum(event.done_amount for event in held),
    )


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
