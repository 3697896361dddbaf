"""The dates of a rule: written out, told from now, or given by a function, as moments.

Everything is read in the zone of the account's Jira profile; now is the moment the rule is asked for.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal as Word
from typing import cast

from pmreport.goals.context import JqlContext
from pmreport.goals.jql_error import JqlError, Span
from pmreport.goals.jql_words import DATE_FUNCTIONS
from pmreport.goals.tree import Empty, FunctionCall, Jql, Literal, Value
from pmreport.model.instant import to_ms

Unit = Word["y", "M", "w", "d", "h", "m"]

_WRITTEN = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?")
_FROM_NOW = re.compile(r"[+-]?\d+[wdhm](?: +\d+[wdhm])*")
_PART = re.compile(r"(\d+)([wdhm])")
_OFFSET = re.compile(r"([+-]?\d+)([yMwdhm]?)")
_MINUTES = {"w": 7 * 24 * 60, "d": 24 * 60, "h": 60, "m": 1}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NATURAL: dict[str, Unit] = {"Day": "d", "Week": "w", "Month": "M", "Year": "y"}
_SIZES = "mhdwMy"  # from the smallest unit on
_MONTHS = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 9000  # nobody plans beyond; and the day after is still a day


def moment(jql: Jql, value: Value, context: JqlContext) -> datetime:
    """The moment that a value means. Raises JqlError where it means none, or lies beyond the calendar."""
    try:
        return _sane(_meant(jql, value, context))
    except (ValueError, OverflowError) as error:
        if isinstance(value, Empty):
            raise JqlError("EMPTY is no date", text=jql.text, span=value.span) from error
        written = jql.text[value.span.start : value.span.start + value.span.length]
        hint = 'Write it as 2026-11-20, "2026-11-20 14:30", -2w, or startOfWeek().'
        raise JqlError(f"{written} is no date", text=jql.text, span=value.span, hint=hint) from error


def _meant(jql: Jql, value: Value, context: JqlContext) -> datetime:
    match value:
        case FunctionCall(name, arguments, span) if name in DATE_FUNCTIONS:
            return _called(jql, name, arguments, span, context)
        case Literal(text):
            return _written(text, context)
        case _:
            raise ValueError(value)


def _sane(instant: datetime) -> datetime:
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise ValueError(instant)
    return instant


def local_day(instant: datetime, context: JqlContext) -> date:
    """The day it was then, where the account lives."""
    return instant.astimezone(context.zone).date()


def day_span(day: date, context: JqlContext) -> tuple[int, int]:
    """From when until when a day lasts there, in epoch milliseconds, half open."""
    return to_ms(_midnight(day, context)), to_ms(_midnight(day + timedelta(days=1), context))


def _written(text: str, context: JqlContext) -> datetime:
    text = text.strip()
    if _FROM_NOW.fullmatch(text):
        minutes = sum(int(amount) * _MINUTES[unit] for amount, unit in _PART.findall(text))
        return context.as_of + timedelta(minutes=-minutes if text.startswith("-") else minutes)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, _, month, day, hour, minute = found.groups()
    clock = time(int(hour or 0), int(minute or 0))
    return datetime.combine(date(int(year), int(month), int(day)), clock, context.zone)


def _called(jql: Jql, name: str, arguments: tuple[str, ...], span: Span, context: JqlContext) -> datetime:
    if name == "now":
        return context.as_of
    edge, _, period = name.partition("Of")
    amount, unit = _offset(jql, arguments, span, _NATURAL[period])
    today = local_day(context.as_of, context)
    shifts_period = _SIZES.index(unit) >= _SIZES.index(_NATURAL[period])
    if shifts_period:  # the end of the month before is its last day, whatever day it is today
        today = _moved(_first(today, period, context), amount, unit)
    first = _first(today, period, context)
    if edge == "end":
        first = _moved(first, 1, _NATURAL[period])
    found = _midnight(first, context)
    if edge == "end":
        found -= timedelta(milliseconds=1)
    return found if shifts_period else _shifted(found, amount, unit, context)


def _offset(jql: Jql, arguments: tuple[str, ...], span: Span, natural: Unit) -> tuple[int, Unit]:
    if not arguments:
        return 0, natural
    found = _OFFSET.fullmatch(arguments[0].strip())
    if found is None:
        hint = "Write a number and one of y M w d h m, such as -1w."
        raise JqlError(f"{arguments[0]} is no offset", text=jql.text, span=span, hint=hint)
    return int(found[1]), cast("Unit", found[2] or natural)


def _first(day: date, period: str, context: JqlContext) -> date:
    """The first day of the day, week, month or year that a day lies in."""
    match period:
        case "Week":
            return day - timedelta(days=(day.weekday() - _DAYS.index(context.week_start)) % 7)
        case "Month":
            return day.replace(day=1)
        case "Year":
            return day.replace(month=1, day=1)
        case _:
            return day


def _moved(first: date, amount: int, unit: Unit) -> date:
    """A day, so many units on; of months and years the last day where there is no such day."""
    if unit in ("w", "d"):
        return first + timedelta(days=amount * (7 if unit == "w" else 1))
    months = first.year * _MONTHS + first.month - 1 + amount * (_MONTHS if unit == "y" else 1)
    year, month = divmod(months, _MONTHS)
    after = date(year + (month == _MONTHS - 1), (month + 1) % _MONTHS + 1, 1)
    return date(year, month + 1, min(first.day, (after - timedelta(days=1)).day))


def _shifted(instant: datetime, amount: int, unit: Unit, context: JqlContext) -> datetime:
    """Hours and minutes pass; days, weeks and months move on the calendar, at the same time of day."""
    if unit in ("h", "m"):
        return instant.astimezone(UTC) + timedelta(minutes=amount * _MINUTES[unit])
    local = instant.astimezone(context.zone)
    return datetime.combine(_moved(local.date(), amount, unit), local.time(), context.zone)


def _midnight(day: date, context: JqlContext) -> datetime:
    return datetime.combine(day, time(), context.zone)
