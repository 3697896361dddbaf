"""What initiatives wait for, as tables and as JSON."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json, instant
from pmreport.cli.show.answer import Answer, values_table
from pmreport.cli.tables import NOT_KNOWN, day
from pmreport.metrics import dependencies as depending
from pmreport.metrics.dependencies import Dependencies, Dependency

_FIRST = 20


def dependencies(found: Iterable[Dependencies], as_of: datetime, zone: str) -> Answer:
    """`goals dependencies`; days are those of `zone`."""
    told = tuple(found)
    return Answer(
        as_of=as_of,
        values=tuple(value for one in told for value in depending.values(one)),
        grids=tuple(grid for one in told for grid in _dependency_tables(one, zone)),
        in_grids=True,
        more={
            "initiatives": [
                {
                    "id": one.id,
                    "name": one.name,
                    "own_links": one.own,
                    "dependencies": [_dependency_json(each) for each in one.found],
                }
                for one in told
            ]
        },
    )


def _dependency_tables(told: Dependencies, zone: str) -> Iterable[Grid]:
    yield values_table(depending.values(told), f"{told.name}: what it waits for")
    more = len(told.found) - _FIRST
    yield Grid(
        title="Dependencies on others, the open ones first",
        columns=(
            Column(title="Item", whole=True),
            Column(title="Waits for", whole=True),
            Column(title="What"),
            Column(title="State"),
            Column(title="Linked", whole=True),
            Column(title="Due", whole=True),
            Column(title="Owner"),
        ),
        rows=tuple(_dependency_row(one, zone) for one in told.found[:_FIRST]),
        empty="No item is blocked by an item of others.",
        notes=(
            *((f"and {more} more",) if more > 0 else ()),
            *(f"{count} of {reach}." for reach, count in Counter(one.reach for one in told.found).items()),
            *((f"{told.own} links between items of one owner stand outside.",) if told.own else ()),
        ),
    )


def _dependency_row(one: Dependency, zone: str) -> tuple[str, ...]:
    return (
        one.blocked,
        one.blocker,
        one.summary or "(restricted)",
        f"{one.state}, open" if one.is_open else str(one.state),
        day(one.linked, zone),
        one.due or NOT_KNOWN,
        one.owner or NOT_KNOWN,
    )


def _dependency_json(one: Dependency) -> Json:
    return {
        "blocked": one.blocked,
        "blocker": one.blocker,
        "summary": one.summary,
        "reach": one.reach,
        "state": str(one.state),
        "is_open": one.is_open,
        "linked": instant(one.linked),
        "started": instant(one.started),
        "due": one.due,
        "owner": one.owner,
    }
