"""How the changelog of an issue looks in JSON; what many entries have in common is written once."""

from collections.abc import Iterable
from typing import Any

from pmreport.demo.catalogue import Site
from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import History, Issue, Item
from pmreport.demo.rest import shapes
from pmreport.demo.rest.answers import dumps, listing
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


def history(state: State, issue: Issue, row: History, version: str, *, epoch: bool = False) -> str:
    """One entry; `epoch` writes its instant as milliseconds, as the bulk resource does."""
    author = _author(state, row.author, version) if row.author is not None else ""
    created = row.at_ms if epoch else f'"{state.clock.stamp(row.at_ms)}"'
    return f'{{"id":"{row.id}",{author}"created":{created},"items":{_items(state.corpus, issue, row.items)}}}'


def _author(state: State, account_id: str, version: str) -> str:
    kept, key = state.corpus.shared, ("author", version, account_id)
    written = kept.get(key)
    if written is None:
        person = shapes.person(state.corpus.site, account_id, version)
        written = kept[key] = f'"author":{dumps(person)},'
    return written


def _items(corpus: Corpus, issue: Issue, items: tuple[Item, ...]) -> str:
    """The changes of one entry: the same step looks alike on every issue of a type."""
    key = (items, issue.type)
    written = corpus.steps.get(key)
    if written is None:
        written = corpus.steps[key] = dumps([_item(corpus.site, issue, item) for item in items])
    return written


def histories(
    state: State, issue: Issue, rows: Iterable[History], version: str, *, epoch: bool = False
) -> list[str]:
    """Several entries of an issue."""
    return [history(state, issue, row, version, epoch=epoch) for row in rows]


def _newest(issue: Issue, cap: int) -> list[History]:
    return sorted(issue.histories, key=lambda row: (row.at_ms, row.id), reverse=True)[:cap]


def _all(issue: Issue) -> list[History]:
    half = 0 if issue.id % _OUT_OF_ORDER else len(issue.histories) // 2
    return issue.histories[half:] + issue.histories[:half]


def embedded(state: State, issue: Issue, version: str) -> str:
    """The newest histories, newest first, or all of them in an order of the product's own."""
    cap = state.dialect.embedded_histories
    shown = histories(state, issue, _all(issue) if cap is None else _newest(issue, cap), version)
    bean = {"startAt": 0, "maxResults": len(shown), "total": len(issue.histories)}
    return listing(bean, "histories", shown)
