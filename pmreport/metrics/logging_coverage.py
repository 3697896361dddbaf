"""Whether those who worked on something logged their hours: unlogged time makes costs look good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from pmreport.metrics.rates import Rates
from pmreport.metrics.reckoning import Reckoning, known, unknown
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, sql_text

NOBODY = "nobody has logged work on it"
NO_HOURS = "the calendar has no working hours in that time"
GONE_AFTER = timedelta(days=28)  # who has logged nothing for so long has left, and is expected to log no more
_DAY = timedelta(days=1)
_SECONDS_AN_HOUR = 3600


class PersonRow(NamedTuple):
    """The hours of one person from their first work on the set on."""

    account_id: str
    first_ms: int
    last_ms: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Hours logged over hours expected; `share` exceeds 1 where people work longer than expected."""

    share: Reckoning
    people: int
    logged_hours: Decimal
    expected_hours: Decimal


def query(members: Query[MemberRow], site_id: int, as_of: datetime) -> Query[PersonRow]:
    """Who logged work on the set, and how much on everything since."""
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of)}
    return among(members, sql_text("pmreport.metrics", "sql/logging_people.sql"), PersonRow, parameters)


def from_rows(
    rows: Iterable[PersonRow], *, as_of: datetime, calendar: WorkCalendar, rates: Rates | None = None
) -> Coverage:
    """logging-coverage: hours logged / hours expected, over everybody who logged work on the set.

    Somebody is expected to log from the day of their first entry on the set to the last whole day, or to
    their last entry where that lies four weeks back: the hours of a working day, or the hours a week that the
    rates file names, spread over the working days.
    """
    people, logged, expected = 0, 0, Decimal(0)
    for row in rows:
        people, logged = people + 1, logged + row.seconds
        first, last = from_ms(row.first_ms), from_ms(row.last_ms)
        ends = as_of if as_of - last <= GONE_AFTER else last
        days = calendar.working_days_between(calendar.local_day(first), calendar.local_day(ends) + _DAY)
        weekly = None if rates is None else rates.expected_hours_a_week(row.account_id)
        expected += days * _hours_a_day(weekly, calendar)
    hours = Decimal(logged) / _SECONDS_AN_HOUR
    share = known(hours / expected) if expected else unknown(NO_HOURS if people else NOBODY)
    return Coverage(share=share, people=people, logged_hours=hours, expected_hours=expected)


def _hours_a_day(weekly: Decimal | None, calendar: WorkCalendar) -> Decimal:
    if weekly is not None:
        return weekly / len(calendar.working_days) if calendar.working_days else Decimal(0)
    opens, closes = calendar.hours
    minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    return Decimal(max(minutes, 0)) / 60
