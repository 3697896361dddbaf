"""How the changelog of an issue looks in JSON."""

from typing import Any

from pmreport.demo.catalogue import Site
from pmreport.demo.issue import History, Issue, Item
from pmreport.demo.rest import shapes
from pmreport.demo.rest.shapes import spoken
from pmreport.demo.state import State

_PEOPLE = {"assignee", "reporter"}

_PARENT = "IssueParentAssociation"
_OUT_OF_ORDER = 7
"""Data Center promises no order: every seventh issue tells the newer half of its changelog first."""


def _item(site: Site, issue: Issue, row: Item) -> dict[str, Any]:
    field, fieldtype = _named(site, issue, row)
    shape: dict[str, Any] = {"field": field, "fieldtype": fieldtype}
    if row.field_id is not None:
        shape["fieldId"] = row.field_id
    values = {"from": row.from_, "fromString": row.from_string, "to": row.to, "toString": row.to_string}
    if row.field_id in _PEOPLE:
        values |= {"from": _reference(site, row.from_), "to": _reference(site, row.to)}
    return spoken(site, "history item", shape | values)


def _named(site: Site, issue: Issue, row: Item) -> tuple[str, str]:
    """The name an item goes by: with epic links, only a sub-task has a parent."""
    if row.field != _PARENT or not site.product.epic_links:
        return row.field, row.fieldtype
    return ("Parent", "jira") if site.types[issue.type].level < 0 else ("Epic Link", "custom")


def _reference(site: Site, account_id: str | None) -> str | None:
    return site.users[account_id].reference if account_id in site.users else account_id


def history(state: State, issue: Issue, row: History, version: str, *, epoch: bool = False) -> dict[str, Any]:
    """One entry; `epoch` writes its instant as milliseconds, as the bulk resource does."""
    shape: dict[str, Any] = {"id": str(row.id)}
    if row.author is not None:
        shape["author"] = shapes.person(state.corpus.site, row.author, version)
    shape["created"] = row.at_ms if epoch else state.clock.stamp(row.at_ms)
    return shape | {"items": [_item(state.corpus.site, issue, item) for item in row.items]}


def _newest(issue: Issue, cap: int) -> list[History]:
    return sorted(issue.histories, key=lambda row: (row.at_ms, row.id), reverse=True)[:cap]


def _all(issue: Issue) -> list[History]:
    half = 0 if issue.id % _OUT_OF_ORDER else len(issue.histories) // 2
    return issue.histories[half:] + issue.histories[:half]


def embedded(state: State, issue: Issue, version: str) -> dict[str, Any]:
    """The newest histories, newest first, or all of them in an order of the product's own."""
    cap = state.dialect.embedded_histories
    shown = [
        history(state, issue, row, version) for row in (_all(issue) if cap is None else _newest(issue, cap))
    ]
    return {"startAt": 0, "maxResults": len(shown), "total": len(issue.histories), "histories": shown}
