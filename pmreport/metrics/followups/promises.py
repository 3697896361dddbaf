"""Promises: which were kept by the day that was said first, and which by the day that holds now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from statistics import mean

from pmreport.metrics.followups.item import Item
from pmreport.metrics.followups.window import Window
from pmreport.model.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The promises whose first day fell in the window.

    `kept` were done by that day; `broken` were not, whether they have been done since or are still open.
    `adhered` of `adherable` were done by the day that holds now: one that was moved to a day still ahead is
    not due yet. `excluded` says what is no promise, by reason.
    """

    kept: tuple[Item, ...]
    broken: tuple[Item, ...]
    adhered: int
    adherable: int
    moves: int
    excluded: tuple[tuple[str, int], ...]

    @property
    def due(self) -> int:
        """How many promises fell due."""
        return len(self.kept) + len(self.broken)

    @property
    def weekly(self) -> tuple[float, ...]:
        """The share kept of each week in which one fell due, the oldest first."""
        was_kept = sorted(
            [(_week(item), 1) for item in self.kept] + [(_week(item), 0) for item in self.broken]
        )
        return tuple(mean(kept for _, kept in week) for _, week in groupby(was_kept, key=itemgetter(0)))


def promises(items: Iterable[Item], window: Window, today: date, calendar: WorkCalendar) -> Promises:
    """promises-kept: each promise of the window, judged by local days.

    Late is not kept, and open is not kept: leaving open ones out would flatter. What was dropped before its
    day was taken back, and a day that was said only after the item was closed was no promise; both are
    counted as left out.
    """
    kept: list[Item] = []
    broken: list[Item] = []
    excluded: Counter[str] = Counter()
    for item in items:
        if not window.holds(item.first_due):
            continue
        if reason := _no_promise(item, calendar):
            excluded[reason] += 1
        else:
            (kept if _is_done_by(item, item.first_due, calendar) else broken).append(item)
    judged = [item for item in (*kept, *broken) if not _is_ahead(item, today)]
    return Promises(
        kept=tuple(kept),
        broken=tuple(broken),
        adhered=sum(_is_done_by(item, item.due or item.first_due, calendar) for item in judged),
        adherable=len(judged),
        moves=sum(item.due_moves for item in (*kept, *broken)),
        excluded=tuple(sorted(excluded.items())),
    )


def _no_promise(item: Item, calendar: WorkCalendar) -> str:
    if item.closed is None:
        return ""
    if item.promised is not None and item.promised >= item.closed:
        return "day said after it was closed"
    if item.dropped and _is_done_by(item, item.first_due, calendar):
        return "dropped before its day"
    return ""


def _is_done_by(item: Item, day: date | None, calendar: WorkCalendar) -> bool:
    """Whether it was closed on the day or before; what was dropped later was not kept."""
    return item.closed is not None and day is not None and calendar.local_day(item.closed) <= day


def _week(item: Item) -> tuple[int, int]:
    """The ISO week of its first day; every promise has one."""
    assert item.first_due is not None  # noqa: S101 - the window holds it
    return item.first_due.isocalendar()[:2]


def _is_ahead(item: Item, today: date) -> bool:
    return item.is_open and item.due is not None and item.due >= today
