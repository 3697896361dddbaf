"""From a number of weeks to a day on the calendar."""

from collections.abc import Sequence
from datetime import date, timedelta

from pmreport.model.calendar import WorkCalendar

_WEEK = timedelta(weeks=1)


def finish_day(today: date, weeks: int, calendar: WorkCalendar) -> date:
    """The day by which `weeks` weeks from today are over; today for none.

    A day off becomes the working day before it, for nothing is finished on it, but never today or earlier.
    """
    last = today + weeks * _WEEK
    day = last
    while not calendar.is_workday(day) and day > today + timedelta(days=1):
        day -= timedelta(days=1)
    return day if weeks and calendar.is_workday(day) else last


def finish_day_by_working_days(
    today: date, weeks: int, calendar: WorkCalendar, sampled: Sequence[date]
) -> date:
    """The day by which as many working days are over as `weeks` of the sampled weeks had on average.

    So weeks with holidays behind us make the others worth more, and holidays ahead move the day. `sampled`
    are the first days of the sampled weeks. As `finish_day` where nothing was worked in any of them.
    """
    worked = sum(calendar.working_days_between(week, week + _WEEK) for week in sampled)
    if not weeks or not worked:
        return finish_day(today, weeks, calendar)
    return calendar.add_working_days(today, -(-weeks * worked // len(sampled)))
