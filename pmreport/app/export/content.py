"""What goes out of the store: every typed table of one site."""

from dataclasses import replace
from typing import Any

from pmreport.model.outgoing import Outgoing
from pmreport.model.query import Query
from pmreport.model.rows import RawDocumentRow, SiteRow, SyncCursorRow
from pmreport.store.tables import TABLES, Table, table_of

PIECE = 20_000  # rows that are in memory at a time
_INSIDE = (RawDocumentRow, SyncCursorRow)  # Jira's words once more, and where the sync goes on


def _with_site(table: Table) -> Table:
    if not table.of_a_site:
        return table
    return replace(table, columns=("site_id", *table.columns), types=("BIGINT", *table.types))


TABLES_OUT: tuple[Table, ...] = tuple(
    _with_site(table)
    for table in (
        table_of(SiteRow, ()),
        *(table for row_type, table in TABLES.items() if row_type not in _INSIDE),
    )
)


def rows_query(table: Table, site_id: int) -> Query[Any]:
    """The rows of the site, in the order of their keys."""
    order = ", ".join(table.whole_key)
    where = " WHERE site_id = $site_id" if table.of_a_site else ""
    text = f"SELECT {', '.join(table.columns)} FROM {table.name}{where} ORDER BY {order}"  # noqa: S608 - own names only
    return Query(text, tuple, {"site_id": site_id} if table.of_a_site else {})


def outgoing(table: Table) -> Outgoing:
    """The table without what only the store needs to know of it."""
    return Outgoing(name=table.name, columns=table.columns)
