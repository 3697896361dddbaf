"""Statuses that were deleted from Jira, and the store that still knew them."""

from pathlib import Path

from pmreport.model.query import Query
from pmreport.model.rows import StatusRow
from pmreport.store.batch import Batch
from tests.support.simulator import Simulator
from tests.support.syncing import new_store, run

STATUSES = Query(
    "SELECT status_id, name, category FROM status WHERE site_id = 1 ORDER BY status_id", StatusRow
)


def test_a_status_deleted_from_jira_leaves_the_store(simulator: Simulator, tmp_path: Path) -> None:
    """An older store forgets what Jira does not list any more, so that it equals a fresh one."""
    store = new_store(tmp_path)
    run(simulator, store)
    fresh = store.rows(STATUSES)
    store.apply(1, Batch(upserts=[StatusRow("10004", "Testing", "indeterminate")]))

    run(simulator, store)

    assert store.rows(STATUSES) == fresh
