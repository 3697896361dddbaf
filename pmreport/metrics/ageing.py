"""What is in progress now, how old it is, and how that compares with what got finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pmreport.metrics.flow_query import AgeingRow
from pmreport.metrics.flow_times import chance_within, percentile_of
from pmreport.metrics.workflow import Workflow
from pmreport.stats.histogram import Histogram, histogram


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingItem:
    """An open item. `age_days` counts today and the day it was started; None: before the calendar begins.

    `typical_days` and `slow_days` are the ages at which half and 85 % of the finished items had left its
    column behind; None where too few say so. `chance` is that of being finished within the service level, as
    it went for items that took longer than this age; None with fewer than five of them.
    """

    issue_key: str
    summary: str
    column: str
    started: date | None
    age_days: int | None
    typical_days: int | None
    slow_days: int | None
    chance: Decimal | None

    @property
    def is_slow(self) -> bool:
        """Whether 85 % of the finished items had left its column at this age."""
        return self.age_days is not None and self.slow_days is not None and self.age_days > self.slow_days


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingColumn:
    """The open items of one column, and how old they are."""

    column: str
    ages: Histogram


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPace:
    """The ages at which half and 85 % of `n` finished items had left a column; None where too few say so."""

    column: str
    n: int
    typical_days: int | None
    slow_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """Every started and unfinished item: the oldest by name, all of them by column from left to right."""

    items: tuple[AgeingItem, ...]
    columns: tuple[AgeingColumn, ...]
    ages: Histogram
    before_calendar: int

    @property
    def n(self) -> int:
        """How many items are in progress."""
        return self.ages.n + self.before_calendar


def ageing_from_rows(
    rows: Iterable[AgeingRow],
    workflow: Workflow,
    *,
    today: date,
    cycle: Histogram,
    left: Mapping[int, Histogram],
    limit: int,
) -> Ageing:
    """work-item-age: days from the start to today, both counted, of what is started and not finished.

    `cycle` holds the cycle times of what got finished, `left` the ages at which they left each column, and
    `limit` the days of the service level. The oldest item comes first.
    """
    held = tuple(rows)
    named = (row for row in held if row.issue_key is not None)
    items = tuple(_item(row, workflow, today, cycle, left, limit) for row in named)
    places = sorted({row.place for row in held}, key=lambda place: (place is None, place or 0))
    columns = tuple(
        AgeingColumn(
            column=workflow.column_at(place), ages=_ages((row for row in held if row.place == place), today)
        )
        for place in places
    )
    return Ageing(
        items=items,
        columns=columns,
        ages=_ages(held, today),
        before_calendar=sum(row.items for row in held if row.started_day is None),
    )


def paces(workflow: Workflow, left: Mapping[int, Histogram]) -> tuple[ColumnPace, ...]:
    """How soon finished items had left each column from the start up to the last but one, left to right."""
    return tuple(
        ColumnPace(
            column=column.name,
            n=left.get(column.place, Histogram()).n,
            typical_days=percentile_of(left.get(column.place, Histogram()), 50),
            slow_days=percentile_of(left.get(column.place, Histogram()), 85),
        )
        for column in workflow.columns
        if workflow.start <= column.place < workflow.done
    )


def _item(
    row: AgeingRow,
    workflow: Workflow,
    today: date,
    cycle: Histogram,
    left: Mapping[int, Histogram],
    limit: int,
) -> AgeingItem:
    age = _age(row, today)
    pace = left.get(-1 if row.place is None else row.place, Histogram())
    return AgeingItem(
        issue_key=row.issue_key or "",
        summary=row.summary or "",
        column=workflow.column_at(row.place),
        started=None if row.started_day is None else date.fromisoformat(row.started_day),
        age_days=age,
        typical_days=percentile_of(pace, 50),
        slow_days=percentile_of(pace, 85),
        chance=None if age is None else chance_within(cycle, limit=limit, age=age),
    )


def _ages(rows: Iterable[AgeingRow], today: date) -> Histogram:
    known = ((_age(row, today), row.items) for row in rows)
    return histogram((age, items) for age, items in known if age is not None)


def _age(row: AgeingRow, today: date) -> int | None:
    return None if row.started_day is None else (today - date.fromisoformat(row.started_day)).days + 1
