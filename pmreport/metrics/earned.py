"""How much of a set of items is done, measured in what they are estimated in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pmreport.metrics.reckoning import Reckoning, known, unknown
from pmreport.metrics.standing import among_standing
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow
from pmreport.model.query import LIST_MARK, Query, Scalar, marked_list

NO_ITEMS = "no item belongs to it"
_MILLI = 1000
_MILLISECONDS_AN_HOUR = 3_600_000


class Measure(StrEnum):
    """What an item weighs: its points, its time estimate, or one where most items have neither."""

    POINTS = "points"
    HOURS = "hours"
    ITEMS = "items"


class EarnedRow(NamedTuple):
    """Items that were done in one week, `done_week` None where they are open or lie outside the calendar."""

    done_week: str | None
    is_done: int
    is_dropped: int
    items: int
    with_points: int
    points_milli: int
    with_time: int
    time_milli: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What is done of a set, and of how much, in `measure`; dropped items are in neither.

    `by_week` is what each week finished. `unestimated` items weigh nothing.
    """

    measure: Measure
    total: Decimal
    done: Decimal
    by_week: Mapping[date, Decimal]
    items: int
    done_items: int
    dropped: int
    unestimated: int

    @property
    def share(self) -> Reckoning:
        """The part that is done, 0 to 1."""
        return known(self.done / self.total) if self.total else unknown(NO_ITEMS)


def query(
    members: Query[MemberRow],
    site_id: int,
    as_of: datetime,
    *,
    calendar_id: str,
    dropped_resolutions: Collection[str],
) -> Query[EarnedRow]:
    """The items of the set as they stood at `as_of`."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "calendar_id": calendar_id,
        "dropped": marked_list(dropped_resolutions),
        "mark": LIST_MARK,
    }
    return among_standing(members, "earned_items.sql", EarnedRow, parameters)


def from_rows(rows: Iterable[EarnedRow], *, measure: Measure | None = None) -> Earned:
    """The done part of a set; only what is done earns, and nothing in part.

    The measure is the points where at least half of the items have some, else the time estimates where half
    have those, else the number of items. Items without an estimate in it weigh nothing and are counted; an
    estimate below zero is none.
    """
    held = tuple(rows)
    kept = tuple(row for row in held if not row.is_dropped)
    measure = measure or _measure(kept)
    weeks: defaultdict[date, Decimal] = defaultdict(Decimal)
    for row in kept:
        if row.done_week is not None:
            weeks[date.fromisoformat(row.done_week)] += _weight(row, measure)
    done = [row for row in kept if row.is_done]
    return Earned(
        measure=measure,
        total=sum((_weight(row, measure) for row in kept), Decimal(0)),
        done=sum((_weight(row, measure) for row in done), Decimal(0)),
        by_week=dict(sorted(weeks.items())),
        items=sum(row.items for row in kept),
        done_items=sum(row.items for row in done),
        dropped=sum(row.items for row in held if row.is_dropped),
        unestimated=sum(row.items - _estimated(row, measure) for row in kept),
    )


def _measure(rows: Collection[EarnedRow]) -> Measure:
    items = sum(row.items for row in rows)
    for measure in (Measure.POINTS, Measure.HOURS):
        estimated = sum(_estimated(row, measure) for row in rows)
        if 2 * estimated >= items and any(_weight(row, measure) for row in rows):
            return measure
    return Measure.ITEMS


def _estimated(row: EarnedRow, measure: Measure) -> int:
    return {Measure.POINTS: row.with_points, Measure.HOURS: row.with_time, Measure.ITEMS: row.items}[measure]


def _weight(row: EarnedRow, measure: Measure) -> Decimal:
    if measure is Measure.POINTS:
        return Decimal(row.points_milli) / _MILLI
    if measure is Measure.HOURS:
        return Decimal(row.time_milli) / _MILLISECONDS_AN_HOUR
    return Decimal(row.items)
