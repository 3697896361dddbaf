"""Stores and rows for tests."""

from pathlib import Path
from typing import NamedTuple

from pmreport.model.query import Query
from pmreport.model.rows import CommentItemRow, IssueStatusRow, SiteRow
from pmreport.store.engine import Store

SITE = SiteRow(
    name="acme",
    base_url="https://acme.example",
    browse_url="https://acme.example",
    deployment="cloud",
    time_zone="Europe/Berlin",
    account_id="712020:ann",
)


class Count(NamedTuple):
    """A number of rows."""

    n: int


def url(path: Path) -> str:
    """The address of a store."""
    return f"duckdb:{path}"


def new_store(folder: Path) -> tuple[Store, int]:
    """An empty store with one site, and its id."""
    store = Store.open(url(folder / "store.duckdb"))
    return store, store.register_site(SITE)


def count(store: Store, table: str) -> int:
    """How many rows the table has."""
    return store.rows(Query(f"SELECT count(*) AS n FROM {table}", Count))[0].n  # noqa: S608 - a test's own word


def comments(first: int, number: int, body: str = "text") -> list[CommentItemRow]:
    """So many comments, with ids from `first` on."""
    return [
        CommentItemRow(first + offset, 1, None, 1, 1, f"{body} {offset}", None, restricted=False)
        for offset in range(number)
    ]


def statuses(issue_id: int, *instants: int) -> list[IssueStatusRow]:
    """A gapless history of an issue whose status changes at these instants."""
    ends = (*instants[1:], 9999)
    return [
        IssueStatusRow(issue_id, str(number), start, end)
        for number, (start, end) in enumerate(zip(instants, ends, strict=True))
    ]
