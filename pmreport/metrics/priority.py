"""What comes first, and whether work starts in that order."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pmreport.metrics.plan_items import PlanItemRow
from pmreport.metrics.scores import MarkRow, Score, by_priority, by_rice, by_wsjf, parts_of
from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.stats.ranks import agreement

FEWEST = 5


class Method(StrEnum):
    """By what the list is ranked."""

    WSJF = "WSJF"
    RICE = "RICE"
    PRIORITY = "Jira priority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An item of the list. `place` counts from 1, equal scores share it; None: it has no valid score.

    `started_place` is its place among those that work has started on; None: not started.
    """

    key: str
    summary: str
    score: Score
    place: int | None
    started_place: int | None
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityList:
    """A ranked list, and how far work starts in its order.

    `tau` is the rank correlation of place and start over the `n` items that have both: 1 is the same order,
    -1 the reverse. None for fewer than five, or where all share one place.
    """

    id: str
    name: str
    method: Method
    items: tuple[Ranked, ...]
    tau: float | None
    n: int


def list_from_rows(
    set_id: str,
    name: str,
    rows: Sequence[PlanItemRow],
    marks: Iterable[MarkRow],
    part_of: Mapping[str, str],
) -> PriorityList:
    """rank-adherence: the list by WSJF or RICE, whichever more items can be scored by, else by priority.

    A label like `value-8` says what a field would. The size of WSJF is its own, else the points.
    """
    method, scores = _scored(rows, parts_of(marks, part_of))
    items = _ranked(rows, scores)
    pairs = [
        (one.place, one.started_place)
        for one in items
        if one.place is not None and one.started_place is not None
    ]
    found = agreement([float(a) for a, _ in pairs], [float(b) for _, b in pairs], times=0)
    return PriorityList(
        id=set_id,
        name=name,
        method=method,
        items=tuple(sorted(items, key=lambda one: (one.place is None, one.place or 0, one.key))),
        tau=found.tau if found and len(pairs) >= FEWEST else None,
        n=len(pairs),
    )


def _scored(
    rows: Sequence[PlanItemRow], parts: Mapping[int, Mapping[str, Decimal]]
) -> tuple[Method, Mapping[int, Score]]:
    """The scores by the method that scores more items, by issue id; by priority where neither scores any."""
    by_method = {
        Method.WSJF: {row.issue_id: by_wsjf(parts.get(row.issue_id, {}), row) for row in rows},
        Method.RICE: {row.issue_id: by_rice(parts.get(row.issue_id, {})) for row in rows},
    }
    counts = {
        method: sum(score.value is not None for score in scores.values())
        for method, scores in by_method.items()
    }
    method = max(counts, key=lambda each: counts[each])
    if counts[method] == 0:
        return Method.PRIORITY, {row.issue_id: by_priority(row) for row in rows}
    return method, by_method[method]


def _ranked(rows: Sequence[PlanItemRow], scores: Mapping[int, Score]) -> tuple[Ranked, ...]:
    """The items with their places, in the order of the rows."""
    known = sorted((score.value for score in scores.values() if score.value is not None), reverse=True)
    place_of = {value: at for at, value in reversed(tuple(enumerate(known, start=1)))}
    began = sorted(row.started_ms for row in rows if row.started_ms is not None)
    return tuple(
        Ranked(
            key=row.issue_key,
            summary=row.summary_text,
            score=(score := scores[row.issue_id]),
            place=None if score.value is None else place_of[score.value],
            started_place=None if row.started_ms is None else bisect_left(began, row.started_ms) + 1,
            is_done=row.done_ms is not None,
        )
        for row in rows
    )


def values(told: PriorityList) -> tuple[Value, ...]:
    """The adherence, and how much of what is open has a score."""
    waiting = [one for one in told.items if not one.is_done]
    scored = sum(one.score.value is not None for one in waiting) if told.method is not Method.PRIORITY else 0
    few = f"fewer than {FEWEST} ranked items have started, or all have one place"
    return (
        Value(
            id=f"{told.id}-rank-adherence",
            definition="rank-adherence",
            label="Work starts in the order of the list",
            value=told.tau,
            unit="",
            n=told.n,
            note=few if told.tau is None else f"ranked by {told.method}",
        ),
        share_value(
            "priorities-scored",
            "Open items with a valid score",
            (scored, len(waiting)),
            nothing="no open item",
            id_=f"{told.id}-priorities-scored",
        ),
    )
