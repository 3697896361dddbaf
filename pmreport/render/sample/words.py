"""The words that the sample is written with."""

from datetime import UTC, datetime
from decimal import Decimal

from pmreport.report.view import Link, Number

SITE = "https://jira.example"
ZONE = "Europe/Lisbon"
AS_OF = datetime(2026, 11, 11, 8, 30, tzinfo=UTC)


def points(value: int | str | None, *, signed: bool = False) -> Number:
    """An amount of points."""
    return Number(value=None if value is None else Decimal(value), unit="points", signed=signed)


def plain(value: int | str | None, unit: str = "", decimals: int = 0) -> Number:
    """A number with a unit of its own."""
    return Number(value=None if value is None else Decimal(value), unit=unit, decimals=decimals)


def issue(key: str) -> Link:
    """A link to an issue."""
    return Link(key, f"{SITE}/browse/{key}")


def november(day: int, hour: int = 9) -> str:
    """An instant of November 2026 as a chart wants it."""
    return f"2026-11-{day:02d}T{hour:02d}:00:00Z"
