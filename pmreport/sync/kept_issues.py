"""What the store holds of some issues: Jira's own words about them, and the intervals built from those."""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pmreport.model.query import Query
from pmreport.model.rows import RawDocumentRow
from pmreport.store.documents import read
from pmreport.store.session import Reader
from pmreport.sync.intervals import TABLES, IntervalRow

Json = dict[str, Any]


class IssueName(NamedTuple):
    """An issue, its key, and its project's key."""

    issue_id: int
    issue_key: str
    project_key: str


@dataclass(slots=True, kw_only=True)
class KeptIssue:
    """One issue as it is stored.

    `document` is None where the store has none. `is_damaged`: one is there that is not what was written.
    """

    document: Json | None = None
    histories: Sequence[Json] = ()
    is_damaged: bool = False
    intervals: list[IntervalRow] = field(default_factory=list)


def names_query(site_id: int) -> Query[IssueName]:
    """Every issue that is not deleted."""
    text = (
        "SELECT i.issue_id AS issue_id, i.issue_key AS issue_key, p.project_key AS project_key FROM issue i"
        " JOIN project p ON p.site_id = i.site_id AND p.project_id = i.project_id"
        " WHERE i.site_id = $site_id AND i.deleted_ms IS NULL"
    )
    return Query(text, IssueName, {"site_id": site_id})


def issues(reader: Reader, site_id: int, issue_ids: Sequence[int]) -> dict[int, KeptIssue]:
    """All of it for these issues."""
    found: defaultdict[int, KeptIssue] = defaultdict(KeptIssue)
    for issue_id in issue_ids:
        found[issue_id] = KeptIssue()
    for document in reader.rows(_documents_query(site_id, issue_ids)):
        _take_in(found[int(document.id)], document)
    for row_type in TABLES:
        for row in reader.rows(_intervals_query(site_id, row_type, issue_ids)):
            found[row.issue_id].intervals.append(row)
    return dict(found)


def documents(reader: Reader, site_id: int, kind: str) -> dict[str, Json | None]:
    """The documents of a kind by their ids; None for one that is not what was written."""
    columns = ", ".join(RawDocumentRow._fields)
    text = (
        f"SELECT {columns} FROM raw_document WHERE site_id = $site_id"  # noqa: S608 - own names only
        " AND kind = $kind AND part_no = 0 ORDER BY id"
    )
    rows = reader.rows(Query(text, RawDocumentRow, {"site_id": site_id, "kind": kind}))
    return {row.id: content(row) for row in rows}


def content(row: RawDocumentRow) -> Any:
    """What a document says; None where it is not what was written."""
    try:
        text = zlib.decompress(row.payload)
    except zlib.error:
        return None
    return read(text) if hashlib.sha256(text).hexdigest() == row.sha256 else None


def _take_in(issue: KeptIssue, row: RawDocumentRow) -> None:
    said = content(row)
    if said is None:
        issue.is_damaged = True
    elif row.kind == "issue":
        issue.document = said
    else:
        issue.histories = said


def _documents_query(site_id: int, issue_ids: Sequence[int]) -> Query[RawDocumentRow]:
    parameters = {f"a{place}": str(issue_id) for place, issue_id in enumerate(issue_ids)}
    columns, marks = ", ".join(RawDocumentRow._fields), ", ".join(f"${name}" for name in parameters)
    text = (
        f"SELECT {columns} FROM raw_document WHERE site_id = $site_id"  # noqa: S608 - own names, and marks
        f" AND kind IN ('issue', 'changelog') AND part_no = 0 AND id IN ({marks})"
    )
    return Query(text, RawDocumentRow, {"site_id": site_id, **parameters})


def _intervals_query(
    site_id: int, row_type: type[IntervalRow], issue_ids: Sequence[int]
) -> Query[IntervalRow]:
    parameters = {f"a{place}": issue_id for place, issue_id in enumerate(issue_ids)}
    columns, marks = ", ".join(row_type._fields), ", ".join(f"${name}" for name in parameters)
    text = f"SELECT {columns} FROM {TABLES[row_type]} WHERE site_id = $site_id AND issue_id IN ({marks})"  # noqa: S608 - as above
    return Query(text, row_type, {"site_id": site_id, **parameters})
