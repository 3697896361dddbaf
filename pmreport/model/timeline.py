"""Which value every field of an issue had, and from when until when.

Built backwards: the value at an instant is the current value, undone by every change after it. A field set at
creation has no changelog item, and an issue created in a sprint has no Sprint item: a replay forwards would
miss both.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from pmreport.model import changelog
from pmreport.model.changelog import ONE_ITEM_PER_ELEMENT, STATUS, Elements, FieldKinds, Reading, Value
from pmreport.model.instant import OPEN_END_MS
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import (
    IssueChangeRow,
    IssueEstimateRow,
    IssueSprintRow,
    IssueStatusRow,
    IssueValueRow,
)

# The changelog keeps such texts in another format than the issue: there is no use in comparing them.
_PROSE = frozenset({"description", "environment"})
_SHOWN_CHARACTERS = 40
_IN_ORDER = attrgetter("changed_ms", "history_id", "item_no")
_INSTANT = attrgetter("changed_ms")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueState:
    """An issue as Jira shows it now.

    `values` holds every field whose history is wanted, by its id; an empty field has an empty tuple.
    """

    issue_id: int
    key: str
    created_ms: int
    values: Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The history of one issue as rows, each in the order of field, start and value; and what was odd in it.

    `values` holds every field, status, sprint and estimates among them; the other three are the same facts in
    the shape that the metrics ask for.
    """

    values: tuple[IssueValueRow, ...]
    sprints: tuple[IssueSprintRow, ...]
    statuses: tuple[IssueStatusRow, ...]
    estimates: tuple[IssueEstimateRow, ...]
    problems: tuple[Problem, ...]


class _Span(NamedTuple):
    from_ms: int
    to_ms: int
    value_id: str


_Spans = list[_Span]


class _Sides(NamedTuple):
    """One change of a field: which elements there were before it, and which after."""

    changed_ms: int
    before: Elements
    after: Elements


def build(issue: IssueState, changes: Iterable[IssueChangeRow], *, kinds: FieldKinds) -> Timeline:
    """The intervals of every field in `issue.values`, from creation to the open end.

    `changes` are the changelog items of this issue, in any order; items of other fields are passed over.
    Intervals are half open and as long as can be; changes of one millisecond count as one, so that none is
    empty. Where the last change does not lead to the current value, the current value is believed.
    """
    by_field = _by_field(issue.values, changes, kinds)
    spans: dict[str, _Spans] = {}
    values: list[IssueValueRow] = []
    problems: list[Problem] = []
    for field_id, held in issue.values.items():
        items = by_field.get(field_id, [])
        if not held and not items:
            continue
        numeric = kinds.is_number(field_id)
        now = changelog.current(held, numeric=numeric)
        sides = _sides(items, kinds.reading(field_id))
        spans[field_id] = _spans(issue.created_ms, field_id, now, sides)
        texts = _texts(now, sides) if sides else now
        values += _value_rows(issue.issue_id, field_id, spans[field_id], texts, numeric=numeric)
        problems += _mismatch(issue.key, field_id, now, sides)
    sprints, odd_sprints = _sprint_rows(issue, kinds.sprint or "", spans)
    estimates, odd_estimates = _estimate_rows(issue, kinds.estimates, spans)
    return Timeline(
        values=tuple(values),
        sprints=tuple(sprints),
        statuses=tuple(_status_rows(issue.issue_id, spans.get(STATUS, []))),
        estimates=tuple(estimates),
        problems=(*problems, *odd_sprints, *odd_estimates),
    )


def _by_field(
    wanted: Collection[str], changes: Iterable[IssueChangeRow], kinds: FieldKinds
) -> dict[str, list[IssueChangeRow]]:
    """The items of each wanted field, oldest first."""
    by_field: dict[str, list[IssueChangeRow]] = defaultdict(list)
    for change in sorted(changes, key=_IN_ORDER):
        field_id = change.field_id
        if field_id not in wanted:
            field_id = kinds.field_id(field_id)
        if field_id in wanted:
            by_field[field_id].append(change)
    return by_field


def _sides(items: Sequence[IssueChangeRow], reading: Reading) -> list[_Sides]:
    return [
        _Sides(item.changed_ms, changelog.before(item, reading), changelog.after(item, reading))
        for item in items
    ]


def _spans(created_ms: int, field_id: str, now: Elements, items: Sequence[_Sides]) -> _Spans:
    """From when until when each element was there, in the order of start and element."""
    if not items:
        return [_Span(created_ms, OPEN_END_MS, element) for element in sorted(now)]
    ends = dict.fromkeys(now, OPEN_END_MS)
    spans: _Spans = []
    for instant, together in groupby(reversed(items), key=_INSTANT):
        if instant <= created_ms:
            break
        earlier = _undone(ends.keys(), field_id, list(together))
        for element in [element for element in ends if element not in earlier]:
            spans.append(_Span(instant, ends.pop(element), element))
        for element in earlier:
            ends.setdefault(element, instant)
    spans += [_Span(created_ms, end, element) for element, end in ends.items()]
    spans.sort()
    return spans


def _undone(later: AbstractSet[str], field_id: str, newest_first: Sequence[_Sides]) -> Collection[str]:
    """The elements that were there before the changes of one instant."""
    if field_id in ONE_ITEM_PER_ELEMENT:
        elements = set(later)
        for change in newest_first:
            elements.difference_update(change.after)
            elements.update(change.before)
        return elements
    earlier = newest_first[-1].before
    if field_id == STATUS and not earlier:
        return set(later)  # an issue is never without a status: the item is odd, and the known one goes on
    return earlier


def _mismatch(key: str, field_id: str, now: Elements, items: Sequence[_Sides]) -> list[Problem]:
    if not items or field_id in _PROSE:
        return []
    reached = items[-1].after.keys()
    if field_id in ONE_ITEM_PER_ELEMENT:
        left = items[-1].before.keys() - reached
        joined = reached <= now.keys() and not left & now.keys()
    else:
        joined = reached == now.keys()
    if joined:
        return []
    detail = f"{field_id}: the history ends with {_shown(reached)}, Jira shows {_shown(now)}"
    return [Problem(ProblemKind.HISTORY_MISMATCH, key, detail)]


def _shown(elements: Iterable[str]) -> str:
    text = ", ".join(sorted(elements)) or "nothing"
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _texts(now: Elements, items: Iterable[_Sides]) -> Elements:
    """The latest known text of every element."""
    texts: Elements = {}
    for change in items:
        for side in (change.before, change.after):
            for element, text in side.items():
                texts[element] = text or texts.get(element)
    for element, text in now.items():
        texts[element] = text or texts.get(element)
    return texts


def _value_rows(
    issue_id: int, field_id: str, spans: _Spans, texts: Elements, *, numeric: bool
) -> Iterable[IssueValueRow]:
    for from_ms, to_ms, element in spans:
        number = changelog.decimal(element) if numeric else None
        amount = None if number is None else float(number)
        yield IssueValueRow(issue_id, field_id, element, from_ms, to_ms, texts[element], amount)


def _status_rows(issue_id: int, spans: _Spans) -> Iterable[IssueStatusRow]:
    for from_ms, to_ms, status_id in spans:
        yield IssueStatusRow(issue_id, status_id, from_ms, to_ms)


def _sprint_rows(
    issue: IssueState, sprint_field: str, spans: Mapping[str, _Spans]
) -> tuple[list[IssueSprintRow], list[Problem]]:
    rows: list[IssueSprintRow] = []
    problems: list[Problem] = []
    for from_ms, to_ms, element in spans.get(sprint_field, []):
        if element.isdecimal():
            rows.append(IssueSprintRow(issue.issue_id, int(element), from_ms, to_ms))
        else:
            problems.append(_unreadable(issue.key, sprint_field, element))
    return rows, problems


def _estimate_rows(
    issue: IssueState, estimates: Collection[str], spans: Mapping[str, _Spans]
) -> tuple[list[IssueEstimateRow], list[Problem]]:
    """Thousandths, half even where somebody typed more; no row where there is no number: null is not 0."""
    rows: list[IssueEstimateRow] = []
    problems: list[Problem] = []
    for field_id in sorted(estimates & spans.keys()):
        for from_ms, to_ms, element in spans[field_id]:
            number = changelog.decimal(element)
            if number is None:
                problems.append(_unreadable(issue.key, field_id, element))
            else:
                milli = int((number * 1000).to_integral_value(ROUND_HALF_EVEN))
                rows.append(IssueEstimateRow(issue.issue_id, field_id, from_ms, to_ms, milli))
    return rows, problems


def _unreadable(key: str, field_id: str, element: str) -> Problem:
    return Problem(ProblemKind.UNREADABLE_VALUE, key, f"{field_id}: {_shown([element])}")
