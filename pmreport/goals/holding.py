"""Whether a clause holds for one item: what the compiled question answers, worked out by itself."""

import operator
from collections.abc import Callable
from typing import Any, assert_never

from pmreport.goals.check import AllOf, AnyOf, Bound, Change, Check, Node, Search, Was
from pmreport.goals.context import FieldKind, JqlContext, Source
from pmreport.goals.item import Item, ItemValue, PastRow
from pmreport.goals.search import is_found

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def matches(node: Node, item: Item, context: JqlContext) -> bool:
    """Whether a whole rule holds for an item."""
    match node:
        case Check():
            return holds(node, item, context)
        case AllOf(parts):
            return all(matches(part, item, context) for part in parts)
        case AnyOf(parts):
            return any(matches(part, item, context) for part in parts)
        case _:
            assert_never(node)


def holds(check: Check, item: Item, context: JqlContext) -> bool:
    """Whether a clause holds for an item as it stood at the context's moment."""
    if check.of_the_past:
        return bool(past_of(check, item, context)) is not check.negated
    values = item.of(check)
    is_wanted = any(_is_wanted(check, value, context) for value in values)
    if check.negated:
        return bool(values) and not is_wanted
    return is_wanted or (check.or_empty and not values)


def past_of(check: Check, item: Item, context: JqlContext) -> tuple[PastRow, ...]:
    """What of an item's past a clause about the past speaks of, oldest first; of others nothing."""
    rows = [row for row in item.past if row.field_id == check.field.ids[0]]
    changes = [row for row in rows if row.kind == "change"]
    stretches = [row for row in rows if row.kind == "stretch"]
    match check.asked:
        case Change() as asked:
            return tuple(row for row in changes if _is_asked(asked, row))
        case Was() as asked:
            had = [row for row in stretches if row.after_id in check.wanted]
            had += _gaps(check, item, stretches, context) if asked.or_empty else []
            had.sort(key=operator.attrgetter("from_ms"))
            return tuple(
                row for row in had if _is_within(asked, row, context) and _is_by(asked, row, changes)
            )
        case _:
            return ()


def _is_asked(asked: Change, row: PastRow) -> bool:
    during = asked.during
    return (
        during.from_ms <= row.from_ms < during.until_ms
        and (during.people is None or row.author_id in during.people)
        and (asked.before is None or row.before_id in asked.before)
        and (asked.after is None or row.after_id in asked.after)
    )


def _is_within(asked: Was, row: PastRow, context: JqlContext) -> bool:
    until_ms = min(row.until_ms, context.as_of_ms + 1)
    return row.from_ms < asked.during.until_ms and until_ms > asked.during.from_ms


def _is_by(asked: Was, row: PastRow, changes: list[PastRow]) -> bool:
    people = asked.during.people
    return people is None or any(
        change.from_ms == row.from_ms and change.author_id in people for change in changes
    )


def _gaps(check: Check, item: Item, stretches: list[PastRow], context: JqlContext) -> list[PastRow]:
    """The stretches without a value, up to the moment."""
    (created,) = item.values[Source.CREATED, "created"]
    gaps, reached = [], int(created.id)
    for row in stretches:
        if row.from_ms > reached:
            gaps.append(PastRow("stretch", check.field.ids[0], "", "", reached, row.from_ms, None))
        reached = max(reached, row.until_ms)
    if reached <= context.as_of_ms:
        end = context.as_of_ms + 1
        gaps.append(PastRow("stretch", check.field.ids[0], "", "", reached, end, None))
    return gaps


def _is_wanted(check: Check, value: ItemValue, context: JqlContext) -> bool:
    match check.asked:
        case Search() as search:
            return is_found(search, value.text)
        case Bound(order):
            there, bound = _comparable(check, value)
            return there is not None and _ORDERS[order](there, bound)
        case _:
            return _is_named(check, value, context)


def _comparable(check: Check, value: ItemValue) -> tuple[Any, Any]:
    """The value and the bound, as two things that can be compared; None for a text in a field for numbers."""
    (bound,) = check.wanted
    match check.field.kind:
        case FieldKind.DATE:
            return value.id, bound
        case FieldKind.INSTANT:
            return int(value.id), int(bound)
        case _:
            return value.number, float(bound)


def _is_named(check: Check, value: ItemValue, context: JqlContext) -> bool:
    if check.field.kind in (FieldKind.NUMBER, FieldKind.DURATION):
        return any(float(wanted) == value.number for wanted in check.wanted)
    if check.field.kind is FieldKind.ISSUE and value.text in check.wanted:
        return True
    in_state = bool(check.sprint_states) and value.id in context.sprints_in(check.sprint_states)
    return in_state or value.id in check.wanted
