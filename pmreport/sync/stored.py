"""What the store already holds, as far as a sync needs to know it."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from pmreport.model.query import Query
from pmreport.model.rows import (
    FieldRow,
    SnapshotBoardColumnRow,
    SnapshotSprintRow,
    SnapshotVersionRow,
    SyncCursorRow,
    WorklogRow,
)
from pmreport.store.engine import Store
from pmreport.store.session import Reader
from pmreport.store.tables import TABLES
from pmreport.sync import plan

Source = (
    Store | Reader
)  # a reader for several questions at once: opening the file costs more than most of them
OUT_OF_SIGHT = "out of sight"
LOST = "lost"
AnyTable = TypeVar("AnyTable", bound=tuple[Any, ...])
Row = TypeVar("Row", SnapshotSprintRow, SnapshotVersionRow, SnapshotBoardColumnRow)

_TABLES = {
    SnapshotSprintRow: "snapshot_sprint",
    SnapshotVersionRow: "snapshot_version",
    SnapshotBoardColumnRow: "snapshot_board_column",
}


class Fingerprint(NamedTuple):
    """The SHA-256 of a stored document, by the id of the issue it describes."""

    id: str
    sha256: str


class IssueName(NamedTuple):
    """An issue's key and id."""

    issue_key: str
    issue_id: int


class IssueId(NamedTuple):
    """An issue."""

    issue_id: int


class Newest(NamedTuple):
    """The newest change; None where there is no issue."""

    updated_ms: int | None


class IssueMarks(NamedTuple):
    """What a sync has noted of an issue beside what its document says."""

    issue_id: int
    parent_id: int | None
    unseen_since_ms: int | None
    deleted_ms: int | None
    history_complete: bool


class Position(NamedTuple):
    """Where a cursor stands."""

    position: str


class Count(NamedTuple):
    """A number of rows."""

    amount: int


class DocumentKind(NamedTuple):
    """A kind of documents."""

    kind: str


class StatusId(NamedTuple):
    """A status."""

    status_id: str


def idle_statuses(store: Source, site_id: int) -> list[str]:
    """The statuses in which no issue stands now."""
    text = (
        "SELECT s.status_id FROM status s WHERE s.site_id = $site_id AND NOT EXISTS "
        "(SELECT 1 FROM issue i WHERE i.site_id = s.site_id AND i.status_id = s.status_id)"
    )
    return [row.status_id for row in store.rows(Query(text, StatusId, {"site_id": site_id}))]


def fields_with_part(store: Source, site_id: int) -> list[FieldRow]:
    """The fields that discovery gave a part."""
    text = (
        "SELECT field_id, name, schema, custom, role FROM field WHERE site_id = $site_id AND role IS NOT NULL"
    )
    return store.rows(Query(text, FieldRow, {"site_id": site_id}))


def snapshots(store: Source, site_id: int, row_type: type[Row]) -> list[Row]:
    """Every row of a snapshot table."""
    columns = ", ".join(row_type._fields)
    text = f"SELECT {columns} FROM {_TABLES[row_type]} WHERE site_id = $site_id"  # noqa: S608 - own names only
    return store.rows(Query(text, row_type, {"site_id": site_id}))


def fingerprints(store: Source, site_id: int, issue_ids: Sequence[int]) -> dict[int, str]:
    """The fingerprints of the stored documents of these issues; an unknown issue is left out.

    That of an issue that was out of sight fits no document: what stood near it has changed meanwhile. Nor
    does that of an issue whose document is lost, while its rows are there and have to give way.
    """
    marks, parameters = listed([str(each) for each in issue_ids])
    text = (
        "SELECT id, sha256 FROM raw_document"  # noqa: S608 - marks are $a0, $a1, ...
        f" WHERE site_id = $site_id AND kind = 'issue' AND part_no = 0 AND id IN ({marks})"
    )
    found = store.rows(Query(text, Fingerprint, {"site_id": site_id, **parameters}))
    prints = {int(row.id): row.sha256 for row in found}
    for issue_id, mark in issue_marks(store, site_id, issue_ids).items():
        known = prints.get(issue_id, LOST)
        prints[issue_id] = known if mark.unseen_since_ms is None else OUT_OF_SIGHT
    return prints


def issue_marks(store: Source, site_id: int, issue_ids: Sequence[int]) -> dict[int, IssueMarks]:
    """What was noted of these issues; an unknown issue is left out."""
    marks, parameters = listed(issue_ids)
    text = (
        f"SELECT {', '.join(IssueMarks._fields)} FROM issue"  # noqa: S608 - own names and marks
        f" WHERE site_id = $site_id AND issue_id IN ({marks})"
    )
    found = store.rows(Query(text, IssueMarks, {"site_id": site_id, **parameters}))
    return {row.issue_id: row for row in found}


def documents_of(store: Source, site_id: int, kind: str) -> int:
    """How many documents of a kind there are."""
    text = "SELECT COUNT(*) AS amount FROM raw_document WHERE site_id = $site_id AND kind = $kind"
    return store.rows(Query(text, Count, {"site_id": site_id, "kind": kind}))[0].amount


def kinds(store: Source, site_id: int) -> list[str]:
    """The kinds of documents that there are."""
    text = "SELECT DISTINCT kind FROM raw_document WHERE site_id = $site_id ORDER BY kind"
    return [row.kind for row in store.rows(Query(text, DocumentKind, {"site_id": site_id}))]


def table(store: Source, site_id: int, row_type: type[Any]) -> list[Any]:
    """Every row of a site in one table."""
    known = TABLES[row_type]
    text = f"SELECT {', '.join(known.columns)} FROM {known.name} WHERE site_id = $site_id"  # noqa: S608 - own names only
    return store.rows(Query(text, row_type, {"site_id": site_id}))


def deleted_worklogs(store: Source, site_id: int) -> list[WorklogRow]:
    """The stored worklogs that are marked as deleted."""
    columns = ", ".join(WorklogRow._fields)
    text = f"SELECT {columns} FROM worklog WHERE site_id = $site_id AND deleted_ms IS NOT NULL"  # noqa: S608 - own names only
    return store.rows(Query(text, WorklogRow, {"site_id": site_id}))


def issue_ids(store: Source, site_id: int, keys: Sequence[str]) -> dict[str, int]:
    """The ids of stored issues by their keys; an unknown key is left out."""
    marks, parameters = listed(keys)
    text = f"SELECT issue_key, issue_id FROM issue WHERE site_id = $site_id AND issue_key IN ({marks})"  # noqa: S608 - as above
    return dict(store.rows(Query(text, IssueName, {"site_id": site_id, **parameters})))


def issues_of(store: Source, site_id: int, project_id: int) -> set[int]:
    """The ids of every stored issue of a project."""
    text = "SELECT issue_id FROM issue WHERE site_id = $site_id AND project_id = $project_id"
    found = store.rows(Query(text, IssueId, {"site_id": site_id, "project_id": project_id}))
    return {row.issue_id for row in found}


def newest_update(store: Source, site_id: int, *, before_ms: int) -> int | None:
    """The newest change of any stored issue up to that instant; None where there is none."""
    text = (
        "SELECT MAX(updated_ms) AS updated_ms FROM issue"
        " WHERE site_id = $site_id AND updated_ms <= $before_ms"
    )
    found = store.rows(Query(text, Newest, {"site_id": site_id, "before_ms": before_ms}))
    return found[0].updated_ms


def worklogs_of(store: Source, site_id: int, issue_ids: Sequence[int]) -> list[WorklogRow]:
    """The stored worklogs of these issues, the deleted ones too."""
    return rows_with(store, site_id, WorklogRow, "issue_id", issue_ids)


def worklogs(store: Source, site_id: int, worklog_ids: Sequence[int]) -> list[WorklogRow]:
    """The stored worklogs with these ids."""
    return rows_with(store, site_id, WorklogRow, "worklog_id", worklog_ids)


def rows_with(
    store: Source, site_id: int, row_type: type[AnyTable], key: str, ids: Sequence[int]
) -> list[AnyTable]:
    """The rows of one table whose column `key` holds one of these ids."""
    if not ids:
        return []
    known = TABLES[row_type]
    marks, parameters = listed(ids)
    text = (
        f"SELECT {', '.join(known.columns)} FROM {known.name}"  # noqa: S608 - own names and marks
        f" WHERE site_id = $site_id AND {key} IN ({marks})"
    )
    return store.rows(Query(text, row_type, {"site_id": site_id, **parameters}))


def cursors(store: Source, site_id: int) -> dict[str, str]:
    """Every cursor by its scope: how far the runs before have come."""
    text = "SELECT scope, position, moved_ms FROM sync_cursor WHERE site_id = $site_id"
    return {row.scope: row.position for row in store.rows(Query(text, SyncCursorRow, {"site_id": site_id}))}


def read_fields(store: Source, site_id: int) -> set[str]:
    """Which sets of fields the issues in the store were read with, as digests."""
    text = "SELECT position FROM sync_cursor WHERE site_id = $site_id AND scope LIKE 'issues:%'"
    found = store.rows(Query(text, Position, {"site_id": site_id}))
    return {plan.parse_cursor(row.position).fields for row in found}


def issue_count(store: Source, site_id: int) -> int:
    """How many issues of the site are in the store."""
    text = "SELECT COUNT(*) AS amount FROM issue WHERE site_id = $site_id"
    return store.rows(Query(text, Count, {"site_id": site_id}))[0].amount


def listed(values: Sequence[int | str]) -> tuple[str, dict[str, int | str]]:
    """A list as parameters: the marks to write into the text, and the values by their marks."""
    parameters: dict[str, int | str] = {f"a{place}": value for place, value in enumerate(values)}
    return ", ".join(f"${name}" for name in parameters), parameters
