"""How often Jira is asked: little, when little has changed."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import CLOUD, DIALECTS, Dialect
from pmreport.model import rows
from pmreport.store.engine import Store
from pmreport.sync.summary import SyncSummary
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import first_of
from tests.support.syncing import ALL, difference, new_store, run, stored, tables

SPRINTS = 130  # on the board of the shop: three pages


def a_site(product: Dialect) -> Corpus:
    """The story with eighty issues, and a board that has been at it for years."""
    corpus = first_of("SHOP", 80, product)
    site = corpus.site
    old = next(
        sprint for sprint in site.sprints.values() if sprint.state == "closed" and sprint.board_id == 11
    )
    for number in range(SPRINTS):
        sprint_id = 1000 + number
        site.sprints[sprint_id] = replace(old, id=sprint_id, name=f"Old sprint {number}")
    return corpus


@pytest.fixture(scope="module", params=DIALECTS)
def site(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """Both products."""
    with serving(a_site(DIALECTS[request.param])) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def first(site: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file after a first sync of all projects, and a second one, which remembers the boards."""
    folder = tmp_path_factory.mktemp("first")
    run(site, new_store(folder), projects=ALL)
    return folder / "store.duckdb"


@pytest.fixture
def synced(first: Path, tmp_path: Path) -> Store:
    """A store of one's own after that."""
    shutil.copy(first, tmp_path / "store.duckdb")
    return new_store(tmp_path)


def again(site: Simulator, store: Store) -> tuple[SyncSummary, dict[str, int]]:
    """A sync a minute later, and how often each path was asked for."""
    site.state.requests.clear()
    summary = run(site, store, projects=ALL, later=timedelta(minutes=1))
    return summary, dict(site.state.requests)


def test_a_sync_right_after_a_sync_asks_little_and_changes_nothing(site: Simulator, synced: Store) -> None:
    """Twelve questions, three a board and one a project, however many issues and sprints there are."""
    before = tables(synced)

    summary, _ = again(site, synced)

    boards = len(stored(synced, rows.BoardRow))
    assert (boards, summary.requests <= 12 + 3 * boards + len(ALL)) == (3, True), summary.requests
    assert tables(synced) == before
    assert (summary.issues.inserted, summary.issues.updated, summary.changes) == (0, 0, 0)


def test_closed_sprints_are_read_once(site: Simulator, synced: Store) -> None:
    """Only the last page of a long list of sprints is read; all of them stay with their board."""
    pairs = set(stored(synced, rows.BoardSprintRow))
    assert sum(row.board_id == 11 for row in pairs) > SPRINTS

    _, paths = again(site, synced)

    assert [count for path, count in paths.items() if path.endswith("/board/11/sprint")] == [1]
    assert set(stored(synced, rows.BoardSprintRow)) == pairs


def test_a_close_is_seen_on_the_last_page(tmp_path: Path) -> None:
    """What changes about sprints changes at the end of their list."""
    with serving(a_site(CLOUD)) as site:
        store = new_store(tmp_path)
        run(site, store, projects=ALL)
        active = next(row for row in stored(store, rows.SprintRow) if row.state == "active")
        site.edit(do="sprint", id=active.sprint_id, state="closed", complete_ms=site.state.corpus.now_ms)

        again(site, store)

    states = {row.sprint_id: row.state for row in stored(store, rows.SprintRow)}
    assert states[active.sprint_id] == "closed"


def test_a_deleted_sprint_shifts_the_list_and_all_of_it_is_read(tmp_path: Path) -> None:
    """The closed ones do not stand where they stood: the store is as after a first sync."""
    with serving(a_site(CLOUD)) as site:
        kept, fresh = new_store(tmp_path, "kept"), new_store(tmp_path, "fresh")
        run(site, kept, projects=ALL)
        del site.state.corpus.site.sprints[1003]
        site.state.corpus.site_changed()
        run(site, kept, projects=ALL)
        run(site, fresh, projects=ALL)

    assert set(stored(kept, rows.BoardSprintRow)) == set(stored(fresh, rows.BoardSprintRow))
    assert difference(kept, fresh, dated=False).keys() <= {"sprint"}


def test_a_new_board_is_found(tmp_path: Path) -> None:
    """The list of all boards is not as it was, so the projects are asked for theirs."""
    with serving(a_site(CLOUD)) as site:
        store = new_store(tmp_path)
        run(site, store, projects=ALL)
        boards = site.state.corpus.site.boards
        boards[99] = replace(boards[11], id=99, name="Another board of the shop")
        site.state.corpus.site_changed()

        _, paths = again(site, store)
        _, later = again(site, store)

    assert 99 in {row.board_id for row in stored(store, rows.BoardRow)}
    assert paths["/rest/agile/1.0/board"] == 1 + len(ALL)
    assert later["/rest/agile/1.0/board"] == 1
