"""How much was in progress at the end of each day."""

from datetime import date, timedelta
from typing import NamedTuple

from pmreport.metrics.flow_counts import FlowCounts

_DAY = timedelta(days=1)


class DayInProgress(NamedTuple):
    """The work in progress at the end of a day."""

    day: date
    items: int


def in_progress_by_day(counts: FlowCounts, first: date, end: date) -> tuple[DayInProgress, ...]:
    """work-in-progress: started and not finished by the end of each day from `first` up to `end`, left out.

    An item that is started and finished on one day appears on none. What was reopened counts from its first
    start on: it was not finished, as is known now.
    """
    items = sum(n for day, n in counts.started.items() if day < first)
    items -= sum(n for day, n in counts.left.items() if day < first)
    days, day = [], first
    while day < end:
        items += counts.started.get(day, 0) - counts.left.get(day, 0)
        days.append(DayInProgress(day, items))
        day += _DAY
    return tuple(days)
