"""What became of items since a report was read, in a few words each."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pmreport.model.instant import to_ms
from pmreport.model.query import LIST_MARK, Query, Scalar, marked_list, sql_text
from pmreport.store.session import Reader


class HappenedRow(NamedTuple):
    """What Jira's history holds of an issue over a stretch of time; flags are 0 or 1."""

    issue_key: str
    is_deleted: int
    is_hidden: int
    was_done: int
    is_done: int
    retyped: int


def query(site_id: int, keys: Iterable[str], since: datetime, as_of: datetime) -> Query[HappenedRow]:
    """What became of the issues `keys` in (since, as_of]; no row for one not known by its key any more."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "keys": marked_list(sorted(keys)),
        "mark": LIST_MARK,
        "since_ms": to_ms(since),
        "as_of_ms": to_ms(as_of),
    }
    return Query(sql_text("pmreport.app", "texts/happened.sql"), HappenedRow, parameters)


def happened(
    reader: Reader, site_id: int, keys: Iterable[str], since: datetime, as_of: datetime
) -> dict[str, str]:
    """The same as words by key: "was reopened". Who has no words stands as before, for all that is known."""
    wanted = frozenset(keys)
    if not wanted:
        return {}
    told = {row.issue_key: _words(row) for row in reader.rows(query(site_id, wanted, since, as_of))}
    moved = dict.fromkeys(wanted - told.keys(), "is not known by that key any more")
    return moved | {key: words for key, words in told.items() if words}


def _words(row: HappenedRow) -> str:
    """The strongest of what happened."""
    if row.is_deleted:
        return "was deleted in Jira"
    if row.is_hidden:
        return "went out of sight: moved to another project, hidden or deleted"
    if row.was_done and not row.is_done:
        return "was reopened"
    if row.is_done and not row.was_done:
        return "was done by then, which Jira told later"
    return "is of another type now" if row.retyped else ""
