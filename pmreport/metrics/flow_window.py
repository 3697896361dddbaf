"""The weeks that numbers of flow speak about: whole ones, the newest last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms

WEEKS = 12
_MILLISECOND = timedelta(milliseconds=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Whole weeks from the day `first` up to, but not including, the day `end`."""

    first: date
    end: date
    start: datetime
    until: datetime

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.first).days

    @property
    def milliseconds(self) -> int:
        """How long it is; a change of the clocks counts."""
        return to_ms(self.until) - to_ms(self.start)


def window(calendar: WorkCalendar, as_of: datetime, *, weeks: int = WEEKS) -> Window:
    """The last `weeks` weeks that are over at `as_of`, in the reporting zone.

    What happened in the very millisecond of `as_of` is known, so a week is over in its last one.
    """
    end = calendar.week_of(calendar.local_day(as_of + _MILLISECOND))
    first = end - weeks * _WEEK
    return Window(first=first, end=end, start=calendar.day_start(first), until=calendar.day_start(end))


def weeks_of(first: date, end: date) -> tuple[date, ...]:
    """The first day of every week from `first` up to `end`, which is left out."""
    return tuple(first + number * _WEEK for number in range((end - first).days // 7))
