"""What an hour of somebody's work costs, and how many hours a week are expected to be logged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Rate(NamedTuple):
    """A rate per hour, from a day on; None: from the beginning."""

    since: date | None
    per_hour: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The private rates, in one currency, by account.

    `hours_a_week` are the hours that somebody is expected to log; who is not named there is expected to log
    the working hours of the calendar. Nothing of this is ever shown for a person.
    """

    currency: str
    by_account: Mapping[str, tuple[Rate, ...]]
    hours_a_week: Mapping[str, Decimal] = field(default_factory=dict)

    def per_hour(self, account: str | None, day: date) -> Decimal | None:
        """The rate of an account on a day; None where there is none, or none yet."""
        known = [rate for rate in self.by_account.get(account or "", ()) if (rate.since or date.min) <= day]
        return max(known, key=lambda rate: rate.since or date.min).per_hour if known else None
