"""The follow-ups as a report tells them: whose what is open is, how late, and which promises were kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from pmreport.metrics.followups.alerts import by_urgency
from pmreport.metrics.followups.item import Item, Source
from pmreport.metrics.followups.summary import Summary
from pmreport.model.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One open follow-up. `owner` is a display name; None: nobody's. `due` None: no date was agreed.

    `working_days_late` is 0 until the due day has passed, then at least 1; `age_working_days` runs from the
    day it was raised. One that is not `named` is counted and never told: not everybody may read where it
    stands, or it was typed by the person for themselves. It holds no words.
    """

    issue_key: str
    summary: str
    owner: str | None
    raised: datetime
    due: date | None
    age_working_days: int
    working_days_late: int
    named: bool = True

    @property
    def is_overdue(self) -> bool:
        """Whether the agreed day has passed."""
        return self.working_days_late > 0

    @property
    def is_unowned(self) -> bool:
        """Whether nobody has taken it."""
        return self.owner is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """Every open follow-up, the latest first, then by age.

    Of `promised`, the promises whose first day lay in the last `weeks` complete weeks, `kept` were kept.
    `mentions` counts who was named in a comment and has not answered.
    """

    open_items: tuple[FollowUp, ...]
    promised: int = 0
    kept: int = 0
    weeks: int = 0
    mentions: int = 0

    @property
    def overdue(self) -> tuple[FollowUp, ...]:
        """follow-ups-overdue: those whose agreed day has passed."""
        return tuple(item for item in self.open_items if item.is_overdue)

    @property
    def unowned(self) -> tuple[FollowUp, ...]:
        """follow-ups-unowned: those without an owner."""
        return tuple(item for item in self.open_items if item.is_unowned)


def of(told: Summary) -> FollowUps:
    """The follow-ups of a moment, by the numbers that `show followups` prints."""
    return FollowUps(
        open_items=_open(told.open_items, told.today, told.calendar),
        promised=told.promises.due,
        kept=len(told.promises.kept),
        weeks=len(told.window.weeks),
        mentions=len(told.mentions),
    )


def week_before(told: Summary) -> FollowUps:
    """What was open a week earlier; of promises and mentions then nothing is told."""
    still = by_urgency((item for item in told.before if item.is_open), told.then, told.calendar)
    return FollowUps(open_items=_open(still, told.then, told.calendar))


def unnamed(item: FollowUp) -> FollowUp:
    """The follow-up without its words: whether it is owned and how late it is can still be counted."""
    return replace(
        item, issue_key="", summary="", owner=None if item.owner is None else "", due=None, named=False
    )


def _open(items: Iterable[Item], today: date, calendar: WorkCalendar) -> tuple[FollowUp, ...]:
    return tuple(_one(item, today, calendar) for item in items)


def _one(item: Item, today: date, calendar: WorkCalendar) -> FollowUp:
    found = FollowUp(
        issue_key=item.issue_key,
        summary=item.statement,
        owner=item.owner,
        raised=item.raised,
        due=item.due,
        age_working_days=item.age(today, calendar),
        working_days_late=item.lateness(today, calendar),
    )
    return unnamed(found) if item.restricted or item.source is Source.TYPED else found
