"""A scope that becomes smaller, and larger again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmreport.app import lookups
from pmreport.demo.dialect import CLOUD
from pmreport.metrics import sprint
from pmreport.metrics.sprint import SprintLedger
from pmreport.model import members
from pmreport.model.rows import BoardRow
from pmreport.store.engine import Store
from tests.support.open_store import copy_of
from tests.support.rebuilding import PROJECTS, changed, everything, made_again
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import motley
from tests.support.syncing import difference, new_store, run, shipped_store, stored

SITE = 1
KEPT = PROJECTS[:1]


@pytest.fixture(scope="module")
def site() -> Iterator[Simulator]:
    """A small site with several projects."""
    with serving(motley(CLOUD, PROJECTS)) as found:
        yield found


@pytest.fixture(scope="module")
def of_both(site: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file after a sync of all its projects."""
    folder = tmp_path_factory.mktemp("both")
    run(site, new_store(folder), projects=PROJECTS)
    return folder / "store.duckdb"


@pytest.fixture
def store(of_both: Path, tmp_path: Path) -> Store:
    """A store of one's own that holds all projects."""
    shutil.copy(of_both, tmp_path / "store.duckdb")
    return new_store(tmp_path)


def shown(store: Store, site: Simulator) -> tuple[object, tuple[SprintLedger, ...], object]:
    """What numbers are made of: the issues over time, the ledgers, and what is left out of them."""
    now = site.site.now
    with store.reading() as reader:
        started = reader.rows(sprint.sprints_query(SITE, now))
        steps = reader.rows(sprint.ledger_query(SITE, now))
        left_out = lookups.left_out(reader, SITE, now)
        issues = sorted(reader.rows(members.everything(SITE)))
    return issues, sprint.ledgers_from_rows(started, steps), left_out


def test_what_left_the_scope_is_as_if_it_had_never_been_read(
    site: Simulator, store: Store, tmp_path: Path
) -> None:
    """Not only from now on: last week's numbers are compared with this week's."""
    fresh = new_store(tmp_path, "fresh")
    run(site, fresh, projects=KEPT)
    assert shown(store, site) != shown(fresh, site)

    run(site, store, projects=KEPT)

    assert shown(store, site) == shown(fresh, site)
    assert stored(store, BoardRow) == stored(fresh, BoardRow)


def test_what_left_the_scope_is_as_it_was_when_it_comes_back(
    site: Simulator, store: Store, of_both: Path, tmp_path: Path
) -> None:
    """It is read again as a whole: nobody knows what changed while nobody looked."""
    shutil.copy(of_both, tmp_path / "before.duckdb")
    run(site, store, projects=KEPT)

    run(site, store, projects=PROJECTS)

    assert difference(new_store(tmp_path, "before"), store) == {}


def test_a_rebuild_brings_back_nothing_that_left_the_scope(
    site: Simulator, store: Store, tmp_path: Path
) -> None:
    """The documents of a board that left say so."""
    run(site, store, projects=KEPT)
    before = everything(store)
    copy_of(store, tmp_path / "copy.duckdb")

    made_again(shipped_store(tmp_path, "copy"))

    assert changed(before, everything(shipped_store(tmp_path, "copy"))) == {}


def test_a_sync_of_the_same_scope_changes_nothing(site: Simulator, store: Store) -> None:
    """Only a change of the scope is looked into: what Jira hides or deletes is the census' business."""
    run(site, store, projects=KEPT)
    before = everything(store)

    run(site, store, projects=KEPT)

    assert changed(before, everything(store)).keys() <= {"sync_run", "sync_cursor"}
