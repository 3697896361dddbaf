"""Batches go into a real store, queries come out."""

import os
import signal
import stat
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from pmreport.errors import BadDataError, ConfigurationError, ExitStatus
from pmreport.model.query import Query
from pmreport.model.rows import (
    BoardSprintRow,
    CalendarRow,
    IssueStatusRow,
    StatusRow,
    SyncCursorRow,
)
from pmreport.store import migrate
from pmreport.store.batch import Batch, Replacement
from pmreport.store.documents import RawDocument, document
from pmreport.store.engine import Store
from pmreport.store.faults import known_fault
from tests.support.stores import SITE, comments, count, new_store, statuses, url


class Name(NamedTuple):
    """A status."""

    status_id: str
    name: str


NAMES = Query(
    "SELECT s.status_id, s.name FROM status s WHERE s.site_id = $site_id ORDER BY 1", Name, {"site_id": 1}
)


def test_what_a_batch_holds_can_be_asked_for(tmp_path: Path) -> None:
    """Rows of several tables, under the site they belong to."""
    store, site_id = new_store(tmp_path)

    written = store.apply(site_id, Batch(upserts=[StatusRow("1", "To Do", "new"), BoardSprintRow(7, 38)]))

    assert written == 2
    assert store.rows(NAMES) == [Name("1", "To Do")]
    assert count(store, "board_sprint") == 1


def test_the_same_batch_twice_changes_nothing(tmp_path: Path) -> None:
    """Only rows that differ are written, and counted."""
    store, site_id = new_store(tmp_path)
    batch = Batch(
        upserts=[StatusRow("1", "To Do", "new"), StatusRow("2", "Done", "done"), BoardSprintRow(7, 38)]
    )
    store.apply(site_id, batch)

    assert store.apply(site_id, batch) == 0
    assert (
        store.apply(site_id, Batch(upserts=[StatusRow("1", "Open", "new"), StatusRow("2", "Done", "done")]))
        == 1
    )
    assert store.rows(NAMES) == [Name("1", "Open"), Name("2", "Done")]


def test_of_rows_with_one_key_the_last_counts(tmp_path: Path) -> None:
    """A page of Jira that overlaps the one before is no accident."""
    store, site_id = new_store(tmp_path)

    store.apply(site_id, Batch(upserts=[StatusRow("1", "Old", "new"), StatusRow("1", "New", "new")]))

    assert store.rows(NAMES) == [Name("1", "New")]


def test_a_replacement_removes_what_is_no_longer_said(tmp_path: Path) -> None:
    """Histories of the issues looked at give way, those of others stay; unchanged rows are not counted."""
    store, site_id = new_store(tmp_path)
    store.apply(site_id, Batch(upserts=[*statuses(1, 100, 200, 300), *statuses(2, 100), *statuses(3, 100)]))
    shorter = Replacement(row_type=IssueStatusRow, key="issue_id", keys=[1, 2], rows=statuses(1, 100, 250))

    written = store.apply(site_id, Batch(replacements=[shorter]))

    assert written == 5  # gone: 1 at 200, 1 at 300, 2 at 100; new: 1 at 250; changed: 1 at 100 ends later
    assert count(store, "issue_status") == 3
    assert store.apply(site_id, Batch(replacements=[shorter])) == 0


def test_a_replacement_by_nothing_empties_its_owners(tmp_path: Path) -> None:
    """An issue that has no history any more is among the keys all the same."""
    store, site_id = new_store(tmp_path)
    store.apply(site_id, Batch(upserts=statuses(1, 100, 200)))

    gone = Replacement(row_type=IssueStatusRow, key="issue_id", keys=[1], rows=[])

    assert store.apply(site_id, Batch(replacements=[gone])) == 2
    assert count(store, "issue_status") == 0


def test_the_programs_own_bookkeeping_is_written_but_not_counted(tmp_path: Path) -> None:
    """A cursor moves with every sync, also where Jira did not."""
    store, site_id = new_store(tmp_path)
    day = CalendarRow("id", "2026-11-22", 0, 1, "2026-11-16", "2026-W47", is_workday=False, workday_index=0)

    assert store.apply(site_id, Batch(upserts=[SyncCursorRow("issues:WEB", "1", 1), day])) == 0
    assert (count(store, "sync_cursor"), count(store, "calendar")) == (1, 1)


def test_a_batch_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A row that breaks a rule of the tables takes its batch with it, and nothing else."""
    store, site_id = new_store(tmp_path)
    store.apply(site_id, Batch(upserts=comments(1, 3)))
    broken = StatusRow("1", None, "new")  # type: ignore[arg-type]  # the broken rule: a status has a name

    with pytest.raises(duckdb.ConstraintException):
        store.apply(site_id, Batch(upserts=[*comments(100, 5), broken]))

    assert count(store, "comment_item") == 3


def test_sites_do_not_meet(tmp_path: Path) -> None:
    """The same ids on another site are other things."""
    store, first = new_store(tmp_path)
    second = store.register_site(SITE._replace(base_url="https://other.example"))
    batch = Batch(upserts=statuses(1, 100))
    store.apply(first, batch)

    assert store.apply(second, batch) == 1
    gone = Replacement(row_type=IssueStatusRow, key="issue_id", keys=[1], rows=[])
    assert store.apply(second, Batch(replacements=[gone])) == 1
    assert count(store, "issue_status") == 1


def test_a_site_is_known_by_its_base_url(tmp_path: Path) -> None:
    """Its name is a label: a new one is written, the id stays."""
    store, site_id = new_store(tmp_path)

    assert store.site(SITE.base_url) == site_id
    assert store.register_site(SITE._replace(name="ACME")) == site_id
    assert store.site("https://other.example") is None


def test_half_a_character_does_not_stop_a_sync(tmp_path: Path) -> None:
    """Jira passes on texts cut in the middle of an emoji; whole ones stay as they are."""
    store, site_id = new_store(tmp_path)

    store.apply(
        site_id,
        Batch(upserts=[StatusRow("1", "cut \ud83d", "new"), StatusRow("2", "whole \U0001f600", "new")]),
    )

    assert store.rows(NAMES) == [Name("1", "cut ?"), Name("2", "whole \U0001f600")]


def test_a_text_whose_columns_are_not_its_row_is_refused(tmp_path: Path) -> None:
    """A renamed column is found at once, and not in a report."""
    store, _ = new_store(tmp_path)

    with pytest.raises(TypeError, match="Name has the fields"):
        store.rows(Query("SELECT s.name, s.status_id FROM status s", Name))


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_ctrl_c_in_the_middle_of_a_question_is_one(tmp_path: Path) -> None:
    """The database ends its answer, and makes an error of its own of it."""
    store, _ = new_store(tmp_path)
    endless = (
        "SELECT '' AS status_id, count(x)::TEXT AS name FROM range(1000000000000) AS r(x) WHERE x % 7 = 3"
    )
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        store.rows(Query(endless, Name))


def test_several_queries_see_one_moment(tmp_path: Path) -> None:
    """A report is made of one state of the store."""
    store, site_id = new_store(tmp_path)
    store.apply(site_id, Batch(upserts=[StatusRow("1", "To Do", "new")]))

    with store.reading() as reader:
        assert reader.rows(NAMES) == reader.rows(NAMES) == [Name("1", "To Do")]


def test_a_document_comes_back_word_for_word(tmp_path: Path) -> None:
    """In the order of id and part, however many there are; other kinds stay aside."""
    store, site_id = new_store(tmp_path)
    payload = {"b": [1, None, "ü\ud83d"], "a": {"c": 1.5}}
    rows = [
        document("issue", f"{number:04}", payload, 5, part_no=part)
        for number in range(300)
        for part in (0, 1)
    ]
    store.apply(site_id, Batch(upserts=[*rows, document("board", 7, {}, 5)]))

    found = list(store.documents(site_id, "issue"))

    assert len(found) == 600
    assert found[:2] == [
        RawDocument("issue", "0000", 0, 5, payload),
        RawDocument("issue", "0000", 1, 5, payload),
    ]


def test_the_same_document_fetched_again_is_not_written(tmp_path: Path) -> None:
    """Neither the order of its keys nor the moment makes it another one."""
    store, site_id = new_store(tmp_path)
    store.apply(site_id, Batch(upserts=[document("issue", 1, {"a": 1, "b": 2}, 5)]))

    assert store.apply(site_id, Batch(upserts=[document("issue", 1, {"b": 2, "a": 1}, 6)])) == 0
    assert store.apply(site_id, Batch(upserts=[document("issue", 1, {"a": 1, "b": 3}, 6)])) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_the_store_is_for_its_owner_only(tmp_path: Path) -> None:
    """The file, its write-ahead log, and the folder where it had to be made."""
    before = os.umask(0o022)
    try:
        store, site_id = new_store(tmp_path / "new")
        store.apply(site_id, Batch(upserts=comments(1, 10)))
        still = os.umask(0o022)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "store.duckdb").stat().st_mode) == 0o600
    assert still == 0o022
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["store.duckdb"]


def test_older_releases_of_the_engine_can_read_the_file(tmp_path: Path) -> None:
    """The format of DuckDB 1.5, whichever is installed."""
    new_store(tmp_path)

    with duckdb.connect(tmp_path / "store.duckdb", read_only=True) as connection:
        tags = connection.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()

    assert tags[0][0]["storage_version"].startswith("v1.5.0")


def test_a_store_is_opened_again_as_it_was(tmp_path: Path) -> None:
    """Opening does not change what is there."""
    _, site_id = new_store(tmp_path)

    assert Store.open(url(tmp_path / "store.duckdb")).site(SITE.base_url) == site_id


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000], ids=["empty", "something else"])
def test_a_file_that_is_no_store_is_bad_data(tmp_path: Path, content: bytes) -> None:
    """The file is named, left alone, and the hint says what to do."""
    path = tmp_path / "store.duckdb"
    path.write_bytes(content)

    with pytest.raises(BadDataError) as caught:
        Store.open(url(path))

    assert caught.value.status is ExitStatus.BAD_DATA
    assert caught.value.where == str(path)
    assert caught.value.hint is not None
    assert "move the file away and run `pmreport sync` again" in caught.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize("kept", [5000, 20_000], ids=["a stump", "half of it"])
def test_a_torn_store_is_bad_data(tmp_path: Path, kept: int) -> None:
    """A copy that broke off is no store."""
    new_store(tmp_path)
    path = tmp_path / "store.duckdb"
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(BadDataError, match="damaged"):
        Store.open(url(path))


def test_a_store_with_a_damaged_block_is_bad_data(tmp_path: Path) -> None:
    """Checksums tell, also where the head of the file is whole."""
    store, site_id = new_store(tmp_path)
    store.apply(site_id, Batch(upserts=comments(1, 5000, body="some longer text")))
    path = tmp_path / "store.duckdb"
    content = bytearray(path.read_bytes())
    content[12_288:] = bytes(byte ^ 0x55 for byte in content[12_288:])
    path.write_bytes(content)

    with pytest.raises(BadDataError, match="damaged"):
        Store.open(url(path))


def test_a_newer_store_is_bad_data_with_another_hint(tmp_path: Path) -> None:
    """Its tables may mean something else: it is not touched."""
    new_store(tmp_path)
    path = tmp_path / "store.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("INSERT INTO schema_version VALUES (9999, 'later')")

    with pytest.raises(BadDataError, match=r"made by a newer pmreport") as caught:
        Store.open(url(path))

    assert caught.value.hint is not None
    assert caught.value.hint.startswith("update pmreport")


def test_a_store_of_a_newer_engine_is_bad_data(tmp_path: Path) -> None:
    """In the words with which DuckDB 1.5 refuses a file of a later format."""
    words = "Trying to read a database file with version number 99, but we can only read versions up to 68."

    fault = known_fault(duckdb.IOException(words), tmp_path / "store.duckdb")

    assert isinstance(fault, BadDataError)
    assert fault.what == "the store was made by a newer pmreport"


def test_an_older_store_gets_the_steps_it_misses(tmp_path: Path) -> None:
    """What it holds stays."""
    path = tmp_path / "store.duckdb"
    first, *_ = migrate.known()
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
        connection.execute("INSERT INTO schema_version VALUES (1, 'tables')")
        connection.execute(first.sql)
        connection.execute("INSERT INTO status VALUES (1, '1', 'To Do', 'new')")

    store = Store.open(url(path))

    assert store.rows(NAMES) == [Name("1", "To Do")]
    assert count(store, "schema_version") == migrate.newest()
    assert count(store, "issue_v") == 0


def test_the_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """A DuckDB file with other tables is no store, and does not become one."""
    path = tmp_path / "analysis.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")

    with pytest.raises(BadDataError, match="no store at all"):
        Store.open(url(path))

    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("SHOW TABLES").fetchall() == [("mine",)]


def test_an_empty_database_becomes_a_store(tmp_path: Path) -> None:
    """There is nothing in it that could be lost."""
    path = tmp_path / "store.duckdb"
    duckdb.connect(path).close()

    assert Store.open(url(path)).site(SITE.base_url) is None


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("sqlite:store.db", "no kind of store is called 'sqlite'"),
        ("duckdb:", "the address of the store names no file"),
    ],
)
def test_another_kind_of_store_is_an_error_of_the_configuration(address: str, what: str) -> None:
    """The hint says what can be written."""
    with pytest.raises(ConfigurationError) as caught:
        Store.open(address)

    assert caught.value.what == what


def test_a_folder_cannot_be_a_store(tmp_path: Path) -> None:
    """The configuration names a file."""
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        Store.open(url(tmp_path))


def test_a_store_cannot_lie_below_a_file(tmp_path: Path) -> None:
    """Its folder cannot be made."""
    (tmp_path / "file").touch()

    with pytest.raises(ConfigurationError, match="the folder of the store cannot be made"):
        Store.open(url(tmp_path / "file" / "store.duckdb"))


def test_where_nothing_was_read_no_store_is_made(tmp_path: Path) -> None:
    """Only a sync makes one; whoever looks before is told what to do."""
    with pytest.raises(BadDataError, match="nothing has been read yet") as caught:
        Store.open(url(tmp_path / "store.duckdb"), create=False)

    assert caught.value.hint == "run: pmreport sync"
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_nowhere_is_not_called_damage(tmp_path: Path) -> None:
    """A disk that is not mounted: the store is elsewhere, and none is made in its place."""
    path = tmp_path / "store.duckdb"
    path.symlink_to(tmp_path / "gone" / "store.duckdb")

    with pytest.raises(ConfigurationError, match="the store is a link to a file that is not there"):
        Store.open(url(path))


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE schema_version; CREATE TABLE schema_version (foo INTEGER)",
        "ALTER TABLE site RENAME TO elsewhere",
    ],
    ids=["column", "table"],
)
def test_a_store_that_lacks_a_table_or_a_column_is_bad_data(tmp_path: Path, change: str) -> None:
    """Somebody has worked on the file; it is told as damage and not as a fault of the program."""
    new_store(tmp_path)
    path = tmp_path / "store.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(change)

    with pytest.raises(BadDataError, match="a table or a column of it is missing") as caught:
        Store.open(url(path)).site(SITE.base_url)

    assert caught.value.where == str(path)
