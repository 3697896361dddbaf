"""One item as it stood at a moment, and whether a clause holds for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from pmreport.goals.context import FieldKind, JqlContext, Source
from pmreport.goals.plan import AllOf, AnyOf, Check, Node
from pmreport.model.query import Query, Scalar, sql_text


class ItemRow(NamedTuple):
    """One value of one field of the item. `source` says which history it comes from."""

    issue_id: int
    issue_key: str
    source: str
    field_id: str
    value_id: str
    value_text: str | None
    value_number: float | None


@dataclass(frozen=True, slots=True)
class ItemValue:
    """A value and what people read for it; for an issue that is its key."""

    id: str
    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The values an item had at the moment asked for, by history and field id."""

    issue_id: int
    key: str
    values: dict[tuple[str, str], tuple[ItemValue, ...]]

    def of(self, check: Check) -> tuple[ItemValue, ...]:
        """The values of the field that a clause asks about; of all fields that bear its name."""
        field = check.field
        return tuple(
            value for field_id in field.ids for value in self.values.get((field.source, field_id), ())
        )


def query(site_id: int, issue_key: str, as_of_ms: int) -> Query[ItemRow]:
    """Every value of one item at a moment; nothing where there is no such item, or it did not exist yet."""
    parameters: dict[str, Scalar] = {"site_id": site_id, "issue_key": issue_key.upper(), "as_of_ms": as_of_ms}
    return Query(sql_text("pmreport.goals", "sql/item.sql"), ItemRow, parameters)


def from_rows(rows: Iterable[ItemRow]) -> Item | None:
    """The item, or None where there is none."""
    values: dict[tuple[str, str], tuple[ItemValue, ...]] = {}
    row = None
    for row in rows:
        key = (row.source, row.field_id)
        value = ItemValue(row.value_id, row.value_text or row.value_id, row.value_number)
        values[key] = (*values.get(key, ()), value)
    return None if row is None else Item(issue_id=row.issue_id, key=row.issue_key, values=values)


def holds(check: Check, item: Item, context: JqlContext) -> bool:
    """Whether a clause holds for an item: what the compiled question answers, worked out by itself."""
    values = item.of(check)
    is_wanted = any(_is_wanted(check, value, context) for value in values)
    if check.negated:
        return bool(values) and not is_wanted
    return is_wanted or (check.or_empty and not values)


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


def _is_wanted(check: Check, value: ItemValue, context: JqlContext) -> bool:
    if check.field.kind is FieldKind.NUMBER:
        return any(float(wanted) == value.number for wanted in check.wanted)
    if check.field.kind is FieldKind.ISSUE and value.text in check.wanted:
        return True
    is_open = check.open_sprints and check.field.source is Source.SPRINT and value.id in context.open_sprints
    return is_open or value.id in check.wanted
