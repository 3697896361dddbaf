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
    """The private rates, in one currency, by account; `default` is for everybody who is not named.

    `hours_a_week` are the hours that somebody is expected to log, `default_hours_a_week` those of everybody
    who is not named; without either it is the working hours of the calendar. Nothing of this is ever shown
    for a person.
    """

    currency: str
    by_account: Mapping[str, tuple[Rate, ...]]
    default: tuple[Rate, ...] = ()
    hours_a_week: Mapping[str, Decimal] = field(default_factory=dict)
    default_hours_a_week: Decimal | None = None

    def per_hour(self, account: str | None, day: date) -> Decimal | None:
        """The rate of an account on a day; None where there is none, or none yet."""
        told = self.by_account.get(account or "", self.default)
        known = [rate for rate in told if (rate.since or date.min) <= day]
        return max(known, key=lambda rate: rate.since or date.min).per_hour if known else None

    def expected_hours_a_week(self, account: str) -> Decimal | None:
        """The hours a week that somebody is expected to log; None where the calendar says them."""
        return self.hours_a_week.get(account, self.default_hours_a_week)
