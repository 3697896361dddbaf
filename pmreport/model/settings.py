"""Which days and hours are worked, and in which zone: the section `[calendar]`."""

from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum


class Weekday(IntEnum):
    """A day of the week, numbered as `date.weekday()` does; the configuration writes it as `mon`."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSettings:
    """The one reporting zone and the one working calendar.

    `time_zone` is an IANA name. `holidays` is a code of the `holidays` library, a country with or without a
    part of it (`DE`, `DE-BE`); None means no public holidays. `extra_holidays` are free as well.
    """

    time_zone: str = "UTC"
    working_days: tuple[Weekday, ...] = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
    working_hours: tuple[time, time] = (time(9), time(17))
    week_start: Weekday = Weekday.MON
    holidays: str | None = None
    extra_holidays: tuple[date, ...] = ()
