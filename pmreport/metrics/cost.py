"""What the work logged on a set of items cost, in money or in hours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from pmreport.metrics.rates import Rates
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, Scalar, sql_text

HOURS = "h"
_SECONDS_AN_HOUR = 3600


class LoggedRow(NamedTuple):
    """The work of one account on one local day; `day_date` None: outside of the calendar."""

    account_id: str | None
    day_date: str | None
    entries: int
    seconds: int
    late_seconds: int
    withdrawn_seconds: int
    future_entries: int


class OtherCost(NamedTuple):
    """A cost that is no labour, on the day it was incurred, in the currency of the rates."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The actual cost of a set of items, in `unit`: a currency, or hours where there are no rates.

    `labour` is the part of `total` that people logged, `by_week` what was spent in each week, by its first
    day, `recent` what was spent lately. `late` came to be known in the last week about work before it, and
    `withdrawn` was deleted in the last week: the two restate what was said a week ago. `unrated_people` and
    `unrated_hours` are left out for want of a rate, `undated_entries` because they lie on no day of the
    calendar, `future_entries` because the work had not begun.
    """

    unit: str
    total: Decimal
    labour: Decimal
    by_week: Mapping[date, Decimal]
    recent: Decimal
    late: Decimal
    withdrawn: Decimal
    hours: Decimal
    entries: int
    unrated_people: int
    unrated_hours: Decimal
    undated_entries: int
    future_entries: int

    @property
    def restated(self) -> Decimal:
        """late-cost: what was typed late minus what was withdrawn."""
        return self.late - self.withdrawn

    @property
    def rated_share(self) -> Decimal | None:
        """The part of the hours that has a rate; None without hours."""
        everything = self.hours + self.unrated_hours
        return self.hours / everything if everything else None


def query(
    members: Query[MemberRow], site_id: int, as_of: datetime, *, before: datetime, calendar_id: str
) -> Query[LoggedRow]:
    """The work on the set that was known at `as_of`; `before` is the moment of the last report."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "before_ms": to_ms(before),
        "calendar_id": calendar_id,
    }
    return among(members, sql_text("pmreport.metrics", "sql/logged_work.sql"), LoggedRow, parameters)


def from_rows(
    rows: Iterable[LoggedRow],
    *,
    rates: Rates | None,
    calendar: WorkCalendar,
    recent_since: date,
    other: Sequence[OtherCost] = (),
) -> Cost:
    """actual-cost: hours times the rate of their day, added up exactly; other costs with them.

    Without rates everything is in hours and other costs have no place. `recent` is what was spent from
    `recent_since` on. Only seconds are multiplied and added; the one division, by 3600, comes last.
    """
    tally = _Tally()
    for row in rows:
        tally.future += row.future_entries
        if row.day_date is None:
            tally.undated += row.entries
            continue
        day = date.fromisoformat(row.day_date)
        per_hour = Decimal(1) if rates is None else rates.per_hour(row.account_id, day)
        if per_hour is None:
            tally.leave_out(row)
        else:
            tally.add(row, per_hour)
            tally.spend(row.seconds * per_hour, day, calendar, recent_since)
    labour = tally.total
    for cost in other if rates else ():
        tally.spend(cost.amount * _SECONDS_AN_HOUR, cost.day, calendar, recent_since)
    return tally.cost(labour, HOURS if rates is None else rates.currency)


@dataclass(slots=True)
class _Tally:
    """Sums so far; amounts are seconds times what an hour costs, until they are told."""

    week_of: defaultdict[date, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    recent: Decimal = Decimal(0)
    late: Decimal = Decimal(0)
    withdrawn: Decimal = Decimal(0)
    seconds: int = 0
    entries: int = 0
    unrated: int = 0
    undated: int = 0
    future: int = 0
    nobody: set[str | None] = field(default_factory=set)

    @property
    def total(self) -> Decimal:
        """What was spent."""
        return sum(self.week_of.values(), Decimal(0))

    def add(self, row: LoggedRow, per_hour: Decimal) -> None:
        """Count work that has a rate."""
        self.seconds += row.seconds
        self.entries += row.entries
        self.late += row.late_seconds * per_hour
        self.withdrawn += row.withdrawn_seconds * per_hour

    def leave_out(self, row: LoggedRow) -> None:
        """Count work without a rate."""
        self.unrated += row.seconds
        if row.seconds:
            self.nobody.add(row.account_id)

    def spend(self, amount: Decimal, day: date, calendar: WorkCalendar, recent_since: date) -> None:
        """Add an amount to the week of its day."""
        self.week_of[calendar.week_of(day)] += amount
        self.recent += amount if day >= recent_since else 0

    def cost(self, labour: Decimal, unit: str) -> Cost:
        """The sums, each divided once."""
        return Cost(
            unit=unit,
            total=_per_hour(self.total),
            labour=_per_hour(labour),
            by_week={week: _per_hour(spent) for week, spent in sorted(self.week_of.items()) if spent},
            recent=_per_hour(self.recent),
            late=_per_hour(self.late),
            withdrawn=_per_hour(self.withdrawn),
            hours=_per_hour(self.seconds),
            entries=self.entries,
            unrated_people=len(self.nobody),
            unrated_hours=_per_hour(self.unrated),
            undated_entries=self.undated,
            future_entries=self.future,
        )


def _per_hour(seconds: Decimal | int) -> Decimal:
    return Decimal(seconds) / _SECONDS_AN_HOUR
