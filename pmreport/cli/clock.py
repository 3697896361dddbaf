"""The clock: the one place that reads it."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - every other place is given the moment
