"""Delivered items against their estimates, as counts of items that are alike."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pmreport.metrics.estimation import LeftOut
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among, everything
from pmreport.model.query import Query, Scalar, sql_text
from pmreport.stats.misses import Pair

Reasons = tuple[tuple[str, int], ...]
MILLI = 1000


class CellRow(NamedTuple):
    """How many items are alike; `kind` says in what.

    `time`: a delivered item's type, time estimate when committed and when done, and work; `days` only where
    no work was logged. `component`: the same for each component, estimated and worked items only. `points`:
    the points when committed and when done, and the days of cycle time, None without a start. `size`: one
    item with both, the newest hundred of each number of points; its name is its key. `open`, `sub-task`: how
    many stand outside.
    """

    kind: str
    name: str
    resolution: str
    started: int
    estimate_milli: int | None
    final_milli: int | None
    spent_seconds: int
    logged_after: int
    days: int | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """Items with the same points when committed and the same days of cycle time."""

    points: float
    days: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """Items whose estimate was `was` when committed and `became` until done, in thousandths; None: none."""

    was: int | None
    became: int | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """Everything that delivered items say about estimates, and what was left out of each part, by reason.

    `efforts` are pairs of estimate and logged work in seconds, one an item, also `by_type` and `by_component`
    (an item with two counts in both). `elapsed` are pairs of estimate in seconds and days of cycle time of
    items without logged work. `sized` are points and days, and `sized_keys` names their items, the newest
    hundred of each number of points. `after_done` counts efforts with work logged
    later, which is not in them.
    """

    efforts: tuple[Pair, ...]
    by_type: tuple[tuple[str, tuple[Pair, ...]], ...]
    by_component: tuple[tuple[str, tuple[Pair, ...]], ...]
    efforts_left_out: Reasons
    elapsed: tuple[Pair, ...]
    sized: tuple[Sized, ...]
    sized_left_out: Reasons
    sized_keys: Mapping[float, tuple[str, ...]]
    restated_time: tuple[Restated, ...]
    restated_points: tuple[Restated, ...]
    after_done: int


def query(
    site_id: int, as_of: datetime, calendar_id: str, *, members: Query[MemberRow] | None = None
) -> Query[CellRow]:
    """The delivered items of a set (every item, unless told) known at `as_of`, counted by what is alike."""
    text = sql_text("pmreport.metrics", "sql/estimated_items.sql")
    parameters: dict[str, Scalar] = {"site_id": site_id, "as_of_ms": to_ms(as_of), "calendar_id": calendar_id}
    return among(members or everything(site_id), text, CellRow, parameters)


def from_rows(rows: Iterable[CellRow], *, dropped_resolutions: Collection[str] = ()) -> Delivered:
    """The pairs of each part, and what was left out of it."""
    held, dropped = tuple(rows), frozenset(dropped_resolutions)
    times, points = ([row for row in held if row.kind == kind] for kind in ("time", "points"))
    used = [row for row in times if _why_no_effort(row, dropped) is None]
    outside = Counter[str]()
    for row in held:
        if row.kind in _OUTSIDE:
            outside[_OUTSIDE[row.kind]] += row.n
    return Delivered(
        efforts=_pairs(used),
        by_type=_by_name(used),
        by_component=_by_name([row for row in held if row.kind == "component" and _is_sound(row, dropped)]),
        efforts_left_out=_reasons(outside, ((_why_no_effort(row, dropped), row.n) for row in times)),
        elapsed=tuple(
            Pair(row.estimate_milli / MILLI, row.days)
            for row in times
            if _is_sound(row, dropped) and row.estimate_milli and row.days and row.spent_seconds <= 0
            for _ in range(row.n)
        ),
        sized=tuple(
            Sized(points=row.estimate_milli / MILLI, days=row.days, n=row.n)
            for row in points
            if _why_no_size(row, dropped) is None and row.estimate_milli and row.days
        ),
        sized_left_out=_reasons(outside, ((_why_no_size(row, dropped), row.n) for row in points)),
        sized_keys=_keys(row for row in held if row.kind == "size" and row.resolution not in dropped),
        restated_time=_restated(times, dropped),
        restated_points=_restated(points, dropped),
        after_done=sum(row.n for row in used if row.logged_after),
    )


_OUTSIDE = {"open": LeftOut.OPEN.value, "sub-task": LeftOut.SUBTASK.value}


def _is_sound(row: CellRow, dropped: Collection[str]) -> bool:
    return row.resolution not in dropped and bool(row.started) and (row.estimate_milli or 0) > 0


def _why_no_effort(row: CellRow, dropped: Collection[str]) -> LeftOut | None:
    """The first reason why an item has no pair of estimate and work; None where it has one."""
    if (reason := _why_no_estimate(row, dropped, LeftOut.NO_ESTIMATE)) is not None:
        return reason
    return LeftOut.NO_WORK if row.spent_seconds <= 0 else None


def _why_no_size(row: CellRow, dropped: Collection[str]) -> LeftOut | None:
    if (reason := _why_no_estimate(row, dropped, LeftOut.NO_POINTS)) is not None:
        return reason
    return LeftOut.NEVER_STARTED if row.days is None else None


def _why_no_estimate(row: CellRow, dropped: Collection[str], missing: LeftOut) -> LeftOut | None:
    if row.resolution in dropped:
        return LeftOut.DROPPED
    if not row.started:
        return LeftOut.NEVER_STARTED
    if row.estimate_milli is None:
        return missing
    return LeftOut.ZERO_ESTIMATE if row.estimate_milli <= 0 else None


def _pairs(rows: Iterable[CellRow]) -> tuple[Pair, ...]:
    return tuple(
        Pair((row.estimate_milli or 0) / MILLI, row.spent_seconds) for row in rows for _ in range(row.n)
    )


def _by_name(rows: Iterable[CellRow]) -> tuple[tuple[str, tuple[Pair, ...]], ...]:
    held = tuple(rows)
    names = sorted({row.name for row in held})
    return tuple((name, _pairs(row for row in held if row.name == name)) for name in names)


def _restated(rows: Iterable[CellRow], dropped: Collection[str]) -> tuple[Restated, ...]:
    return tuple(
        Restated(was=row.estimate_milli, became=row.final_milli, n=row.n)
        for row in rows
        if row.started and row.resolution not in dropped and (row.estimate_milli or row.final_milli)
    )


def _keys(rows: Iterable[CellRow]) -> dict[float, tuple[str, ...]]:
    found: dict[float, tuple[str, ...]] = {}
    for row in rows:
        points = (row.estimate_milli or 0) / MILLI
        found[points] = (*found.get(points, ()), row.name)
    return found


def _reasons(outside: Counter[str], found: Iterable[tuple[LeftOut | None, int]]) -> Reasons:
    counted = Counter(outside)
    for reason, n in found:
        if reason is not None:
            counted[reason.value] += n
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
