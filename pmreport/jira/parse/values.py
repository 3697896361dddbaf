"""Single values of Jira's JSON, each read so that no shape can surprise."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pmreport.model.instant import OPEN_END_MS, from_ms, to_ms

Json = Mapping[str, Any]

_TOO_LONG = 2**63  # for a BIGINT
_EARLIEST_MS = -62135596800000  # the first day of the year 1
_SECONDS_BELOW = 100_000_000_000  # seconds stay under it until 5138, milliseconds passed it in 1973


def instant_ms(value: Any) -> int | None:
    """Epoch milliseconds of a stamp: ISO 8601 with any offset, epoch milliseconds or seconds; else None.

    Jira writes the offset without a colon (`+0000`). A stamp without an offset is no instant and gives None.
    """
    if isinstance(value, str):
        try:
            return to_ms(datetime.fromisoformat(value))
        except (ValueError, OverflowError):
            return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch_ms(value)
    return None


def _epoch_ms(value: float) -> int | None:
    if number(value) is None:
        return None
    found = int(value * 1000) if abs(value) < _SECONDS_BELOW else int(value)
    return found if _EARLIEST_MS <= found < OPEN_END_MS else None


def date_text(value: Any) -> str | None:
    """`YYYY-MM-DD` of a date; one of Jira's own examples has epoch milliseconds there, so both are read."""
    if isinstance(value, int) and not isinstance(value, bool):
        found = instant_ms(value)
        return None if found is None else from_ms(found).date().isoformat()
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None


def number(value: Any) -> float | None:
    """A number, also as text; None for anything else, and for what is no finite number."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if abs(found) < float("inf") else None


def integer(value: Any) -> int | None:
    """A whole number, also as text ("10001"); None for anything else, and for what no column can hold."""
    if isinstance(value, str):
        try:
            found = int(value)
        except ValueError:
            return None
    elif isinstance(value, int) and not isinstance(value, bool):
        found = value
    else:
        return None
    return found if -_TOO_LONG < found < _TOO_LONG else None


def canonical(amount: float) -> str:
    """The one text of a number: 5 and not 5.0, so that the same value has the same text everywhere."""
    return str(int(amount)) if isinstance(amount, int) or amount.is_integer() else repr(amount)


def text(value: Any) -> str | None:
    """A text that says something; None for anything else."""
    return value if isinstance(value, str) and value else None


def member(value: Any, name: str) -> str | None:
    """The text of `value[name]` where `value` is an object that has it; numbers become text."""
    if not isinstance(value, dict):
        return None
    found = value.get(name)
    if isinstance(found, str):
        return found or None
    return str(found) if isinstance(found, int) else None


def members(value: Any) -> list[Json]:
    """The objects of a list; anything else is left out."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def user_id(value: Any) -> str | None:
    """What identifies a person for good: the account id (Cloud), the key (Data Center), else the login."""
    if value is None:
        return None
    return member(value, "accountId") or member(value, "key") or member(value, "name")
