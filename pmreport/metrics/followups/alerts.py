"""Which follow-ups need somebody now: each stands in one list only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmreport.metrics.followups.item import Item, Kind, working_days
from pmreport.model.calendar import WorkCalendar

STALE_AFTER = 5  # working days
UNANSWERED_AFTER = 2  # working days
_ASKING = {Kind.QUESTION, Kind.DECISION}


class Alert(StrEnum):
    """Why an item needs somebody, the most pressing first: an item has the first that fits."""

    OVERDUE = "overdue"
    UNOWNED = "unowned"
    UNANSWERED = "unanswered"
    STALE = "stale"
    DATELESS = "dateless"


@dataclass(frozen=True, slots=True)
class _Now:
    today: date
    calendar: WorkCalendar


def alerts(
    items: Iterable[Item], blocked: Collection[str], today: date, calendar: WorkCalendar
) -> Mapping[Alert, tuple[Item, ...]]:
    """The open items by alert, the latest and then the oldest first; what needs nobody is in none.

    What is blocked (`blocked` are the keys of flagged issues) stands apart, in the list of what is held up:
    whoever takes the flag off comes first.
    """
    now = _Now(today, calendar)
    found: dict[Alert, list[Item]] = {alert: [] for alert in Alert}
    for item in items:
        if item.is_open and item.issue_key not in blocked and (alert := _first(item, now)):
            found[alert].append(item)
    return {alert: tuple(sorted(each, key=lambda item: urgency(item, now))) for alert, each in found.items()}


def by_urgency(items: Iterable[Item], today: date, calendar: WorkCalendar) -> tuple[Item, ...]:
    """Items with the latest first, then by age."""
    now = _Now(today, calendar)
    return tuple(sorted(items, key=lambda item: urgency(item, now)))


def urgency(item: Item, now: _Now) -> tuple[int, int, str]:
    """What sorts the most pressing item first."""
    return (-item.lateness(now.today, now.calendar), -item.age(now.today, now.calendar), item.id)


def _first(item: Item, now: _Now) -> Alert | None:
    return next((alert for alert in Alert if _fits(alert, item, now)), None)


def _fits(alert: Alert, item: Item, now: _Now) -> bool:
    match alert:
        case Alert.OVERDUE:
            return item.lateness(now.today, now.calendar) > 0
        case Alert.UNOWNED:
            return item.owner is None
        case Alert.UNANSWERED:
            waits = item.kind in _ASKING and item.asks and item.answered is None
            return waits and item.age(now.today, now.calendar) > UNANSWERED_AFTER
        case Alert.STALE:
            return working_days(item.active or item.raised, now.today, now.calendar) >= STALE_AFTER
        case _:
            return item.due is None
