"""Numbers as JSON, with all that makes each of them honest."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pmreport.metrics.value import Amount, Value
from pmreport.model.instant import to_iso, to_ms

SCHEMA = 1
Json = dict[str, Any]


def values(as_of: datetime, found: Iterable[Value]) -> Json:
    """The object every command that shows numbers prints; a command may add keys of its own."""
    return {"schema": SCHEMA, "as_of": instant(as_of), "values": [_value(value) for value in found]}


def number(value: Decimal | float | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def instant(value: datetime | None) -> str | None:
    """An instant in UTC, ISO 8601 with Z."""
    return None if value is None else to_iso(to_ms(value))


def iso_date(value: date | None) -> str | None:
    """A day, ISO 8601; None where it is not known."""
    return None if value is None else value.isoformat()


def _value(value: Value) -> Json:
    return {
        "id": value.id,
        "label": value.label,
        "value": _amount(value.value),
        "unit": value.unit,
        "n": value.n,
        "n_excluded": value.n_excluded,
        "excluded": [{"reason": reason, "n": count} for reason, count in value.excluded],
        "interval": [number(edge) for edge in value.interval] if value.interval else None,
        "definition": value.definition,
        "items": list(value.items),
        "note": value.note,
    }


def _amount(value: Amount | None) -> int | float | str | None:
    return value.isoformat() if isinstance(value, date) else number(value)
