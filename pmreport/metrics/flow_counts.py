"""What was started and finished, by day and by week: the counts that all numbers of flow are made of."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pmreport.metrics.flow_query import CountRow
from pmreport.stats.histogram import Histogram, histogram

DROPPED = "dropped, not delivered"
UNSTARTED = "finished without having been started"
BEFORE_CALENDAR = "begun before the first day of the calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """How many days the items finished in the window took, both ends counted, and their time together.

    `excluded` says by reason how many finished items are not among them.
    """

    days: Histogram
    total_ms: int
    excluded: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """So many items in progress, and their ages together."""

    items: int = 0
    total_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowCounts:
    """What happened to a set of items, as known at one moment.

    `started` and `left` are by day: items that came into progress, and went out of it for good (dropped ones
    too). `finished` and `dropped` are by the first day of the week and count items that were never in
    progress as well. What lies before the calendar stands under `date.min`. `departed` is what left the work
    in progress within the window, with its whole time in it, and `in_window` all work in progress of the
    window, each item as long as it lay within.
    """

    started: Mapping[date, int]
    left: Mapping[date, int]
    finished: Mapping[date, int]
    unstarted: Mapping[date, int]
    dropped: Mapping[date, int]
    cycle: Durations
    lead: Durations
    in_progress: int
    waiting_to_start: int
    departed: Standing = Standing()
    dropped_in_window: int = 0
    in_window: Standing = Standing()
    at_window_start: Standing = Standing()
    at_window_end: Standing = Standing()

    @property
    def still_open(self) -> int:
        """What is not finished: in progress, or waiting to start."""
        return self.in_progress + self.waiting_to_start

    @property
    def first_day(self) -> date | None:
        """The first day, or first day of a week, on which something was started or finished.

        None where nothing was, or only on no day of the calendar.
        """
        known = [
            day for days in (self.started, self.finished, self.dropped) for day in days if day > date.min
        ]
        return min(known, default=None)


def counts_from_rows(rows: Iterable[CountRow], *, dropped_resolutions: Collection[str] = ()) -> FlowCounts:
    """The counts of rows in any order; what has one of `dropped_resolutions` was not delivered."""
    by_kind: defaultdict[str, list[CountRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    finished = (*by_kind["finished"], *by_kind["finished unstarted"])
    kept = [row for row in finished if row.resolution not in dropped_resolutions]
    return FlowCounts(
        started=_by_day(by_kind["started"]),
        left=_by_day(by_kind["left"]),
        finished=_by_day(kept),
        unstarted=_by_day(row for row in kept if row.kind == "finished unstarted"),
        dropped=_by_day(row for row in finished if row.resolution in dropped_resolutions),
        cycle=_durations(by_kind["cycle time"], dropped_resolutions),
        lead=_durations(by_kind["lead time"], dropped_resolutions),
        in_progress=_items(by_kind["in progress"]),
        waiting_to_start=_items(by_kind["waiting to start"]),
        departed=_standing(by_kind["cycle time"]),
        dropped_in_window=_items(
            row for row in by_kind["cycle time"] if row.resolution in dropped_resolutions
        ),
        in_window=_standing(by_kind["in window"]),
        at_window_start=_standing(by_kind["at window start"]),
        at_window_end=_standing(by_kind["at window end"]),
    )


def _by_day(rows: Iterable[CountRow]) -> dict[date, int]:
    counts: Counter[date] = Counter()
    for row in rows:
        counts[date.min if row.day is None else date.fromisoformat(row.day)] += row.items
    return dict(sorted(counts.items()))


def _items(rows: Iterable[CountRow]) -> int:
    return sum(row.items for row in rows)


def _standing(rows: Collection[CountRow]) -> Standing:
    return Standing(items=_items(rows), total_ms=sum(row.total_ms for row in rows))


def _durations(rows: Iterable[CountRow], dropped: Collection[str]) -> Durations:
    kept: list[CountRow] = []
    reasons: Counter[str] = Counter()
    for row in rows:
        if row.resolution in dropped:
            reasons[DROPPED] += row.items
        elif row.days is None:
            reasons[BEFORE_CALENDAR] += row.items
        else:
            kept.append(row)
    return Durations(
        days=histogram((row.days or 0, row.items) for row in kept),
        total_ms=sum(row.total_ms for row in kept),
        excluded=tuple(reasons.most_common()),
    )
