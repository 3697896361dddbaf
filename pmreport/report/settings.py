"""Whose report it is, and from where on a number is amber or red: the sections `[me]` and `[report]`."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MeSettings:
    """The person whose goals these are. None: the user of the token."""

    account: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Amber at or above the first number, red at or above the second."""

    amber: Decimal
    red: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The threshold of every dimension: shares of 1, and working days for `data_age_days`."""

    schedule: Threshold = Threshold(Decimal("0.05"), Decimal("0.10"))
    scope: Threshold = Threshold(Decimal("0.10"), Decimal("0.20"))
    budget: Threshold = Threshold(Decimal("0.05"), Decimal("0.10"))
    quality: Threshold = Threshold(Decimal("0.10"), Decimal("0.20"))
    data_age_days: Threshold = Threshold(Decimal(1), Decimal(3))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """What stands on the reports.

    `product` None is named after the projects, `author` None after `[me]`. `templates` is the absolute path
    of a folder searched before the shipped one. `narrators` are the accounts whose marked comments are
    harvested; empty means the person of `[me]`. `browser` is the program that makes a PDF, a path or the name
    of a command; None: the first that is found.
    """

    product: str | None = None
    author: str | None = None
    templates: str | None = None
    browser: str | None = None
    narrators: tuple[str, ...] = ()
    thresholds: Thresholds = Thresholds()
