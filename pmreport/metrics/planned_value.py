"""What was to be earned by when: a plan that runs evenly over the working days between two days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from pmreport.model.calendar import WorkCalendar

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


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
    begins = plan.start + whole * _WEEK
    ends = min(begins + _WEEK, plan.finish + _DAY) if begins <= plan.finish else begins + _WEEK
    days = calendar.working_days_between(begins, ends)
    if not days:
        return whole + Decimal(rest) / _WEEK.days
    return whole + min(Decimal(calendar.working_days_between(begins, until)) / days, Decimal(1))


def day_after_weeks(plan: Plan, weeks: Decimal) -> date | None:
    """The day on which so many weeks of the plan's time are over; None beyond the calendar of years."""
    days = int(weeks * _WEEK.days)
    return plan.start + timedelta(days=days) if days <= (date.max - plan.start).days else None
