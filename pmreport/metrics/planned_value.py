"""What was to be earned by when: a plan that runs evenly over the working days between two days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from pmreport.model.calendar import WorkCalendar

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FINE = Decimal("0.000000001")  # what exact arithmetic loses by dividing lies far below
_MOST_WEEKS = 52 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """From the morning of `start` to the evening of `finish`; `source` says where the two come from."""

    start: date
    finish: date
    source: str


def days_over(as_of: datetime, calendar: WorkCalendar) -> date:
    """The first day that is not over at `as_of`: a working day is over when its working hours are."""
    today = calendar.local_day(as_of)
    return today + _DAY if as_of >= calendar.at(today, calendar.hours[1]) else today


def planned_share(plan: Plan, calendar: WorkCalendar, until: date) -> Decimal | None:
    """planned-value: the part of the plan that was due before `until`, 0 to 1, by working days.

    None for a plan without a working day.
    """
    end = plan.finish + _DAY
    whole = calendar.working_days_between(plan.start, end)
    if whole <= 0:
        return None
    reached = min(max(until, plan.start), end)
    return Decimal(calendar.working_days_between(plan.start, reached)) / whole


def weekly_shares(plan: Plan, calendar: WorkCalendar) -> tuple[Decimal, ...]:
    """The planned share at the start, after one week, two weeks, and so on to the end; empty as above."""
    shares = []
    day = plan.start
    while (share := planned_share(plan, calendar, day)) is not None:
        shares.append(share)
        if day > plan.finish:
            break
        day += _WEEK
    return tuple(shares)


def weeks_passed(plan: Plan, calendar: WorkCalendar, until: date) -> Decimal:
    """The weeks from the start of the plan to `until`; the last one in part, by its working days.

    So whoever does each day what was planned for it has earned exactly as many weeks as have passed.
    """
    if until <= plan.start:
        return Decimal(0)
    whole, rest = divmod((until - plan.start).days, _WEEK.days)
    begins, ends = _period(plan, whole)
    days = calendar.working_days_between(begins, ends)
    if not days:
        return whole + Decimal(rest) / _WEEK.days
    return whole + min(Decimal(calendar.working_days_between(begins, until)) / days, Decimal(1))


def day_of_weeks(plan: Plan, calendar: WorkCalendar, weeks: Decimal) -> date | None:
    """The working day with whose end so many weeks of the plan's time have passed: the inverse of the above.

    So the duration of the plan leads to its last working day. None beyond the last year there is.
    """
    exact = weeks.quantize(_FINE)
    whole = max(int(exact.to_integral_value(ROUND_CEILING)) - 1, 0)
    if whole > _MOST_WEEKS:
        return None
    begins, ends = _period(plan, whole)
    days = calendar.working_days_between(begins, ends)
    if not days:
        return ends - _DAY
    done = ((exact - whole) * days).quantize(_FINE).to_integral_value(ROUND_CEILING)
    return calendar.add_working_days(begins - _DAY, max(int(done), 1))


def last_working_day(calendar: WorkCalendar, before: date) -> date:
    """The last working day before a day, within two weeks; else the day before it."""
    days = (before - number * _DAY for number in range(1, 15))
    return next((day for day in days if calendar.is_workday(day)), before - _DAY)


def _period(plan: Plan, number: int) -> tuple[date, date]:
    """The first day of a week of the plan, counted from 0, and the day after its last one."""
    begins = plan.start + number * _WEEK
    ends = begins + _WEEK
    return begins, min(ends, plan.finish + _DAY) if begins <= plan.finish else ends
