"""How many items are finished a week: every whole week, also those in which nothing was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pmreport.metrics.flow_counts import FlowCounts
from pmreport.metrics.flow_window import Window, weeks_of
from pmreport.model.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One whole week: what was finished, what was dropped, what came into progress and what left it."""

    first: date
    finished: int
    dropped: int
    started: int
    left: int

    @property
    def net_flow(self) -> int:
        """net-flow: what came into progress less what left it; above 0 the work in progress grew."""
        return self.started - self.left


def throughput(
    counts: FlowCounts, window: Window, calendar: WorkCalendar, *, known_since: datetime | None = None
) -> tuple[Week, ...]:
    """throughput: finished items by week, oldest first, zeros included.

    From the week in which anything was first started or finished up to the end of the window; weeks that
    began before `known_since` are left out, for what was finished in them is not all known. Empty before
    that.
    """
    first = counts.first_day
    if first is None:
        return ()
    begin = calendar.week_of(first)
    if known_since is not None:
        read = calendar.week_of(calendar.local_day(known_since))
        whole = read if calendar.day_start(read) >= known_since else date.fromordinal(read.toordinal() + 7)
        begin = max(begin, whole)
    started, left = (_by_week(days, calendar) for days in (counts.started, counts.left))
    return tuple(
        Week(
            first=week,
            finished=counts.finished.get(week, 0),
            dropped=counts.dropped.get(week, 0),
            started=started.get(week, 0),
            left=left.get(week, 0),
        )
        for week in weeks_of(begin, window.end)
    )


def mean(weeks: tuple[Week, ...]) -> Decimal | None:
    """Finished items a week over these weeks; None without any."""
    return Decimal(sum(week.finished for week in weeks)) / len(weeks) if weeks else None


def _by_week(days: Mapping[date, int], calendar: WorkCalendar) -> dict[date, int]:
    weeks: dict[date, int] = {}
    for day, count in days.items():
        if day > date.min:
            week = calendar.week_of(day)
            weeks[week] = weeks.get(week, 0) + count
    return weeks
