"""The working calendar: which days and hours count, in the one reporting zone."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pmreport.model.instant import to_ms
from pmreport.model.rows import CalendarRow
from pmreport.model.settings import CalendarSettings, Weekday

_DAY = timedelta(days=1)
_FIRST_DAY = date(2000, 1, 1)  # working days are counted from here, whichever stretch of days is asked for
_DAYS_A_WEEK = 7
_ID_CHARACTERS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Working days and hours in a zone (an IANA name); `holidays` are days off, wherever they fall.

    A day is a day in that zone, from its first instant to the first instant of the next one: 23, 24 or 25
    hours. `hours` are the first and the last moment of a working day, on the clock of that zone.
    """

    zone: str = "UTC"
    working_days: frozenset[Weekday] = frozenset(Weekday) - {Weekday.SAT, Weekday.SUN}
    holidays: frozenset[date] = frozenset()
    hours: tuple[time, time] = (time(9), time(17))
    week_start: Weekday = Weekday.MON
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)
    _days_off: tuple[date, ...] = field(
        init=False, repr=False, compare=False
    )  # on days else worked, in order

    def __post_init__(self) -> None:
        object.__setattr__(self, "_zone", ZoneInfo(self.zone))
        off = sorted(day for day in self.holidays if day.weekday() in self.working_days)
        object.__setattr__(self, "_days_off", tuple(off))

    @property
    def calendar_id(self) -> str:
        """The same text for calendars with the same days, and another one for any other."""
        days = ",".join(day.name for day in sorted(self.working_days))
        off = ",".join(day.isoformat() for day in sorted(self.holidays))
        facts = f"{self.zone}|{days}|{off}|{self.week_start.name}"
        return hashlib.sha256(facts.encode()).hexdigest()[:_ID_CHARACTERS]

    def local_day(self, instant: datetime) -> date:
        """The day an aware instant falls on."""
        return instant.astimezone(self._zone).date()

    def day_start(self, day: date) -> datetime:
        """The first instant of the day, in UTC."""
        return self.at(day, time())

    def day_span(self, day: date) -> tuple[datetime, datetime]:
        """The day as a half-open span of instants."""
        return self.day_start(day), self.day_start(day + _DAY)

    def at(self, day: date, clock: time) -> datetime:
        """The instant at which the clock shows this time: the first one, where it is shown twice.

        A time that the clock jumps over is the same distance behind the jump.
        """
        return datetime.combine(day, clock, tzinfo=self._zone).astimezone(UTC)

    def week_of(self, day: date) -> date:
        """The first day of the week of `day`."""
        return day - timedelta(days=(day.weekday() - self.week_start) % _DAYS_A_WEEK)

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked."""
        return day.weekday() in self.working_days and day not in self.holidays

    def working_days_between(self, first: date, end: date) -> int:
        """Working days in [first, end), so that the same day twice is 0; negative where `end` comes first.

        `NETWORKDAYS` of a spreadsheet counts both ends, hence one more.
        """
        if end < first:
            return -self.working_days_between(end, first)
        whole_weeks, rest = divmod((end - first).days, _DAYS_A_WEEK)
        tail = range(_DAYS_A_WEEK * whole_weeks, _DAYS_A_WEEK * whole_weeks + rest)
        weekdays = whole_weeks * len(self.working_days) + sum(
            (first + offset * _DAY).weekday() in self.working_days for offset in tail
        )
        return weekdays - (bisect_left(self._days_off, end) - bisect_left(self._days_off, first))

    def working_days_late(self, due: date, today: date) -> int:
        """Working days after the day `due`, today included: 0 until then, also on a weekend at least 1."""
        return 0 if due >= today else max(1, self.working_days_between(due + _DAY, today + _DAY))

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that comes `count` (1 or more) working days after `day`."""
        while count > 0:
            day += _DAY
            count -= self.is_workday(day)
        return day

    def business_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time in [start, end); nothing where `end` comes first."""
        total = timedelta()
        for day in _days(self.local_day(start), self.local_day(end)):
            if self.is_workday(day):
                opens, closes = (self.at(day, clock) for clock in self.hours)
                total += max(min(closes, end) - max(opens, start), timedelta())
        return total

    def rows(self, first: date, last: date) -> tuple[CalendarRow, ...]:
        """A row for every day from `first` to `last`, both included, for range joins in SQL.

        `workday_index` counts the working days before the day from a fixed day on: differences are working
        days, whichever days are in the table.
        """
        index = self.working_days_between(_FIRST_DAY, first)
        name = self.calendar_id
        rows = []
        for day in _days(first, last):
            starts, ends = self.day_span(day)
            week = day.isocalendar()
            is_workday = self.is_workday(day)
            rows.append(
                CalendarRow(
                    calendar_id=name,
                    day_date=day.isoformat(),
                    starts_ms=to_ms(starts),
                    ends_ms=to_ms(ends),
                    week_start=self.week_of(day).isoformat(),
                    iso_week=f"{week.year}-W{week.week:02}",
                    is_workday=is_workday,
                    workday_index=index,
                )
            )
            index += is_workday
        return tuple(rows)


def work_calendar(settings: CalendarSettings, holidays: Iterable[date] = ()) -> WorkCalendar:
    """The calendar of the section `[calendar]`, with the public `holidays` its code stands for."""
    return WorkCalendar(
        zone=settings.time_zone,
        working_days=frozenset(settings.working_days),
        holidays=frozenset((*holidays, *settings.extra_holidays)),
        hours=settings.working_hours,
        week_start=settings.week_start,
    )


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY
