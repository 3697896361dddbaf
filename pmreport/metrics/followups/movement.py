"""What moves: opened and closed by week, reopened, and what changed since a week ago."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pmreport.metrics.followups.gathered import Closing
from pmreport.metrics.followups.item import Item
from pmreport.metrics.followups.window import Window
from pmreport.model.calendar import WorkCalendar

_SOON = timedelta(days=30)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """How many follow-ups were raised and closed in the week that begins on `first`."""

    first: date
    opened: int
    closed: int

    @property
    def balance(self) -> int:
        """Closed minus opened: above 0 the list got shorter."""
        return self.closed - self.opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """Closings in the window, and those undone within 30 days; `recent` are younger than that."""

    closings: int
    reopened: tuple[str, ...]
    recent: int


class What(StrEnum):
    """What happened to a follow-up since the week before."""

    RAISED = "raised"
    CLOSED = "closed"
    REOPENED = "reopened"
    OVERDUE = "overdue now"
    MOVED = "due date moved"
    OWNER = "another owner"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one follow-up."""

    item: Item
    what: What


def weeks(items: Iterable[Item], window: Window, calendar: WorkCalendar) -> tuple[Week, ...]:
    """closure-balance: each week of the window, the oldest first.

    A decision that was only written down moves nothing.
    """
    moving = [item for item in items if item.closed is None or item.closed > item.raised]
    opened = [calendar.local_day(item.raised) for item in moving]
    closed = [calendar.local_day(item.closed) for item in moving if item.closed is not None]
    return tuple(
        Week(
            first=first,
            opened=sum(first <= day < first + _WEEK for day in opened),
            closed=sum(first <= day < first + _WEEK for day in closed),
        )
        for first in window.weeks
    )


def reopened(
    closings: Iterable[Closing], window: Window, as_of: datetime, calendar: WorkCalendar
) -> Reopened:
    """reopened-soon: of the closings in the window, those that did not hold for 30 days.

    A closing younger than that may still be undone: the share is the least it can become.
    """
    held = [each for each in closings if window.holds(calendar.local_day(each.closed))]
    undone = [each for each in held if each.reopened is not None and each.reopened - each.closed <= _SOON]
    return Reopened(
        closings=len(held),
        reopened=tuple(dict.fromkeys(each.issue_key for each in undone)),
        recent=sum(each.reopened is None and as_of - each.closed < _SOON for each in held),
    )


def changes(
    before: Iterable[Item], now: Iterable[Item], then: date, today: date, calendar: WorkCalendar
) -> tuple[Change, ...]:
    """What happened between two looks, the kinds in their order; `then` and `today` are their local days.

    An item may have more than one change, but what was raised or closed says enough.
    """
    known = {item.id: item for item in before}
    found = [Change(item, what) for item in now for what in _changed(known, item, (then, today), calendar)]
    order = list(What)
    return tuple(sorted(found, key=lambda change: (order.index(change.what), change.item.id)))


def _changed(
    known: Mapping[str, Item], item: Item, days: tuple[date, date], calendar: WorkCalendar
) -> tuple[What, ...]:
    old = known.get(item.id)
    if old is None or old.is_open != item.is_open:
        if old is not None and item.is_open:
            return (What.REOPENED,)
        return (What.CLOSED,) if not item.is_open and old is not None else (What.RAISED,) * item.is_open
    if not item.is_open:
        return ()
    late, was_late = item.lateness(days[1], calendar), old.lateness(days[0], calendar)
    happened = {
        What.OVERDUE: late > 0 and was_late == 0,
        What.MOVED: item.due != old.due,
        What.OWNER: item.owner != old.owner,
    }
    return tuple(what for what, is_so in happened.items() if is_so)
