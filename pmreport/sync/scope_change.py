"""A scope that has become smaller: what was read before and is asked for no more counts nowhere.

The history of a project that left the scope stays in the store, out of sight from its beginning: no number
of any moment holds it, as if it had never been read. Asked for again, it is read again.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pmreport.model.query import Query
from pmreport.model.rows import BoardColumnRow, BoardRow, BoardSprintRow, ProjectRow, SyncCursorRow
from pmreport.store.batch import Batch, Replacement
from pmreport.store.documents import document
from pmreport.store.engine import Store
from pmreport.sync import out_of_sight, plan, stored
from pmreport.sync.settings import ScopeSettings
from pmreport.sync.site import SiteReading
from pmreport.sync.stored import listed

_SCOPE = "scope"
_AT_ONCE = 2000
_NOTHING = -1  # no project has it


class Left(NamedTuple):
    """An issue of a project that is not asked for."""

    issue_id: int


def apply(
    store: Store,
    site_id: int,
    scope: ScopeSettings,
    reading: SiteReading,
    *,
    cursors: Mapping[str, str],
    now_ms: int,
) -> None:
    """Bring the store in step with a scope that differs from the one before; nothing where it is the same.

    `cursors` are those that the runs before left. Boards that could not be listed stay, and one that Jira
    deleted while the scope stayed as it was keeps its history. A run that is killed in here begins it again.
    """
    wanted = json.dumps({"projects": sorted(scope.projects), "boards": sorted(scope.boards)})
    if cursors.get(_SCOPE) == wanted:
        return
    store.apply(site_id, Batch(upserts=_reset(cursors, reading.projects, now_ms)))
    for ids in plan.chunks(_left(store, site_id, reading.projects), _AT_ONCE):
        rows = out_of_sight.issues(store, site_id, ids)
        marks = [row._replace(unseen_since_ms=row.created_ms) for row in rows]
        store.apply(site_id, Batch(upserts=marks))
    boards = (
        Batch() if reading.board_ids is None else _without_boards(store, site_id, reading.board_ids, now_ms)
    )
    done = SyncCursorRow(_SCOPE, wanted, now_ms)
    store.apply(site_id, Batch(upserts=[*boards.upserts, done], replacements=boards.replacements))


def _reset(cursors: Mapping[str, str], projects: Sequence[ProjectRow], now_ms: int) -> list[SyncCursorRow]:
    """Projects that are not asked for begin anew when they are, whatever was known of them."""
    kept = {plan.scope_of(each.project_key) for each in projects}
    gone = [scope for scope in cursors if scope.startswith(plan.scope_of("")) and scope not in kept]
    return [SyncCursorRow(scope, "{}", now_ms) for scope in gone]


def _left(store: Store, site_id: int, projects: Sequence[ProjectRow]) -> list[int]:
    marks, parameters = listed([each.project_id for each in projects] or [_NOTHING])
    text = f"""
        SELECT i.issue_id AS issue_id FROM issue i
        WHERE i.site_id = $site_id AND i.unseen_since_ms IS NULL AND i.project_id NOT IN ({marks})
        ORDER BY i.issue_id"""  # noqa: S608 - marks are $a0, $a1, ...
    return [row.issue_id for row in store.rows(Query(text, Left, {"site_id": site_id, **parameters}))]


def _without_boards(store: Store, site_id: int, board_ids: Sequence[int], now_ms: int) -> Batch:
    known: list[BoardRow] = stored.table(store, site_id, BoardRow)
    gone = [row.board_id for row in known if row.board_id not in board_ids]
    return Batch(
        upserts=[document("board", board_id, None, now_ms) for board_id in gone],
        replacements=[
            Replacement(row_type=table, key="board_id", keys=gone, rows=())
            for table in (BoardRow, BoardColumnRow, BoardSprintRow)
        ],
    )
