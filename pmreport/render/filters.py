"""The written form of numbers, days, moments, links and odd characters.

Everything here is pure: a value in, text out. Rounding happens here and nowhere else.
"""

import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pmreport.model.visible import one_line, visible
from pmreport.report.view import Chart, Day, Inline, Link, Mark, Moment, Number, Strong, Term, Text, Trend

THIN_SPACE = "\u202f"  # thin, and never the end of a line
MINUS = "\u2212"
NOT_KNOWN = "not known"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_SINGULAR = {
    "points": "point",
    "days": "day",
    "working days": "working day",
    "issues": "issue",
    "items": "item",
    "hours": "hour",
    "weeks": "week",
    "sprints": "sprint",
    "seconds": "second",
}
_CLOSE_UNITS = {"x": "×"}  # written against the figure; every other unit stands apart


def glued(text: str) -> str:
    """The text with each percent sign kept on the line of its number."""
    return re.sub(r"(?<=\d) %", f"{THIN_SPACE}%", text)


def figures(number: Number) -> str:
    """The digits of a number without its unit; "–" when it is not known.

    Rounded half even, thousands apart by a thin space, a point as decimal mark, never a minus zero.
    """
    value = number.value
    if value is None or not value.is_finite():
        return "–"
    rounded = _rounded(value, number.decimals)
    digits = f"{rounded.copy_abs():,f}".replace(",", THIN_SPACE)
    if "." in digits and not number.fixed:
        digits = digits.rstrip("0").rstrip(".")
    return _sign(rounded, plus=number.signed) + digits


def _rounded(value: Decimal, decimals: int) -> Decimal:
    with localcontext(Context(prec=max(28, value.adjusted() + decimals + 2))):
        return value.quantize(Decimal(1).scaleb(-max(decimals, 0)), rounding=ROUND_HALF_EVEN)


def _sign(rounded: Decimal, *, plus: bool) -> str:
    if rounded < 0:
        return MINUS
    return "+" if plus and rounded > 0 else ""


def exact(number: Number) -> Decimal | None:
    """The number as it is printed, rounded half even; None when it is not known."""
    if number.value is None or not number.value.is_finite():
        return None
    return _rounded(number.value, number.decimals)


def unit(number: Number) -> str:
    """The unit as it is written after the digits: "point" after 1, "×" for a factor."""
    name = _CLOSE_UNITS.get(number.unit, number.unit)
    if number.value is not None and number.value.is_finite() and figures(number).lstrip("+" + MINUS) == "1":
        return _SINGULAR.get(name, name)
    return name


def amount(number: Number | None) -> str:
    """A number with its unit, such as "1 200 points"; "not known" when it is not."""
    if number is None or number.value is None or not number.value.is_finite():
        return NOT_KNOWN
    name = unit(number)
    if not name:
        return figures(number)
    apart = "" if number.unit in _CLOSE_UNITS else "\u00a0" if len(name) > 1 else THIN_SPACE
    return f"{figures(number)}{apart}{one_line(name)}"


def prose_day(day: date) -> str:
    """A day in a sentence: "2 Nov 2026"."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year:04d}"


def iso_day(day: date) -> str:
    """A day in a table: "2026-11-02"."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the clocks of the zone; at the ends of the calendar, on those of UTC."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:
        return moment.astimezone(UTC)


def prose_moment(moment: datetime, zone: str) -> str:
    """An instant in a sentence: "11 Nov 2026, 08:30"."""
    there = local(moment, zone)
    return f"{prose_day(there.date())}, {there:%H:%M}"


def iso_moment(moment: datetime, zone: str) -> str:
    """An instant in a table: "2026-11-11 08:30"."""
    there = local(moment, zone)
    return f"{iso_day(there.date())} {there:%H:%M}"


def instant(moment: datetime) -> str:
    """An instant for machines: "2026-11-11T08:30:00Z"."""
    there = moment.astimezone(UTC)
    written = f"{iso_day(there.date())}T{there:%H:%M:%S}"
    fraction = f".{there.microsecond:06d}".rstrip("0") if there.microsecond else ""
    return f"{written}{fraction}Z"


def slug(text: str) -> str:
    """The text as the name of a place in a page: a letter first, then letters, digits, `-` and `_`."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", text)[:120]
    return name if name[:1].isalpha() else f"x{name}"


def safe_href(address: str) -> str | None:
    """The address when it is safe to follow: http, https, or a place in this page; else None."""
    if address.startswith("#"):
        return f"#{slug(address[1:])}" if len(address) > 1 else None
    if not address.isprintable() or " " in address or visible(address) != address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def outside_href(address: str) -> str | None:
    """The address when it is safe to follow from a mail, where no place in the page exists; else None."""
    return None if address.startswith("#") else safe_href(address)


def plain_part(part: Inline, zone: str, *, iso: bool = False) -> str:
    """One part of a text as plain words."""
    match part:
        case str():
            words = one_line(part)
        case Link(text=text) | Strong(text=text):
            words = one_line(text)
        case Mark(text=text):
            words = f"[{one_line(text)}]"
        case Number():
            words = amount(part) if part.value is not None or not iso else "–"
        case Day(value=day):
            words = iso_day(day) if iso else prose_day(day)
        case Moment(value=moment):
            words = iso_moment(moment, zone) if iso else prose_moment(moment, zone)
        case Trend(values=values):
            words = ", ".join(figures(number) for number in values)
    return words


def plain(text: Text, zone: str, *, iso: bool = False) -> str:
    """A text as plain words on one line; days and moments as ISO where `iso` is set (in tables)."""
    return "".join(plain_part(part, zone, iso=iso) for part in text).strip()


def sort_value(text: Text) -> str:
    """What a column is sorted by: the exact number, day or instant of the cell, else nothing.

    A cell whose only number is not known sorts last, by an empty value.
    """
    for part in text:
        match part:
            case Number(value=Decimal() as value) if value.is_finite():
                return f"{value.normalize():f}"
            case Day(value=day):
                return iso_day(day)
            case Moment(value=moment):
                return instant(moment)
            case _:
                continue
    return ""


def term(terms: tuple[Term, ...], wanted: str) -> Term | None:
    """The entry of the glossary with this id, or None."""
    return next((entry for entry in terms if entry.id == wanted), None) if wanted else None


def before(name: str) -> str:
    """What the period before is called in a report of this name."""
    return {
        "weekly": "last week",
        "team": "last week",
        "sprint": "last sprint",
        "review": "last quarter",
    }.get(name, "before")


def beyond_caption(chart: Chart) -> str:
    """What the description of a picture says beyond its caption; empty where it repeats it."""
    repeats = chart.caption.casefold() in chart.description.casefold()
    return "" if repeats else chart.description


def plus_more(count: int) -> str:
    """How many were left out: "and 3 more"; nothing when none were."""
    return f"and {count} more" if count > 0 else ""
