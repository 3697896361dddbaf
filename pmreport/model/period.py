"""The week or quarter that a report speaks about, and the moment it looks from."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from pmreport.errors import UsageError

_DAY = timedelta(days=1)
_MILLISECOND = timedelta(milliseconds=1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_A_QUARTER = 3
_WEEK = re.compile(r"((?:19|20)\d\d)-?[Ww](\d{1,2})")
_QUARTER = re.compile(r"((?:19|20)\d\d)-?[Qq]([1-4])")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\S+")


class PeriodKind(Enum):
    """What a period is; the value shows how one is written."""

    WEEK = "2026-W47"
    QUARTER = "2026-Q4"


_NAMES = {PeriodKind.WEEK: "week", PeriodKind.QUARTER: "quarter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days [first, end) in a zone: an ISO week (Monday to Sunday) or a quarter."""

    kind: PeriodKind
    first: date
    zone: str

    @property
    def end(self) -> date:
        """The first day that is no longer in it."""
        if self.kind is PeriodKind.WEEK:
            return self.first + 7 * _DAY
        year, month = divmod(self.first.month - 1 + _MONTHS_A_QUARTER, 12)
        return date(self.first.year + year, month + 1, 1)

    @property
    def last(self) -> date:
        """The last day that is in it."""
        return self.end - _DAY

    @property
    def name(self) -> str:
        """`2026-W47` or `2026-Q4`: what is typed, and what files are called."""
        if self.kind is PeriodKind.WEEK:
            week = self.first.isocalendar()
            return f"{week.year:04}-W{week.week:02}"
        return f"{self.first.year:04}-Q{self.first.month // _MONTHS_A_QUARTER + 1}"

    @property
    def label(self) -> str:
        """`16 to 22 Nov 2026` or `Q4 2026`, for prose."""
        if self.kind is PeriodKind.QUARTER:
            return f"Q{self.first.month // _MONTHS_A_QUARTER + 1} {self.first.year}"
        first, last = self.first, self.last
        start = str(first.day)
        if first.month != last.month:
            start += f" {_MONTHS[first.month - 1]}"
        if first.year != last.year:
            start += f" {first.year}"
        return f"{start} to {long_date(last)}"

    @property
    def start_instant(self) -> datetime:
        """The instant it begins, in UTC."""
        return _midnight(self.first, self.zone)

    @property
    def end_instant(self) -> datetime:
        """The first instant after it, in UTC."""
        return _midnight(self.end, self.zone)

    def previous(self) -> "Period":
        """The period just before."""
        return containing(self.kind, self.first - _DAY, self.zone)

    def following(self) -> "Period":
        """The period just after."""
        return containing(self.kind, self.end, self.zone)


def containing(kind: PeriodKind, day: date, zone: str) -> Period:
    """The period that `day` falls in."""
    if kind is PeriodKind.WEEK:
        first = day - timedelta(days=day.weekday())
    else:
        first = date(day.year, (day.month - 1) // _MONTHS_A_QUARTER * _MONTHS_A_QUARTER + 1, 1)
    return Period(kind=kind, first=first, zone=zone)


def last_complete(kind: PeriodKind, now: datetime, zone: str) -> Period:
    """The latest period that is over at `now`; on its very last instant it is not."""
    return containing(kind, now.astimezone(ZoneInfo(zone)).date(), zone).previous()


def parse(text: str, zone: str) -> Period:
    """The period that `2026-W47` or `2026-Q4` names; UsageError for anything else."""
    if week := _WEEK.fullmatch(text):
        try:
            first = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError as error:
            raise UsageError(f"the year {week[1]} has no week {week[2]}", hint=_how_to_write()) from error
        return Period(kind=PeriodKind.WEEK, first=first, zone=zone)
    if quarter := _QUARTER.fullmatch(text):
        first = date(int(quarter[1]), (int(quarter[2]) - 1) * _MONTHS_A_QUARTER + 1, 1)
        return Period(kind=PeriodKind.QUARTER, first=first, zone=zone)
    raise UsageError(f"{text!r} is no period", hint=_how_to_write())


def span(text: str, zone: str) -> tuple[Period, ...]:
    """The periods that `2026-W30..2026-W47` names, both ends included; of a single one just that.

    Raises UsageError for what is no period, for ends of two kinds, and for an end before the start.
    """
    first_text, dots, last_text = text.partition("..")
    first = parse(first_text.strip(), zone)
    last = parse(last_text.strip(), zone) if dots else first
    if first.kind is not last.kind:
        raise UsageError(
            f"{text} goes from a {_NAMES[first.kind]} to a {_NAMES[last.kind]}",
            hint=f"write two of one kind, like `{first.name}..{first.following().name}`",
        )
    if last.first < first.first:
        raise UsageError(f"{text} ends before it begins", hint=f"write `{last.name}..{first.name}`")
    found = [first]
    while found[-1] != last:
        found.append(found[-1].following())
    return tuple(found)


def parse_as_of(text: str, zone: str) -> datetime:
    """The moment a report looks from, in UTC: a date means its last millisecond in the zone.

    An instant is ISO 8601; without an offset it is read in the zone. UsageError for anything else.
    """
    no_moment = UsageError(
        f"{text!r} is no date and no instant",
        hint="write a date like `2026-11-22`, or an instant like `2026-11-22T17:00:00Z`",
    )
    try:
        if _DATE.fullmatch(text):
            return _midnight(date.fromisoformat(text) + _DAY, zone) - _MILLISECOND
        if _INSTANT.fullmatch(text):
            instant = datetime.fromisoformat(text)
            local = instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone))
            return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise no_moment from error
    raise no_moment


def long_date(day: date) -> str:
    """`2 Nov 2026`, as dates are written in prose, whatever the language of the machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _how_to_write() -> str:
    return f"write a week like `{PeriodKind.WEEK.value}` or a quarter like `{PeriodKind.QUARTER.value}`"
