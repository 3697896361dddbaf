"""Follow-ups and what is found about them, for tests."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from pmreport.metrics.followups.idle import Idle
from pmreport.metrics.followups.item import Item, Kind, Source
from pmreport.metrics.followups.summary import Looked, Summary, summary
from pmreport.metrics.followups.window import Window, last_weeks
from pmreport.model.calendar import WorkCalendar

CALENDAR = WorkCalendar(zone="Europe/Berlin")
NOTHING_IDLE = Idle(items=0, stale=0, longest=None, keys=())


def at(text: str) -> datetime:
    """`03-06 10:00` of 2025, in UTC."""
    return datetime.strptime(f"2025-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def day(text: str | None) -> date | None:
    """`03-06` of 2025."""
    return None if text is None else date.fromisoformat(f"2025-{text}")


def item(name: str = "WEB-1", **facts: Any) -> Item:
    """An open action of Ann's, raised on Monday 3 March."""
    known: dict[str, Any] = {
        "id": name,
        "kind": Kind.ACTION,
        "source": Source.ISSUE,
        "issue_key": name,
        "statement": "Ask the vendor",
        "raised": at("03-03 08:00"),
        "owner": "Ann",
        "active": at("03-03 08:00"),
    }
    return Item(**(known | facts))


def promise(name: str, first: str, done: str | None = None, now: str | None = None, **facts: Any) -> Item:
    """A follow-up that was promised for a day; `now` is the day that holds since it was moved."""
    return item(
        name,
        first_due=day(first),
        promised=at("03-03 08:00"),
        due=day(now or first),
        due_moves=int(now is not None),
        closed=None if done is None else at(f"{done} 12:00"),
        **facts,
    )


def told(
    items: Iterable[Item], *, as_of: str = "03-17 12:00", window: Window | None = None, **more: Any
) -> Summary:
    """The numbers about these follow-ups."""
    known: dict[str, Any] = {
        "items": tuple(items),
        "before": (),
        "then": at("03-10 12:00"),
        "mentions": (),
        "closings": (),
        "blocked": (),
        "in_work": NOTHING_IDLE,
        "not_started": NOTHING_IDLE,
    }
    moment = at(as_of)
    span = window or last_weeks(moment, CALENDAR)
    return summary(Looked(**(known | more)), as_of=moment, window=span, calendar=CALENDAR)
