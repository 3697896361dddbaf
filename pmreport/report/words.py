"""Plain words for numbers, days and lists."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from zoneinfo import ZoneInfo

from pmreport.metrics.sprint import Unit
from pmreport.report.view import Inline, Number, Text

_SECONDS_AN_HOUR = Decimal(3600)
_NOUNS = {Unit.POINTS: "point", Unit.SECONDS: "hour", Unit.ISSUES: "issue"}
_TIMES = {1: "once", 2: "twice"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plural(count: Decimal | int, one: str, many: str | None = None) -> str:
    """The noun that goes with a count: "item" for 1 and minus 1, else "items"."""
    return one if abs(count) == 1 else (many or one + "s")


def counted(count: int, one: str, many: str | None = None) -> Number:
    """A count with its noun: 1 item, 2 items."""
    return Number(value=Decimal(count), unit=plural(count, one, many))


def in_words(count: int, one: str, many: str | None = None) -> str:
    """The same as plain words, for captions and subjects."""
    return f"{count} {plural(count, one, many)}"


def scaled(value: Decimal, unit: Unit) -> Decimal:
    """An amount in the unit people read: seconds become hours."""
    return value / _SECONDS_AN_HOUR if unit is Unit.SECONDS else value


def units(unit: Unit) -> str:
    """The noun of several: points, hours or issues."""
    return f"{_NOUNS[unit]}s"


def unit_name(value: Decimal, unit: Unit) -> str:
    """The noun of an amount: point(s), hour(s) or issue(s)."""
    return plural(rounded(scaled(value, unit)), _NOUNS[unit])


def amount(value: Decimal, unit: Unit, *, signed: bool = False) -> Number:
    """An amount of a board, with its noun."""
    return Number(value=scaled(value, unit), unit=unit_name(value, unit), decimals=1, signed=signed)


def bare(value: Decimal | None, unit: Unit, *, signed: bool = False) -> Number:
    """An amount without its noun, for a table whose heading names it. None stays unknown."""
    known = None if value is None else scaled(value, unit)
    return Number(value=known, decimals=1, signed=signed)


def percent(ratio: Decimal | None, *, signed: bool = False) -> Number:
    """A share of 1 as a percentage. None stays unknown."""
    return Number(value=None if ratio is None else ratio * 100, unit="%", signed=signed)


def factor(value: float | None) -> Number:
    """A factor such as 1.4x. None stays unknown."""
    return Number(value=None if value is None else exact(value), unit="x", decimals=2, fixed=True)


def exact(value: float) -> Decimal:
    """A statistic as a decimal, with digits enough to print and few enough to be the same everywhere."""
    return Decimal(f"{value:.9g}")


def rounded(value: Decimal, decimals: int = 1) -> Decimal:
    """Rounded half even, as every number of a report."""
    with localcontext(Context(prec=max(28, value.adjusted() + decimals + 2))):
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def plain(value: Decimal, decimals: int = 1) -> str:
    """A number inside a caption, which is words and not a value: trailing zeros dropped, a thin space."""
    near = rounded(value, decimals)
    digits = f"{abs(near):,f}".replace(",", "\u202f")
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"\u2212{short}" if near < 0 else short


def plain_amount(value: Decimal, unit: Unit) -> str:
    """An amount inside a caption: "14 points"."""
    return f"{plain(scaled(value, unit))} {unit_name(value, unit)}"


def times(count: int) -> str:
    """How often: once, twice, 3 times."""
    return _TIMES.get(count, f"{count} times")


def local_day(instant: datetime, zone: str) -> date:
    """The day an instant falls on in the reporting zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def day_in_words(day: date) -> str:
    """A day inside a title: 2 Nov 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """A day inside a picture, whose axis names the year: 2 Nov."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def days_in_words(first: date, last: date) -> str:
    """A span of days inside a title: 16 to 22 Nov 2026."""
    if first == last:
        return day_in_words(first)
    if first.year != last.year:
        return f"{day_in_words(first)} to {day_in_words(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} to {day_in_words(last)}"
    return f"{first.day} to {day_in_words(last)}"


def listed(names: Sequence[str]) -> str:
    """Names as an English list: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def lower(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def shortened(text: str, letters: int) -> str:
    """The text, its end replaced by "…" where it is longer than `letters`."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def shortened_query(text: str, letters: int) -> str:
    """A query cut between its clauses, else between words, where it is longer than `letters`."""
    if len(text) <= letters:
        return text
    for joint in (" AND ", " OR ", " "):
        kept = text[:letters].rpartition(joint)[0]
        if kept:
            return f"{kept}{joint.rstrip()} …"
    return shortened(text, letters)


def inline_list(parts: Sequence[Inline], last: str = " and ") -> Text:
    """Inline parts as an English list: a, b and c."""
    text: list[Inline] = []
    for index, part in enumerate(parts):
        if index:
            text.append(last if index == len(parts) - 1 else ", ")
        text.append(part)
    return tuple(text)
