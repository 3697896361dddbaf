"""All numbers about follow-ups at one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pmreport.metrics.followups import alerts, movement, promises, waiting
from pmreport.metrics.followups.alerts import Alert
from pmreport.metrics.followups.blocked import Blocked
from pmreport.metrics.followups.gathered import Closing
from pmreport.metrics.followups.idle import Idle, histogram
from pmreport.metrics.followups.item import Item
from pmreport.metrics.followups.mentions import Mention
from pmreport.metrics.followups.movement import Change, Reopened, Week
from pmreport.metrics.followups.promises import Promises
from pmreport.metrics.followups.waiting import Waiting
from pmreport.metrics.followups.window import Window
from pmreport.model.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found at a moment: every follow-up, mention, closing, flag, and what stands still.

    `before` are the follow-ups as they stood at `then`, a week earlier.
    """

    items: tuple[Item, ...]
    before: tuple[Item, ...]
    then: datetime
    mentions: tuple[Mention, ...]
    closings: tuple[Closing, ...]
    blocked: tuple[Blocked, ...]
    in_work: Idle
    not_started: Idle


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The numbers. `open_items` are the latest first, then by age; `alerts` hold each item at most once.

    `before` is every follow-up as it stood on the day `then`, a week earlier.
    """

    as_of: datetime
    today: date
    window: Window
    calendar: WorkCalendar
    open_items: tuple[Item, ...]
    before: tuple[Item, ...]
    then: date
    alerts: Mapping[Alert, tuple[Item, ...]]
    alert_by_id: Mapping[str, Alert]
    promises: Promises
    ages: tuple[int, ...]
    age_histogram: tuple[tuple[str, int], ...]
    first_response: Waiting
    answer: Waiting
    mention_response: Waiting
    unanswered: tuple[Item, ...]
    mentions: tuple[Mention, ...]
    in_work: Idle
    not_started: Idle
    blocked: tuple[Blocked, ...]
    weeks: tuple[Week, ...]
    reopened: Reopened
    chases: int
    chased: tuple[str, ...]
    changes: tuple[Change, ...]

    def alert_of(self, item: Item) -> Alert | None:
        """The one alert an item stands in; None: it needs nobody, or it is blocked."""
        return self.alert_by_id.get(item.id)


def summary(looked: Looked, *, as_of: datetime, window: Window, calendar: WorkCalendar) -> Summary:
    """The numbers of a moment. Responses are those to what was raised since the window began, until now."""
    today = calendar.local_day(as_of)
    open_items = alerts.by_urgency((item for item in looked.items if item.is_open), today, calendar)
    ages = tuple(sorted(item.age(today, calendar) for item in open_items))
    recent = [item for item in looked.items if calendar.local_day(item.raised) >= window.first]
    flagged = {each.issue_key for each in looked.blocked}
    standing = alerts.alerts(open_items, flagged, today, calendar)
    return Summary(
        as_of=as_of,
        today=today,
        window=window,
        calendar=calendar,
        open_items=open_items,
        before=looked.before,
        then=calendar.local_day(looked.then),
        alerts=standing,
        alert_by_id={item.id: alert for alert, held in standing.items() for item in held},
        promises=promises.promises(looked.items, window, today, calendar),
        ages=ages,
        age_histogram=histogram(ages),
        first_response=waiting.first_responses(recent, window.first, as_of, calendar),
        answer=waiting.answers(recent, window.first, as_of, calendar),
        mention_response=waiting.mention_responses(looked.mentions, window.first, as_of, calendar),
        unanswered=_unanswered(open_items),
        mentions=tuple(each for each in looked.mentions if each.is_unanswered),
        in_work=looked.in_work,
        not_started=looked.not_started,
        blocked=looked.blocked,
        weeks=movement.weeks(looked.items, window, calendar),
        reopened=movement.reopened(looked.closings, window, as_of, calendar),
        chases=sum(item.chases for item in recent),
        chased=tuple(item.name for item in recent if item.chases),
        changes=movement.changes(
            looked.before, looked.items, calendar.local_day(looked.then), today, calendar
        ),
    )


def _unanswered(items: Iterable[Item]) -> tuple[Item, ...]:
    """The open items that ask somebody, and to which nobody else has responded."""
    return tuple(item for item in items if item.answered is None and item.asks)
