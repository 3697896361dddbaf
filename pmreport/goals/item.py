"""One item as it stood at a moment, and what it had been until then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pmreport.goals.check import Check
from pmreport.model.query import Query, Scalar, sql_text


class ItemRow(NamedTuple):
    """One value of one field of the item, as text or a number. `source` says which history it comes from."""

    issue_id: int
    issue_key: str
    source: str
    field_id: str
    value_id: str
    value_text: str | None
    value_number: float | None


class PastRow(NamedTuple):
    """A stretch in which a field had a value (`before_id` and `after_id` are the same), or a change of it.

    `kind` is `stretch` or `change`; an empty id is no value. Only fields of which WAS can be asked.
    """

    kind: str
    field_id: str
    before_id: str
    after_id: str
    from_ms: int
    until_ms: int
    author_id: str | None


@dataclass(frozen=True, slots=True)
class ItemValue:
    """A value and what people read for it; for an issue that is its key. `number`: None where it is none."""

    id: str
    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The values an item had at the moment asked for, by history and field id, and what it has been."""

    issue_id: int
    key: str
    values: dict[tuple[str, str], tuple[ItemValue, ...]]
    past: tuple[PastRow, ...] = ()

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


def past_query(site_id: int, issue_key: str, as_of_ms: int) -> Query[PastRow]:
    """What one item has been until a moment, oldest first."""
    parameters: dict[str, Scalar] = {"site_id": site_id, "issue_key": issue_key.upper(), "as_of_ms": as_of_ms}
    return Query(sql_text("pmreport.goals", "sql/item_past.sql"), PastRow, parameters)


def from_rows(rows: Iterable[ItemRow], past: Iterable[PastRow] = ()) -> Item | None:
    """The item, or None where there is none."""
    values: dict[tuple[str, str], tuple[ItemValue, ...]] = {}
    row = None
    for row in rows:
        key = (row.source, row.field_id)
        value = ItemValue(row.value_id, row.value_text or row.value_id, row.value_number)
        values[key] = (*values.get(key, ()), value)
    if row is None:
        return None
    return Item(issue_id=row.issue_id, key=row.issue_key, values=values, past=tuple(past))
