"""The weeks that numbers about follow-ups speak about: whole ones, the last of them over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmreport.model.calendar import WorkCalendar

WEEKS = 4  # enough promises for a rate, and recent enough to be somebody's doing
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The local days [first, end)."""

    first: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day < self.end

    @property
    def weeks(self) -> tuple[date, ...]:
        """The first day of each week in it."""
        return tuple(self.first + n * _WEEK for n in range((self.end - self.first) // _WEEK))


def last_weeks(as_of: datetime, calendar: WorkCalendar, weeks: int = WEEKS) -> Window:
    """The last complete weeks before the one that `as_of` lies in."""
    end = calendar.week_of(calendar.local_day(as_of))
    return Window(first=end - weeks * _WEEK, end=end)
