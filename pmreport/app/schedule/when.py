"""The days and the time of day at which something is to happen each week, read from words."""

import re
from dataclasses import dataclass

from pmreport.errors import UsageError

_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = tuple(name[:3].title() for name in _FULL)
_SAMPLE = 'write it like "Mon 08:30", "Mon..Fri 08:30" or "Tue,Thu 16:45"; without a day it is every day'
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_RANGE = re.compile(r"(\w+)(?:\.\.|-)(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time on days of the week, 0 is Monday; the days are in their order."""

    days: tuple[int, ...]
    hour: int
    minute: int

    @property
    def names(self) -> str:
        """The days as systemd takes them, and as people read them: `Mon,Thu`."""
        return ",".join(DAYS[day] for day in self.days)

    @property
    def clock(self) -> str:
        """The time of day, e.g. 08:30."""
        return f"{self.hour:02}:{self.minute:02}"

    @property
    def cron(self) -> str:
        """The five fields of cron; a list of names is no day there, so days are numbers and Sunday is 0."""
        is_daily = len(self.days) == len(DAYS)
        days = (
            "*"
            if is_daily
            else ",".join(str(number) for number in sorted((day + 1) % 7 for day in self.days))
        )
        return f"{self.minute} {self.hour} * * {days}"


def parse_when(text: str) -> When:
    """What was typed after --at. Raises UsageError for anything that is no time of a week."""
    *before, clock = text.split() or [""]
    time = _TIME.fullmatch(clock)
    if time is None:
        raise UsageError(f'"{text}" says no time of day', hint=_SAMPLE)
    days = sorted({day for part in ",".join(before).split(",") if part for day in _days(part)})
    return When(days=tuple(days) or tuple(range(len(DAYS))), hour=int(time[1]), minute=int(time[2]))


def _days(part: str) -> list[int]:
    if span := _RANGE.fullmatch(part):
        first, last = _day(span[1]), _day(span[2])
        return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return [_day(part)]


def _day(word: str) -> int:
    for number, name in enumerate(_FULL):
        if len(word) >= len(DAYS[number]) and name.startswith(word.lower()):
            return number
    raise UsageError(f'"{word}" is no day of the week', hint=_SAMPLE)
