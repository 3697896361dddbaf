"""Ranked lists of initiatives as tables and as JSON."""

from collections.abc import Iterable
from datetime import datetime

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json, number
from pmreport.cli.show.answer import Answer, rounded, values_table
from pmreport.cli.tables import NOT_KNOWN
from pmreport.metrics import priority
from pmreport.metrics.priority import Method, PriorityList, Ranked

_FIRST = 20
_SCORE_HINT = (
    "Nothing has a score, so the list is that of Jira's priority. Give items labels such as value-8, "
    "urgency-5, risk-3 and size-2 (or points), or reach-500, impact-2, confidence-80 and effort-3; or name "
    "number fields under [priorities]."
)


def priorities(found: Iterable[PriorityList], as_of: datetime) -> Answer:
    """`goals priorities`."""
    told = tuple(found)
    return Answer(
        as_of=as_of,
        values=tuple(value for one in told for value in priority.values(one)),
        grids=tuple(grid for one in told for grid in _priority_tables(one)),
        in_grids=True,
        more={
            "lists": [
                {
                    "id": one.id,
                    "name": one.name,
                    "method": str(one.method),
                    "items": [_ranked_json(item) for item in one.items],
                }
                for one in told
            ]
        },
    )


def _priority_tables(told: PriorityList) -> Iterable[Grid]:
    yield values_table(priority.values(told), f"{told.name}: ranked by {told.method}")
    waiting = [item for item in told.items if not item.is_done]
    more = len(waiting) - _FIRST
    yield Grid(
        title="What is open, in the order of the list",
        columns=(
            Column(title="Place", is_number=True),
            Column(title="Item", whole=True),
            Column(title="Summary"),
            Column(title="Score", is_number=True),
            Column(title="Started as", is_number=True),
        ),
        rows=tuple(_ranked_row(item, told.method) for item in waiting[:_FIRST]),
        empty="Nothing is open.",
        notes=(
            *((f"and {more} more",) if more > 0 else ()),
            *((_SCORE_HINT,) if told.method is Method.PRIORITY else ()),
        ),
    )


def _ranked_row(item: Ranked, method: Method) -> tuple[str, ...]:
    score = item.score.reason
    if item.score.value is not None:
        score = "" if method is Method.PRIORITY else rounded(item.score.value)
    return (
        NOT_KNOWN if item.place is None else str(item.place),
        item.key,
        item.summary,
        score,
        "" if item.started_place is None else str(item.started_place),
    )


def _ranked_json(item: Ranked) -> Json:
    return {
        "key": item.key,
        "summary": item.summary,
        "score": number(item.score.value),
        "reason": item.score.reason,
        "place": item.place,
        "started_place": item.started_place,
        "is_done": item.is_done,
    }
