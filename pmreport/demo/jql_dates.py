"""Dates in JQL: minute granularity, read in the zone of the user's profile."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pmreport.demo.jql_parse import Call, JqlError
from pmreport.demo.stamps import utc_ms

_PERIOD = re.compile(r"[+-]?\s*\d+[yMwdhm](\s+\d+[yMwdhm])*")
_PART = re.compile(r"(\d+)([yMwdhm])")
_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10_080, "M": 43_200, "y": 525_600}
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
    local = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = {
        "startofday": midnight,
        "startofweek": midnight - timedelta(days=midnight.weekday()),
        "startofmonth": midnight.replace(day=1),
        "startofyear": midnight.replace(month=1, day=1),
    }
    if name not in starts:
        raise JqlError(f"Unable to find JQL function '{call.name}({', '.join(call.arguments)})'.")
    shift = _period(call.arguments[0]) if call.arguments else 0
    return utc_ms(starts[name]) + shift
