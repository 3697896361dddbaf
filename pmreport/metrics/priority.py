"""What comes first: scores of items, what is wrong with a score, and whether work starts in their order."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from pmreport.metrics.project_plan import PlanItemRow
from pmreport.metrics.settings import PARTS
from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, Scalar, sql_text
from pmreport.stats.ranks import agreement

FEWEST = 5
_PERCENT = 100
_MILLI = 1000
_MARK = "\n"
_LABEL = re.compile(rf"({'|'.join(PARTS)})[-=:](\d+(?:[.,]\d+)?)")
_COST = ("value", "urgency", "risk")
_RICE = ("reach", "impact", "confidence")


class Method(StrEnum):
    """By what the list is ranked."""

    WSJF = "WSJF"
    RICE = "RICE"
    PRIORITY = "Jira priority"


class MarkRow(NamedTuple):
    """A label of an item, or the number in one of its fields."""

    issue_id: int
    source_kind: str
    mark_name: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """A score, or why there is none."""

    value: Decimal | None
    reason: str = ""


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
    """A ranked list, and how far work starts in its order."""

    id: str
    name: str
    method: Method
    items: tuple[Ranked, ...]
    tau: float | None
    n: int


def wsjf(*, cost_of_delay: Sequence[Decimal], size: Decimal | None) -> Score:
    """Weighted shortest job first: the sum of the parts of the cost of delay / size. A size of 0 is none.

    Source: Reinertsen, The Principles of Product Development Flow, 2009; the parts as in SAFe.
    """
    if not cost_of_delay:
        return Score(None, "no cost of delay")
    if any(part < 0 for part in cost_of_delay):
        return Score(None, "a part of the cost of delay is below 0")
    if size is None:
        return Score(None, "no size")
    if size <= 0:
        return Score(None, f"a size of {size:f} is no size")
    return Score(sum(cost_of_delay, Decimal(0)) / size)


def rice(
    *, reach: Decimal | None, impact: Decimal | None, confidence: Decimal | None, effort: Decimal | None
) -> Score:
    """Reach x impact x confidence / effort; a confidence above 1 is in per cent.

    Source: McBride, RICE: simple prioritization for product managers, 2016.
    """
    if reach is None or impact is None or confidence is None:
        return Score(None, "reach, impact or confidence is missing")
    if min(reach, impact, confidence) < 0 or confidence > _PERCENT:
        return Score(None, "reach, impact or confidence is out of range")
    if effort is None:
        return Score(None, "no effort")
    if effort <= 0:
        return Score(None, f"an effort of {effort:f} is no effort")
    share = confidence / _PERCENT if confidence > 1 else confidence
    return Score(reach * impact * share / effort)


def marks_query(
    members: Query[MemberRow], site_id: int, as_of: datetime, part_of: Mapping[str, str]
) -> Query[MarkRow]:
    """The labels of the items of the set, and their numbers in the fields that hold a part of a score."""
    names = _MARK + _MARK.join(part_of) + _MARK
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "names": names,
        "mark": _MARK,
    }
    return among(members, sql_text("pmreport.metrics", "sql/score_marks.sql"), MarkRow, parameters)


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
    parts = _parts(marks, part_of)
    by_method = {
        Method.WSJF: {row.issue_id: _wsjf_of(parts[row.issue_id], row) for row in rows},
        Method.RICE: {row.issue_id: _rice_of(parts[row.issue_id]) for row in rows},
    }
    counts = {
        method: sum(score.value is not None for score in scores.values())
        for method, scores in by_method.items()
    }
    method = max(counts, key=lambda each: counts[each])
    if counts[method] == 0:
        method = Method.PRIORITY
    scores = by_method.get(method) or {row.issue_id: _priority_of(row) for row in rows}
    known = sorted((score.value for score in scores.values() if score.value is not None), reverse=True)
    place_of = {value: at for at, value in reversed(tuple(enumerate(known, start=1)))}
    began = sorted(row.started_ms for row in rows if row.started_ms is not None)
    items = tuple(
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


def _parts(marks: Iterable[MarkRow], part_of: Mapping[str, str]) -> Mapping[int, Mapping[str, Decimal]]:
    """What is said of each item, by part; a field wins over a label, and the first of two labels."""
    parts: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for mark in sorted(marks, key=lambda each: (each.source_kind, each.mark_name)):
        if mark.source_kind == "field":
            if mark.amount is not None:
                parts[mark.issue_id].setdefault(part_of[mark.mark_name.lower()], Decimal(str(mark.amount)))
        elif match := _LABEL.fullmatch(mark.mark_name.lower()):
            parts[mark.issue_id].setdefault(match[1], Decimal(match[2].replace(",", ".")))
    return parts


def _wsjf_of(parts: Mapping[str, Decimal], row: PlanItemRow) -> Score:
    points = None if row.points_milli is None else Decimal(row.points_milli) / _MILLI
    return wsjf(
        cost_of_delay=[parts[each] for each in _COST if each in parts], size=parts.get("size", points)
    )


def _rice_of(parts: Mapping[str, Decimal]) -> Score:
    reach, impact, confidence = (parts.get(each) for each in _RICE)
    return rice(reach=reach, impact=impact, confidence=confidence, effort=parts.get("effort"))


def _priority_of(row: PlanItemRow) -> Score:
    """Jira's own priority, the first one highest; a site that numbers them by words has no order."""
    try:
        return Score(-Decimal(row.priority_no)) if row.priority_no else Score(None, "no priority")
    except InvalidOperation:
        return Score(None, "a priority without an order")
