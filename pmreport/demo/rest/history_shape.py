"""How the changelog of an issue looks in JSON."""

from typing import Any

from pmreport.demo.issue import History, Issue, Item
from pmreport.demo.rest import shapes
from pmreport.demo.state import State


def _item(row: Item) -> dict[str, Any]:
    shape: dict[str, Any] = {"field": row.field, "fieldtype": row.fieldtype}
    if row.field_id is not None:
        shape["fieldId"] = row.field_id
    return shape | {"from": row.from_, "fromString": row.from_string, "to": row.to, "toString": row.to_string}


def history(state: State, row: History, version: str, *, epoch: bool = False) -> dict[str, Any]:
    """One entry; `epoch` writes its instant as milliseconds, as the bulk resource does."""
    shape: dict[str, Any] = {"id": str(row.id)}
    if row.author is not None:
        shape["author"] = shapes.person(state.corpus.site, row.author, version)
    shape["created"] = row.at_ms if epoch else state.clock.stamp(row.at_ms)
    return shape | {"items": [_item(item) for item in row.items]}


def embedded(state: State, issue: Issue, version: str) -> dict[str, Any]:
    """The newest histories, newest first, with their true total."""
    cap = state.dialect.embedded_histories
    newest = sorted(issue.histories, key=lambda row: (row.at_ms, row.id), reverse=True)[:cap]
    shown = [history(state, row, version) for row in newest]
    return {"startAt": 0, "maxResults": len(shown), "total": len(issue.histories), "histories": shown}
