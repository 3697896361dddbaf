"""Follow-ups: agreed actions and open questions, who owns them and whether they are late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.query import LIST_MARK, Query, Scalar, marked_list, sql_text


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One open follow-up. `owner` is a display name; None: nobody's. `due` None: no date was agreed.

    `working_days_late` is 0 until the due day has passed, then at least 1; `age_working_days` runs from the
    day it was raised.
    """

    issue_id: int
    issue_key: str
    summary: str
    owner: str | None
    raised: datetime
    due: date | None
    status: str
    age_working_days: int
    working_days_late: int

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
    """Every open follow-up, the latest first, then by age."""

    open_items: tuple[FollowUp, ...]

    @property
    def overdue(self) -> tuple[FollowUp, ...]:
        """follow-ups-overdue: those whose agreed day has passed."""
        return tuple(item for item in self.open_items if item.is_overdue)

    @property
    def unowned(self) -> tuple[FollowUp, ...]:
        """follow-ups-unowned: those without an owner."""
        return tuple(item for item in self.open_items if item.is_unowned)


class FollowUpRow(NamedTuple):
    """An open follow-up as stored. `due_date` is YYYY-MM-DD; `owner` a display name, else an account id."""

    issue_id: int
    issue_key: str
    summary: str
    owner: str | None
    raised_ms: int
    due_date: str | None
    status_name: str | None


def query(site_id: int, as_of: datetime, settings: FollowUpSettings) -> Query[FollowUpRow]:
    """Which follow-ups were open at `as_of`: by type or label, capitals or not, sub-tasks included."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        **names(settings),
    }
    return Query(sql_text("pmreport.metrics", "sql/open_followups.sql"), FollowUpRow, parameters)


def from_rows(rows: Iterable[FollowUpRow], *, as_of: datetime, calendar: WorkCalendar) -> FollowUps:
    """Every open follow-up with its age and lateness on the local day of `as_of`.

    A due date is a day without a zone, so it is compared with the local day. One that cannot be read as a day
    counts as no date.
    """
    today = calendar.local_day(as_of)
    items = (_follow_up(row, today, calendar) for row in rows)
    order = sorted(
        items, key=lambda item: (-item.working_days_late, -item.age_working_days, item.raised, item.issue_id)
    )
    return FollowUps(open_items=tuple(order))


def _follow_up(row: FollowUpRow, today: date, calendar: WorkCalendar) -> FollowUp:
    raised, due = from_ms(row.raised_ms), day(row.due_date)
    return FollowUp(
        issue_id=row.issue_id,
        issue_key=row.issue_key,
        summary=row.summary,
        owner=row.owner,
        raised=raised,
        due=due,
        status=row.status_name or "",
        age_working_days=max(0, calendar.working_days_between(calendar.local_day(raised), today)),
        working_days_late=0 if due is None else calendar.working_days_late(due, today),
    )


def day(text: str | None) -> date | None:
    """A stored due date; None for what is no day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def names(settings: FollowUpSettings) -> dict[str, Scalar]:
    """The types and labels of follow-ups, as the questions take them."""
    return {"types": marked_list(settings.types), "labels": marked_list(settings.labels), "mark": LIST_MARK}
