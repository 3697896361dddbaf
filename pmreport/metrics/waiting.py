"""Where the time of finished items went: by status, and how much of it was waiting."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from pmreport.metrics.flow_query import StatusTimeRow, WaitingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTime:
    """The time that finished items had spent in one status, all visits together, nights included."""

    status: str
    items: int
    visits: int
    total_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The time of `items` finished items between start and finish, and how much of it they lay waiting.

    `causes` tells it by reason (status, flag, link); reasons that overlap each count, so they may add up to
    more than `waiting_ms`.
    """

    items: int
    total_ms: int
    waiting_ms: int
    causes: tuple[tuple[str, int], ...]

    @property
    def efficiency(self) -> Fraction | None:
        """flow-efficiency: the share of the time from start to finish that was not waiting; None without."""
        return Fraction(self.total_ms - self.waiting_ms, self.total_ms) if self.total_ms else None


def status_times_from_rows(
    rows: Iterable[StatusTimeRow], *, dropped_resolutions: Collection[str] = ()
) -> tuple[StatusTime, ...]:
    """time-in-status: from creation to finish, by the name of the status, the longest first.

    Over all statuses it adds up to the whole time of the items. What was dropped is left out.
    """
    totals: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.resolution not in dropped_resolutions:
            name = row.status_name or f"status {row.status_id}"
            totals[name, row.status_id].update(
                {"items": row.items, "visits": row.visits, "total_ms": row.total_ms}
            )
    times = (StatusTime(status=name, **counts) for (name, _), counts in totals.items())
    return tuple(sorted(times, key=lambda one: (-one.total_ms, one.status)))


def waiting_from_rows(rows: Iterable[WaitingRow], *, dropped_resolutions: Collection[str] = ()) -> Waiting:
    """flow-efficiency: the waiting of the items that were delivered; dropped ones are left out."""
    items: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for row in rows:
        if row.resolution not in dropped_resolutions:
            items[row.cause] += row.items
            times[row.cause] += row.total_ms
    reasons = ("status", "flag", "link")
    return Waiting(
        items=items["total"],
        total_ms=times["total"],
        waiting_ms=times["any"],
        causes=tuple((reason, times[reason]) for reason in reasons if times[reason]),
    )
