"""How far items had come, day by day: the cumulative flow diagram, and the pace of those that got through."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pmreport.metrics.flow_query import ColumnCountRow
from pmreport.metrics.workflow import Workflow
from pmreport.stats.histogram import Histogram, histogram

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReached:
    """How many items had reached each column, or one right of it, by the end of a day; left to right."""

    day: date
    reached: tuple[int, ...]


def cumulative_flow(
    rows: Iterable[ColumnCountRow], workflow: Workflow, first: date, end: date
) -> tuple[DayReached, ...]:
    """cumulative-flow: arrivals in each column by day, from `first` up to `end`, left out.

    An item counts in every column up to the furthest it has been in, so that no line ever falls.
    Source: the high-water mark of jirametrics.
    """
    arrivals: defaultdict[date, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.kind == "reached":
            day = date.min if row.day is None else date.fromisoformat(row.day)
            for place in _between(row, workflow):
                arrivals[day][place] += row.items
    total: Counter[int] = Counter()
    for day, counts in arrivals.items():
        if day < first:
            total.update(counts)
    days, day = [], first
    while day < end:
        total.update(arrivals.get(day, {}))
        reached = tuple(total[column.place] for column in workflow.columns)
        days.append(DayReached(day=day, reached=reached))
        day += _DAY
    return tuple(days)


def ages_when_left(rows: Iterable[ColumnCountRow], workflow: Workflow) -> dict[int, Histogram]:
    """How many days after their start the finished items had left each column behind, by its place.

    The columns from the start up to the last but one. An item that skipped a column left it when it passed
    by.
    """
    ages: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        if row.kind == "pace" and row.days is not None:
            for column in workflow.columns:
                if max(row.below, workflow.start) <= column.place < min(row.place, workflow.done):
                    ages[column.place].append((row.days, row.items))
    return {place: histogram(pairs) for place, pairs in sorted(ages.items())}


def _between(row: ColumnCountRow, workflow: Workflow) -> Iterable[int]:
    return (column.place for column in workflow.columns if row.below < column.place <= row.place)
