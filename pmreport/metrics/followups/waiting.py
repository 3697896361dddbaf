"""Waiting for somebody: how long until a response or an answer, in working hours, the unanswered included."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmreport.metrics.followups.item import Item, Kind, Source
from pmreport.metrics.followups.mentions import Mention
from pmreport.model.calendar import WorkCalendar
from pmreport.stats.survival import Lasting, median_lasting

FEWEST = 5  # answers; below that a median says nothing
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long things waited.

    `median_hours` (working hours) is by Kaplan and Meier, so that what still waits counts for as long as it
    has; None: fewer than half have ended, or fewer than five. Of `n`, `ended` came to an end and those in
    `still` wait on; the rest was closed meanwhile. `excluded` says what was left out, by reason.
    """

    median_hours: float | None
    n: int
    ended: int
    names: tuple[str, ...]
    still: tuple[str, ...]
    excluded: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Wait:
    name: str
    since: datetime
    until: datetime
    ended: bool
    waits: bool


def first_responses(items: Iterable[Item], since: date, as_of: datetime, calendar: WorkCalendar) -> Waiting:
    """first-response: from raising an item to the first deed of somebody else.

    An item that was closed without one was watched until then: it is censored, not dropped. Risks and
    decisions that were written down ask nobody, and what was typed here nobody can answer.
    """
    left: Counter[str] = Counter()
    waits = []
    for item in items:
        if calendar.local_day(item.raised) < since:
            continue
        if not item.asks:
            is_typed = item.source is Source.TYPED
            left["typed here, where nobody can answer" if is_typed else "written down, asking nobody"] += 1
        else:
            waits.append(
                _Wait(
                    item.name,
                    item.raised,
                    item.answered or item.closed or as_of,
                    ended=item.answered is not None,
                    waits=item.answered is None and item.is_open,
                )
            )
    return _waiting(waits, calendar, left)


def answers(items: Iterable[Item], since: date, as_of: datetime, calendar: WorkCalendar) -> Waiting:
    """time-to-answer: from asking to the answer, or from raising a decision to having it."""

    def asks(item: Item) -> bool:
        is_record = item.kind is Kind.DECISION and item.source is Source.COMMENT
        return item.kind in {Kind.QUESTION, Kind.DECISION} and not is_record

    waits = [
        _Wait(
            item.name,
            item.raised,
            item.closed or as_of,
            ended=item.closed is not None and not item.dropped,
            waits=item.is_open,
        )
        for item in items
        if asks(item) and calendar.local_day(item.raised) >= since
    ]
    return _waiting(waits, calendar, Counter())


def mention_responses(
    mentions: Iterable[Mention], since: date, as_of: datetime, calendar: WorkCalendar
) -> Waiting:
    """mention-response: from naming somebody to the first deed of that person on the issue."""
    waits = [
        _Wait(
            each.issue_key,
            each.said,
            each.answered or as_of,
            ended=each.answered is not None,
            waits=each.is_unanswered,
        )
        for each in mentions
        if calendar.local_day(each.said) >= since
    ]
    return _waiting(waits, calendar, Counter())


def _waiting(waits: Iterable[_Wait], calendar: WorkCalendar, left: Counter[str]) -> Waiting:
    held = tuple(waits)
    ended = sum(wait.ended for wait in held)
    hours = [Lasting(calendar.business_time(wait.since, wait.until) / _HOUR, wait.ended) for wait in held]
    return Waiting(
        median_hours=median_lasting(hours) if ended >= FEWEST else None,
        n=len(held),
        ended=ended,
        names=tuple(wait.name for wait in held),
        still=tuple(wait.name for wait in held if wait.waits),
        excluded=tuple(sorted(left.items())),
    )
