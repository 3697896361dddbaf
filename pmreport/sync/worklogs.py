"""Worklogs that were deleted or edited: Jira tells of them in feeds of their own."""

from typing import Any

from pmreport.jira.parse.values import instant_ms, integer
from pmreport.model.rows import SyncCursorRow, WorklogRow
from pmreport.store.batch import Batch
from pmreport.sync import plan, stored
from pmreport.sync.intake import Intake
from pmreport.sync.kept import kept

SCOPE = "worklogs"

_LAG_MS = 120_000  # the feeds hold the last minute back
_LOOKUP = 500  # ids in one question to the store
_LISTED = 1000  # ids in one question to Jira


def begin(intake: Intake, before: str | None, server_ms: int) -> int:
    """From when on the feeds matter, noted before the very first issue is read; `before` is the cursor.

    A first run may break off, and a worklog that it has read be deleted before the next one.
    """
    if before is None:
        began = _cursor(intake, server_ms - _LAG_MS)
        intake.store.apply(intake.site_id, Batch(upserts=[began]))
        return server_ms - _LAG_MS
    return integer(before) or 0


def read_feeds(intake: Intake, position: int) -> None:
    """Read the issues again whose worklogs were deleted or edited since `position`.

    Deleting a worklog leaves the issue's `updated` as it is, and that an edit moves it is nowhere promised.
    """
    deleted, until_deleted = intake.client.deleted_worklogs(position)
    updated, until_updated = intake.client.updated_worklogs(position)
    gone = {integer(each.get("worklogId")) or 0: instant_ms(each.get("updatedTime")) for each in deleted}
    rows = [
        row._replace(deleted_ms=gone[row.worklog_id] or intake.now_ms) for row in _stored(intake, list(gone))
    ]
    intake.by_id(sorted({row.issue_id for row in rows} | _edited(intake, updated)))
    moved = _cursor(intake, min(until_deleted, until_updated))
    intake.store.apply(intake.site_id, Batch(upserts=[*rows, *kept(rows, intake.now_ms), moved]))


def _edited(intake: Intake, updated: list[dict[str, Any]]) -> set[int]:
    """The stored issues of worklogs that are new, or stored in another state.

    The feed is that of the whole site: worklogs of unknown issues are left alone.
    """
    stamps = {
        worklog_id: instant_ms(each.get("updatedTime"))
        for each in updated
        if (worklog_id := integer(each.get("worklogId"))) is not None
    }
    known = {row.worklog_id: row for row in _stored(intake, list(stamps))}
    edited = {row.issue_id for row in known.values() if row.updated_ms != stamps[row.worklog_id]}
    for ids in plan.chunks(sorted(stamps.keys() - known.keys()), _LISTED):
        named = [integer(each.get("issueId")) or 0 for each in intake.client.listed_worklogs(ids)]
        edited.update(stored.fingerprints(intake.store, intake.site_id, sorted(set(named))))
    return edited


def _stored(intake: Intake, worklog_ids: list[int]) -> list[WorklogRow]:
    return [
        row
        for ids in plan.chunks(worklog_ids, _LOOKUP)
        for row in stored.worklogs(intake.store, intake.site_id, ids)
    ]


def _cursor(intake: Intake, until_ms: int) -> SyncCursorRow:
    return SyncCursorRow(SCOPE, str(until_ms), intake.now_ms)
