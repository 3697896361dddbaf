"""Instants: aware UTC datetimes in the program, epoch milliseconds in the store."""

from datetime import UTC, datetime, timedelta

OPEN_END_MS = 253402214400000  # 9999-12-31T00:00:00Z: "until further notice", on every engine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(instant: datetime) -> int:
    """Epoch milliseconds of an aware instant, rounded down to the millisecond. Raises ValueError if naive."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {instant!r}")
    return (instant - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The UTC instant of epoch milliseconds; exact, unlike `datetime.fromtimestamp(ms / 1000)`."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def to_iso(milliseconds: int | None) -> str | None:
    """ISO 8601 with Z, milliseconds only when there are any; None stays None."""
    if milliseconds is None:
        return None
    instant = from_ms(milliseconds)
    timespec = "milliseconds" if instant.microsecond else "seconds"
    return instant.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"
