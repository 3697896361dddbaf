"""What holds of a store at any time, also after a run that was killed: no issue is there by halves."""

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Issue
from pmreport.model import rows
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.query import Query
from pmreport.store.engine import Store
from pmreport.store.tables import TABLES

_OF_ISSUES = (
    rows.IssueChangeRow,
    rows.WorklogRow,
    rows.CommentItemRow,
    rows.IssueValueRow,
    rows.IssueStatusRow,
    rows.IssueSprintRow,
    rows.IssueEstimateRow,
)
Found = dict[type[Any], list[Any]]


def halves(store: Store, corpus: Corpus, *, strict: bool = True) -> list[str]:
    """Whatever is only half there, in words; empty where all is well.

    `strict`: a reading by ids that was broken off has passed nothing by either. The search may lose sight of
    an issue for a moment, and what was passed by is found at the end of such a reading.
    """
    found = _all(store)
    return [*_twice(found), *_orphans(found), *_torn(found), *_passed_over(found, corpus, strict=strict)]


def _all(store: Store) -> Found:
    found: Found = {}
    with store.reading() as reader:
        for row_type in (
            rows.IssueRow,
            *_OF_ISSUES,
            rows.RawDocumentRow,
            rows.SyncCursorRow,
            rows.ProjectRow,
        ):
            table = TABLES[row_type]
            text = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 - own names only
            found[row_type] = reader.rows(Query(text, row_type))
    return found


def _twice(found: Found) -> Iterator[str]:
    """Rows with the same key: no index forbids them."""
    for row_type, listed in found.items():
        table = TABLES[row_type]
        keys = Counter(tuple(getattr(row, name) for name in table.key) for row in listed)
        yield from (f"{table.name}: {count} rows of {key}" for key, count in keys.items() if count > 1)


def _orphans(found: Found) -> Iterator[str]:
    known = {row.issue_id for row in found[rows.IssueRow]}
    for row_type in _OF_ISSUES:
        yield from (f"a row without its issue: {row}" for row in found[row_type] if row.issue_id not in known)


def _torn(found: Found) -> Iterator[str]:
    """Issues whose row, history, intervals, remarks and documents do not tell the same."""
    documents: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in found[rows.RawDocumentRow]:
        if row.kind in {"issue", "changelog", "comment", "worklog"}:
            documents[int(row.id)][row.kind] = json.loads(zlib.decompress(row.payload))
    of_issue: Mapping[type[Any], dict[int, list[Any]]] = {each: defaultdict(list) for each in _OF_ISSUES}
    for row_type, by_issue in of_issue.items():
        for row in found[row_type]:
            by_issue[row.issue_id].append(row)
    for issue in found[rows.IssueRow]:
        parts = {row_type: by_issue[issue.issue_id] for row_type, by_issue in of_issue.items()}
        for what in (*_intervals(issue, parts), *_papers(issue, parts, documents[issue.issue_id])):
            yield f"{issue.issue_key}: {what}"


def _intervals(issue: rows.IssueRow, parts: Found) -> Iterator[str]:
    spans = sorted((row.valid_from_ms, row.valid_to_ms, row.status_id) for row in parts[rows.IssueStatusRow])
    edges = [issue.created_ms, *(until for _, until, _ in spans)]
    if not spans or [since for since, _, _ in spans] != edges[:-1] or edges[-1] != OPEN_END_MS:
        yield f"statuses with a gap: {spans}"
    elif spans[-1][2] != issue.status_id:
        yield f"in status {issue.status_id}, and its history ends with {spans[-1]}"
    told = {row for row in parts[rows.IssueValueRow] if row.field_id == "status"}
    if {(row.valid_from_ms, row.valid_to_ms, row.value_id) for row in told} != {*spans}:
        yield "two histories of its status"
    values = {(row.field_id, *row[3:5]) for row in parts[rows.IssueValueRow]}
    lost = [row for row in parts[rows.IssueEstimateRow] if (row.field_id, *row[2:4]) not in values]
    yield from (f"an estimate that is no value: {row}" for row in lost)


def _papers(issue: rows.IssueRow, parts: Found, papers: dict[str, Any]) -> Iterator[str]:
    if "issue" not in papers:
        yield "no document"
        return
    said = papers["issue"]["fields"]
    told = (papers["issue"]["key"], _ms(said["updated"]), said["status"]["id"], said["timespent"])
    if told != (issue.issue_key, issue.updated_ms, issue.status_id, issue.spent_s):
        yield f"the document says {told}"
    live = [row.worklog_id for row in parts[rows.WorklogRow] if row.deleted_ms is None]
    comments = [row.comment_id for row in parts[rows.CommentItemRow]]
    changes = {row.history_id for row in parts[rows.IssueChangeRow]}
    pairs = {
        "worklogs": (live, _listed(said["worklog"], "worklogs", papers.get("worklog"))),
        "comments": (comments, _listed(said["comment"], "comments", papers.get("comment"))),
        "histories": (changes, papers.get("changelog", ())),
    }
    for name, (rows_of, documents) in pairs.items():
        if {*rows_of} != {int(each["id"]) for each in documents}:
            yield f"{len({*rows_of})} {name} beside {len(documents)} in its documents"


def _listed(holder: Any, name: str, apart: Any) -> Sequence[Any]:
    """A list that stands in the issue, or apart where that was too short."""
    inside: Sequence[Any] = holder[name]
    return apart or () if holder["total"] > len(inside) else inside


def _ms(stamp: str) -> int:
    return to_ms(datetime.fromisoformat(stamp))


def _passed_over(found: Found, corpus: Corpus, *, strict: bool) -> Iterator[str]:
    """Issues that a cursor has passed and that are not in the store as they are on the site."""
    stored = {row.issue_id: row.updated_ms for row in found[rows.IssueRow]}
    project_ids = {row.project_key: str(row.project_id) for row in found[rows.ProjectRow]}
    for cursor in found[rows.SyncCursorRow]:
        kind, _, key = cursor.scope.partition(":")
        if kind == "issues":
            position = json.loads(cursor.position)
            for issue in corpus.issues():
                passed = issue.project == project_ids[key] and _is_behind(issue, position, strict=strict)
                if passed and stored.get(issue.id) != issue.updated_ms:
                    stamps = f"{stored.get(issue.id)} here, {issue.updated_ms} on the site"
                    yield f"{issue.key}: the cursor of {key} has passed it at {position}; {stamps}"


def _is_behind(issue: Issue, position: Mapping[str, int | None], *, strict: bool) -> bool:
    """Whether a cursor says that the issue is read: by its last change, or by its id in a long reading."""
    through = (position["through_id"] or 0) if strict else 0
    read = issue.id <= through and issue.updated_ms < (position["began_ms"] or 0)
    return read or issue.updated_ms < (position["updated_ms"] or 0)
