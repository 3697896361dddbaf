"""Scores by which items are ranked, and what is wrong with one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pmreport.metrics.plan_items import PlanItemRow
from pmreport.metrics.settings import PARTS
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, Scalar, sql_text

_PERCENT = 100
_MILLI = 1000
_MARK = "\n"
_LABEL = re.compile(rf"({'|'.join(PARTS)})[-=:](\d+(?:[.,]\d+)?)")
_COST = ("value", "urgency", "risk")
_RICE = ("reach", "impact", "confidence")


class MarkRow(NamedTuple):
    """A label of an item, or the number in one of its fields (None: the field is empty, or a label)."""

    issue_id: int
    source_kind: str
    mark_name: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """A score, the higher the sooner; None, and then the `reason` why there is none."""

    value: Decimal | None
    reason: str = ""


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


def parts_of(marks: Iterable[MarkRow], part_of: Mapping[str, str]) -> Mapping[int, Mapping[str, Decimal]]:
    """What is said of each item, by part; a field wins over a label, and the first of two labels."""
    parts: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for mark in sorted(marks, key=lambda each: (each.source_kind, each.mark_name)):
        if mark.source_kind == "field":
            if mark.amount is not None:
                parts[mark.issue_id].setdefault(part_of[mark.mark_name.lower()], Decimal(str(mark.amount)))
        elif match := _LABEL.fullmatch(mark.mark_name.lower()):
            parts[mark.issue_id].setdefault(match[1], Decimal(match[2].replace(",", ".")))
    return parts


def by_wsjf(parts: Mapping[str, Decimal], row: PlanItemRow) -> Score:
    """WSJF of an item; its size is its own part, else its points."""
    points = None if row.points_milli is None else Decimal(row.points_milli) / _MILLI
    return wsjf(
        cost_of_delay=[parts[each] for each in _COST if each in parts], size=parts.get("size", points)
    )


def by_rice(parts: Mapping[str, Decimal]) -> Score:
    """RICE of an item; every part must be said."""
    reach, impact, confidence = (parts.get(each) for each in _RICE)
    return rice(reach=reach, impact=impact, confidence=confidence, effort=parts.get("effort"))


def by_priority(row: PlanItemRow) -> Score:
    """Jira's own priority, the first one highest; a site that numbers them by words has no order."""
    try:
        return Score(-Decimal(row.priority_no)) if row.priority_no else Score(None, "no priority")
    except InvalidOperation:
        return Score(None, "a priority without an order")
