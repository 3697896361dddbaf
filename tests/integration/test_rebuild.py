"""Every table made again from the documents: the same rows, whatever happened between the syncs."""

import json
import random
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pmreport.cli.boundary import run as pmreport
from pmreport.demo.dialect import CLOUD, DIALECTS
from pmreport.errors import BadDataError, ExitStatus, TryLaterError
from pmreport.metrics.settings import FieldSettings
from pmreport.model import rows
from pmreport.model.query import Query
from pmreport.store.batch import Batch
from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.engine import Store, only_writer
from pmreport.sync.rebuild import rows_of, wanted
from pmreport.sync.run import SyncRequest
from pmreport.sync.settings import ScopeSettings
from pmreport.sync.stored import Count
from pmreport.sync.summary import Progress
from tests.support.configured import configured
from tests.support.open_store import copy_of
from tests.support.rebuilding import DEEDS, PROJECTS, changed, everything, made_again
from tests.support.schema import faults
from tests.support.simulator import serving
from tests.support.small_sites import motley
from tests.support.stores import SITE, comments, url
from tests.support.syncing import difference, new_store, run, shipped_store, stored

NOW = datetime(2026, 11, 28, tzinfo=UTC)
BY_NEW_RELEASES = (
    "DELETE FROM raw_document WHERE kind IN ('listing', 'board_note', 'status', 'priority', 'resolution')",
    "DELETE FROM raw_document WHERE kind IN ('issue_note', 'board_sprints', 'user', 'component')",
)

# What may be done to each table that is made of documents; a rebuild makes it undone.
DAMAGES = {
    "issue": "UPDATE issue SET summary = 'x', points = 99",
    "issue_change": "DELETE FROM issue_change WHERE history_id % 3 = 0",
    "issue_value": "UPDATE issue_value SET valid_from_ms = valid_from_ms - 1",
    "issue_status": "DELETE FROM issue_status",
    "issue_sprint": "INSERT INTO issue_sprint SELECT site_id, issue_id, 999, 1, 2 FROM issue",
    "issue_estimate": "UPDATE issue_estimate SET amount_milli = 0",
    "worklog": "DELETE FROM worklog",
    "comment_item": "UPDATE comment_item SET restricted = NOT restricted",
    "issue_link": "DELETE FROM issue_link",
    "project": "UPDATE project SET project_key = 'X' || project_key",
    "status": "INSERT INTO status VALUES (1, '999', 'Invented', 'new')",
    "field": "UPDATE field SET role = NULL",
    "priority": "DELETE FROM priority",
    "resolution": "DELETE FROM resolution",
    "issue_type": "UPDATE issue_type SET is_subtask = TRUE",
    "component": "DELETE FROM component",
    "user_account": "UPDATE user_account SET display_name = 'Nobody'",
    "board": "UPDATE board SET filter_jql = NULL, estimation_field = NULL",
    "board_column": "UPDATE board_column SET is_done = FALSE",
    "board_sprint": "DELETE FROM board_sprint",
    "sprint": "DELETE FROM sprint",
    "version": "DELETE FROM version",
}

# Rebuilds, and is killed where it says that it has got so far.
KILLED = """
import os, sys
from pmreport.store.engine import Store
from tests.support.rebuilding import made_again

store = Store.open(sys.argv[1])
made_again(store, progress=lambda step: step.done and os._exit(9))
"""

# Rebuilds where no file may grow beyond half a megabyte.
FILLING = """
import resource, sys
from pmreport.errors import StorageFullError
from pmreport.store.engine import Store
from tests.support.rebuilding import made_again

store = Store.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
try:
    made_again(store)
except StorageFullError as error:
    print(error.what)
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file after a sync of a small site, whose simulator is gone since."""
    folder = tmp_path_factory.mktemp("filled")
    with serving(motley(CLOUD, PROJECTS)) as site:
        run(site, new_store(folder), projects=PROJECTS)
        configured(folder, site.site, *PROJECTS)
    return folder / "store.duckdb"


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Store:
    """A store of one's own, filled by a sync."""
    shutil.copy(filled, tmp_path / "store.duckdb")
    return shipped_store(tmp_path)


def tampered(store: Store, *statements: str) -> None:
    """Do to the tables what no sync ever would."""
    with store._database.writing() as session:
        for each in statements:
            session.execute(each)


@pytest.mark.parametrize("product", DIALECTS)
def test_a_rebuild_changes_no_row_after_any_sync(tmp_path: Path, product: str) -> None:
    """Four syncs with deeds of all sorts between them, one of them full: the documents hold the tables."""
    dice = random.Random(5)  # noqa: S311 - a story, no secret
    store = new_store(tmp_path)
    with serving(motley(DIALECTS[product], PROJECTS)) as site:
        for number in range(4):
            for deed in dice.sample(DEEDS, k=len(DEEDS)) if number else ():
                deed(site, dice)
            later = timedelta(hours=number)
            now_ms = int((site.site.now + later).timestamp() * 1000)
            site.post("/__simulator/clock", {"now_ms": max(now_ms, site.state.corpus.now_ms)})
            run(site, store, projects=PROJECTS, later=later, full=number == 2)
            before = everything(store)
            copy_of(store, tmp_path / "copy.duckdb")

            made_again(shipped_store(tmp_path, "copy"), page_size=50)

            assert changed(before, everything(shipped_store(tmp_path, "copy"))) == {}
    assert any(row.deleted_ms for row in stored(store, rows.WorklogRow))


def test_a_rebuild_repairs_every_table(store: Store) -> None:
    """Whatever was done to the typed tables and the intervals, the documents know better."""
    before = everything(store)
    tampered(store, *DAMAGES.values())
    damaged = changed(before, everything(store))

    made_again(store)

    assert damaged.keys() == DAMAGES.keys()
    assert changed(before, everything(store)) == {}


def test_what_no_document_can_tell_is_carried_over(store: Store) -> None:
    """Marks of issues that were not seen again, snapshots, the record of the runs, calendars, cursors."""
    day = rows.CalendarRow(
        "id", "2026-11-22", 0, 1, "2026-11-16", "2026-W47", is_workday=False, workday_index=0
    )
    gone = stored(store, rows.IssueRow)[3]._replace(unseen_since_ms=5, deleted_ms=7)
    store.apply(1, Batch(upserts=[day, gone, rows.SnapshotSprintRow(1, 5, "Old", "closed", None, 1, 2, 3)]))
    before = everything(store)

    made_again(store)

    assert changed(before, everything(store)) == {}
    assert gone in stored(store, rows.IssueRow)


def test_other_sites_in_the_store_stay_as_they_are(store: Store) -> None:
    """Also where nothing can be made again of them."""
    other = store.register_site(SITE)
    store.apply(other, Batch(upserts=comments(1, 5)))
    before = everything(store)

    made_again(store)

    assert changed(before, everything(store)) == {}
    assert store.site(SITE.base_url) == other


def test_a_rebuild_takes_the_fields_of_todays_configuration(tmp_path: Path) -> None:
    """As a full sync with them would, where they were read; one never asked for is not taken for empty."""
    old, fresh = shipped_store(tmp_path, "old"), new_store(tmp_path, "fresh")
    with serving(motley(CLOUD, PROJECTS)) as site:
        run(site, old, further=("Rank",))
        run(site, fresh)
    ranked = {row.field_id for row in stored(old, rows.IssueValueRow)}

    made_again(old, "Start date")

    assert ranked - {row.field_id for row in stored(fresh, rows.IssueValueRow)}

    assert difference(old, fresh) == {}


def test_points_are_those_of_the_field_configured_now(store: Store) -> None:
    """The time spent as points: the column follows, where there is any."""
    made_again(store, fields=FieldSettings(story_points="timespent"))

    spent = [(row.points, row.spent_s) for row in stored(store, rows.IssueRow)]
    assert any(seconds for _, seconds in spent)
    assert all(points == seconds for points, seconds in spent if seconds is not None)


def test_a_killed_rebuild_leaves_the_old_tables(store: Store, tmp_path: Path) -> None:
    """And a file that the next one who writes removes."""
    before = everything(store)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, url(tmp_path / "store.duckdb")], capture_output=True, check=False
    )
    left = sorted(path.name for path in tmp_path.iterdir())

    with only_writer(url(tmp_path / "store.duckdb"), now=NOW):
        pass

    assert killed.returncode == 9, killed.stderr
    assert ".store.duckdb.rebuild" in left
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store.duckdb", "store.duckdb.lock"]
    assert changed(before, everything(store)) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of a file's size is of POSIX")
def test_a_full_disk_leaves_the_old_tables(store: Store, tmp_path: Path) -> None:
    """Nothing is left of the new ones."""
    before = everything(store)

    ended = subprocess.run(
        [sys.executable, "-c", FILLING, url(tmp_path / "store.duckdb")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "disk is full" in ended.stdout, ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["store.duckdb"]
    assert changed(before, everything(store)) == {}


@pytest.mark.parametrize(
    ("deed", "how"),
    [("UPDATE raw_document SET sha256 = 'x'", "damaged"), ("DELETE FROM raw_document", "lost")],
)
def test_a_damaged_document_is_told_and_nothing_changes(
    store: Store, tmp_path: Path, deed: str, how: str
) -> None:
    """Exit status 65: which document it is, and how it is fetched again. A lost history is no empty one."""
    issue = stored(store, rows.IssueRow)[0].issue_id
    tampered(store, f"{deed} WHERE kind = 'changelog' AND id = '{issue}'")
    before = everything(store)

    with pytest.raises(BadDataError, match=how) as caught:
        made_again(store)

    assert caught.value.where == f"raw_document changelog {issue}"
    assert "--full" in str(caught.value.hint)
    assert changed(before, everything(store)) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["store.duckdb"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE raw_document SET payload = ''::BLOB WHERE kind = 'field'",
        "UPDATE raw_document SET payload = 'abc'::BLOB WHERE kind = 'user'",
    ],
)
def test_a_document_that_cannot_be_unpacked_is_damaged(store: Store, damage: str) -> None:
    """Whatever stands in its place."""
    tampered(store, damage)

    with pytest.raises(BadDataError, match="damaged"):
        made_again(store)


def test_readers_see_the_old_tables_until_the_new_ones_are_whole(store: Store) -> None:
    """A report in the middle of a rebuild, and one that is open when it ends: the rebuild waits for it."""
    tampered(store, "UPDATE issue SET summary = 'old'")
    seen: list[set[str]] = []
    held = threading.Event()

    def look(step: Progress) -> None:
        seen.append({row.summary for row in stored(store, rows.IssueRow)})
        if step.done and not held.is_set():
            threading.Thread(target=read_for_a_while).start()
            held.wait()

    def read_for_a_while() -> None:
        with store.reading() as reader:
            held.set()
            time.sleep(0.5)
            text = "SELECT COUNT(*) AS amount FROM issue WHERE summary = 'old'"
            counts.append(reader.rows(Query(text, Count))[0].amount)

    counts: list[int] = []
    made_again(store, progress=look)

    after = stored(store, rows.IssueRow)
    assert seen
    assert all(each == {"old"} for each in seen)
    assert counts == [len(after)]
    assert "old" not in {row.summary for row in after}


def test_a_reader_who_stays_too_long_ends_the_rebuild(store: Store, tmp_path: Path) -> None:
    """Exit status 75, and the old tables stay."""
    patient = Store(DuckDbDatabase(DuckDbFile(tmp_path / "store.duckdb", 0.2)))
    tampered(store, "UPDATE issue SET summary = 'old'")
    with ExitStack() as reports:

        def open_one(step: Progress) -> None:
            if step.done == 0:
                reports.enter_context(store.reading())

        with pytest.raises(TryLaterError, match="in use"):
            made_again(patient, progress=open_one)

    assert {row.summary for row in stored(store, rows.IssueRow)} == {"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["store.duckdb"]


def test_a_link_to_the_store_stays_a_link(store: Store, tmp_path: Path) -> None:
    """The file behind it is replaced, with the mode it had."""
    (tmp_path / "store.duckdb").chmod(0o640)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.duckdb"
    link.symlink_to(tmp_path / "store.duckdb")
    tampered(store, "DELETE FROM issue_status")

    made_again(Store.open(url(link)))

    assert link.is_symlink()
    assert (tmp_path / "store.duckdb").stat().st_mode & 0o777 == 0o640
    assert stored(store, rows.IssueStatusRow)


def test_a_store_of_an_earlier_release_asks_for_a_sync_first(store: Store) -> None:
    """It kept no document of the lists."""
    tampered(store, *BY_NEW_RELEASES)
    before = everything(store)

    with pytest.raises(BadDataError, match="earlier release") as caught:
        made_again(store)

    assert "pmreport sync" in str(caught.value.hint)
    assert changed(before, everything(store)) == {}


def test_what_an_earlier_release_has_read_stays_as_well_as_can_be(store: Store) -> None:
    """It noted nothing of the issues: what only the tables tell is taken from them, and nothing is lost."""
    worklog = stored(store, rows.WorklogRow)[0]
    person = rows.UserAccountRow("712020:gone", "Gone", active=False, account_type="atlassian")
    store.apply(1, Batch(upserts=[worklog._replace(worklog_id=1, deleted_ms=5), person]))
    tampered(store, BY_NEW_RELEASES[1])
    before = everything(store)
    tampered(store, DAMAGES["issue_status"], DAMAGES["issue_change"])

    made_again(store)

    assert changed(before, everything(store)) == {}


def test_the_rows_of_one_issue_can_be_asked_for(store: Store) -> None:
    """What a check compares with the tables: the same rows, from the documents alone."""
    issue = next(row for row in stored(store, rows.IssueRow) if row.points)
    before = everything(store)

    what = wanted(store, 1, SyncRequest(scope=ScopeSettings(projects=PROJECTS)))
    [built] = rows_of(store, 1, what, [issue.issue_id, 4])

    assert issue in built.batch.upserts
    for kind in (rows.IssueChangeRow, rows.IssueValueRow, rows.IssueStatusRow, rows.IssueEstimateRow):
        told = [row for each in built.batch.replacements if each.row_type is kind for row in each.rows]
        held = [row for row in stored(store, kind) if row.issue_id == issue.issue_id]
        assert sorted(map(repr, told)) == sorted(map(repr, held))
    assert changed(before, everything(store)) == {}


def test_the_command_needs_neither_jira_nor_a_token(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The simulator is gone; it says how many issues were made again, and asked nothing."""
    for name in ("store.duckdb", "pmreport.toml"):
        shutil.copy(filled.with_name(name), tmp_path / name)
    words = ["--config", str(tmp_path / "pmreport.toml"), "sync", "--rebuild"]
    issues = len(stored(shipped_store(tmp_path), rows.IssueRow))

    ended = [pmreport([*words, "--json"], {}), pmreport(words, {})]
    told, said = split(capsys.readouterr().out)

    assert ended == [ExitStatus.OK, ExitStatus.OK]
    assert faults(told, "sync") == []
    assert (told["issues"]["seen"], told["requests"], told["status"]) == (issues, 0, "complete")
    assert said.startswith(f"{issues} issues with ")


def split(out: str) -> tuple[dict[str, Any], str]:
    """The JSON that comes first, and the rest."""
    told, end = json.JSONDecoder().raw_decode(out)
    return told, out[end:].lstrip()


def test_before_the_first_sync_there_is_nothing_to_rebuild(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 65."""
    shutil.copy(filled.with_name("pmreport.toml"), tmp_path / "pmreport.toml")

    ended = pmreport(["--config", str(tmp_path / "pmreport.toml"), "sync", "--rebuild"], {})

    assert ended == ExitStatus.BAD_DATA
    assert "nothing has been read yet" in capsys.readouterr().err


def test_everything_again_from_jira_and_without_jira_exclude_each_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit status 2."""
    assert pmreport(["sync", "--rebuild", "--full"], {}) == ExitStatus.USAGE
    assert "--rebuild" in capsys.readouterr().err
