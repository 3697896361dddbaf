"""The map of the product: its components, and which of them somebody has written down what they are for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.instant import to_ms
from pmreport.model.query import Query, sql_text

FRESH = timedelta(days=365)


class ComponentRow(NamedTuple):
    """A component and its items."""

    component_name: str
    items: int
    open_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentNote:
    """A note of the journal: the day it speaks of, what it is about, its words, and who agreed."""

    on: date
    subject: str
    text: str
    reviewer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component; `note` is the newest note that names it, None where none does."""

    name: str
    items: int
    open_items: int
    note: ComponentNote | None


def query(site_id: int, as_of: datetime) -> Query[ComponentRow]:
    """The components of the projects with their items."""
    text = sql_text("pmreport.metrics", "sql/component_items.sql")
    return Query(text, ComponentRow, {"site_id": site_id, "as_of_ms": to_ms(as_of)})


def from_rows(rows: Iterable[ComponentRow], notes: Iterable[ComponentNote]) -> tuple[Component, ...]:
    """components-noted: each component with the newest note whose subject is its name, in any case."""
    newest: dict[str, ComponentNote] = {}
    for note in sorted(notes, key=lambda each: each.on):
        newest[note.subject.strip().casefold()] = note
    return tuple(
        Component(
            name=row.component_name,
            items=row.items,
            open_items=row.open_items,
            note=newest.get(row.component_name.strip().casefold()),
        )
        for row in rows
    )


def values(found: Iterable[Component], today: date) -> tuple[Value, ...]:
    """How many components have a note, and how many of the notes are fresh."""
    known = tuple(found)
    noted = [one for one in known if one.note is not None]
    fresh = [one for one in noted if one.note and today - one.note.on <= FRESH]
    bare = tuple(one.name for one in known if one.note is None)
    return (
        share_value(
            "components-noted",
            "Components with a note",
            (len(noted), len(known)),
            nothing="there is no component",
            items=bare,
        ),
        share_value(
            "components-fresh",
            "Notes not older than a year",
            (len(fresh), len(noted)),
            nothing="no note names a component",
        ),
    )
