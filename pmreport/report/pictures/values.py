"""Values as a picture is given them."""

from datetime import date
from decimal import Decimal

from pmreport.metrics.ledger import Unit
from pmreport.report.words import rounded, scaled, shortened

_NAME = 48  # letters of a name in a caption; the whole of it stands in the table


def day(value: date) -> str:
    """A day."""
    return value.isoformat()


def number(value: Decimal) -> float:
    """A number, with digits enough to draw."""
    return float(rounded(value, 3))


def amount(value: Decimal, unit: Unit) -> float:
    """An amount in the unit people read."""
    return number(scaled(value, unit))


def name(text: str) -> str:
    """A name short enough for a caption."""
    return shortened(" ".join(text.split()), _NAME)
