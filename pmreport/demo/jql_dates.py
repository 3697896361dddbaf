"""Dates in JQL: minute granularity, read in the zone of the user's profile."""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pmreport.demo.jql_parse import Call, JqlError
from pmreport.demo.stamps import utc_ms

_PERIOD = re.compile(r"[+-]?\s*\d+[yMwdhm](\s+\d+[yMwdhm])*")
_PART = re.compile(r"(\d+)([yMwdhm])")
_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10_080, "M": 43_200, "y": 525_600}
_OWN_UNIT = {"day": "d", "week": "w", "month": "M", "year": "y"}
_ORDER = "mhdwMy"
_FORMATS = ("%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")


def instant(operand: str | Call, field: str, zone: ZoneInfo, now_ms: int) -> int:
    """The epoch milliseconds a literal, a period such as -15m, or a function stands for."""
    if isinstance(operand, Call):
        return _function(operand, zone, now_ms)
    text = operand.strip()
    if _PERIOD.fullmatch(text):
        return now_ms + _period(text)
    for form in _FORMATS:
        try:
            naive = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is the user's, set below
        except ValueError:
            continue
        return utc_ms(naive.replace(tzinfo=zone))
    raise JqlError(
        f"Date value '{operand}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', "
        "'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
    )


def _period(text: str) -> int:
    minutes = sum(int(amount) * _MINUTES[unit] for amount, unit in _PART.findall(text))
    return minutes * 60_000 * (-1 if text.startswith("-") else 1)


def _function(call: Call, zone: ZoneInfo, now_ms: int) -> int:
    name = call.name.lower()
    if name == "now":
        return now_ms
    edge, _, period = name.partition("of")
    if edge not in {"start", "end"} or period not in _OWN_UNIT:
        raise JqlError(f"Unable to find JQL function '{call.name}({', '.join(call.arguments)})'.")
    amount, unit = _offset(call.arguments, _OWN_UNIT[period])
    day = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).replace(tzinfo=None)
    day = day.replace(hour=0, minute=0, second=0, microsecond=0)
    whole = _ORDER.index(unit) >= _ORDER.index(_OWN_UNIT[period])
    begin = _begin(_later(_begin(day, period), amount, unit) if whole else day, period)
    moment = begin if edge == "start" else _later(begin, 1, _OWN_UNIT[period]) - timedelta(milliseconds=1)
    if not whole and unit not in {"h", "m"}:
        moment = _later(moment, amount, unit)
    passing = amount * _MINUTES[unit] * 60_000 if unit in {"h", "m"} else 0
    return utc_ms(moment.replace(tzinfo=zone)) + passing


def _offset(arguments: tuple[str, ...], own: str) -> tuple[int, str]:
    if not arguments:
        return 0, own
    found = re.fullmatch(r"([+-]?\d+)([yMwdhm]?)", arguments[0])
    if found is None:
        raise JqlError(f"Duration for function should have the format (+/-)n(yMwdhm), not '{arguments[0]}'.")
    return int(found[1]), found[2] or own


def _begin(day: datetime, period: str) -> datetime:
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == "year" else day


def _later(day: datetime, amount: int, unit: str) -> datetime:
    if unit in {"w", "d"}:
        return day + timedelta(weeks=amount) if unit == "w" else day + timedelta(days=amount)
    months = (amount * 12 if unit == "y" else amount) + day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
