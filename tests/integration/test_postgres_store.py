"""A store on PostgreSQL holds what a file holds, and many may read it while one writes."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from pmreport.demo.dialect import CLOUD
from pmreport.errors import TryLaterError
from pmreport.model.query import Query
from pmreport.model.rows import CommentItemRow, IssueRow, RawDocumentRow
from pmreport.store.batch import Batch, Replacement
from pmreport.store.documents import document
from pmreport.store.engine import Store, only_writer
from pmreport.sync.rebuild import rebuild
from pmreport.sync.run import SyncRequest
from pmreport.sync.settings import ScopeSettings
from pmreport.sync.summary import Outcome, Progress
from tests.support.postgres import administer, fresh_database
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import first_of, motley
from tests.support.stores import SITE, Count, comments, count, statuses
from tests.support.syncing import difference, new_store, run, stored, tables

NOW = datetime(2026, 11, 2, 10, 31, tzinfo=UTC)

# Holds the store as a sync does, until it is told to end.
HOLDER = """
import sys
from datetime import UTC, datetime
from pmreport.store.engine import only_writer

with only_writer(sys.argv[1], now=datetime(2026, 11, 2, 10, 31, tzinfo=UTC)):
    print("holding", flush=True)
    sys.stdin.read()
"""

# Writes half of a batch and waits.
HALF = """
import sys
from pmreport.store import write
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from tests.support.stores import comments

with Store.open(sys.argv[1])._database.writing() as session:
    write.apply(session, 1, Batch(upserts=comments(1, 50)))
    print("holding", flush=True)
    sys.stdin.read()
"""


@contextmanager
def started(script: str, address: str) -> Iterator[subprocess.Popen[str]]:
    """Another process, once it holds what it is to hold; it ends with the block at the latest."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        try:
            yield process
        finally:
            if process.stdin is not None and not process.stdin.closed:
                process.stdin.close()


@pytest.fixture
def store(database: str) -> Store:
    """An empty store with one site, whose id is 1."""
    made = Store.open(database)
    made.register_site(SITE)
    return made


@pytest.fixture(scope="module")
def site() -> Iterator[Simulator]:
    """A small site in which everything occurs: read it, do not edit it."""
    with serving(motley(CLOUD, ("SHOP", "OPS"), of_each=10)) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def synced(site: Simulator, postgres: str) -> Iterator[str]:
    """The url of a store after one sync of that site: read it, do not write it."""
    with fresh_database(postgres) as url:
        store = Store.open(url)
        assert run(site, store, projects=("SHOP", "OPS")).status is Outcome.COMPLETE
        store.settle()
        yield url


def test_a_sync_leaves_the_same_rows_as_in_a_file(site: Simulator, synced: str, tmp_path: Path) -> None:
    """Every table of what Jira says, row for row; and a second sync finds nothing new to write."""
    file = new_store(tmp_path)
    run(site, file, projects=("SHOP", "OPS"))
    store = Store.open(synced)

    assert difference(store, file) == {}
    assert count(store, "issue") > 50
    assert [(row.kind, row.id, row.sha256) for row in _documents(store)] == [
        (row.kind, row.id, row.sha256) for row in _documents(file)
    ]


def _documents(store: Store) -> list[RawDocumentRow]:
    return sorted(stored(store, RawDocumentRow), key=lambda row: (row.kind, row.id, row.part_no))


def test_a_sync_of_an_unchanged_site_writes_nothing(site: Simulator, database: str) -> None:
    """Rows that are there already are found by their keys and left alone."""
    store = Store.open(database)
    run(site, store, projects=("OPS",))
    before = tables(store)

    summary = run(site, store, projects=("OPS",))

    assert (summary.issues.inserted, summary.issues.updated) == (0, 0)
    assert tables(store) == before


def test_what_changes_in_jira_changes_in_the_store(database: str) -> None:
    """New words, and what no text of PostgreSQL can hold: half a surrogate pair, and a NUL."""
    with serving(first_of("OPS", 8)) as edited:
        store = Store.open(database)
        run(edited, store)
        told = next(iter(edited.state.corpus.told()))
        edited.edit(do="summary", value="New words \N{GRINNING FACE}", issue=told.id)
        edited.edit(do="comment", text="RISK: half a pair \ud83d and\x00a NUL", issue=told.id)
        summary = run(edited, store)

    (words,) = (row.summary for row in stored(store, IssueRow) if row.issue_id == told.id)
    (body,) = (row.body for row in stored(store, CommentItemRow) if "half a pair" in row.body)
    assert summary.issues.updated == 1
    assert words == "New words \N{GRINNING FACE}"
    assert body == "RISK: half a pair ? and\N{REPLACEMENT CHARACTER}a NUL"


def test_a_batch_is_written_as_the_store_promises(store: Store) -> None:
    """Inserted, left alone, changed and replaced rows are counted as in a file."""
    assert store.apply(1, Batch(upserts=comments(1, 3))) == 3
    assert store.apply(1, Batch(upserts=comments(1, 3))) == 0
    assert store.apply(1, Batch(upserts=comments(3, 2, body="other"))) == 2
    assert store.apply(1, Batch(upserts=comments(1, 1), anew=frozenset({CommentItemRow}))) == 1
    history = Replacement(row_type=type(statuses(1, 0)[0]), key="issue_id", keys=[1], rows=statuses(1, 0, 5))
    assert store.apply(1, Batch(replacements=[history])) == 2
    shorter = Replacement(row_type=history.row_type, key="issue_id", keys=[1], rows=statuses(1, 0))
    assert store.apply(1, Batch(replacements=[shorter, shorter])) == 2

    assert (count(store, "comment_item"), count(store, "issue_status")) == (4, 1)


def test_documents_come_in_order_page_after_page(store: Store) -> None:
    """Five hundred at a time, by id and part, each as it was written."""
    written = [document("issue", number, {"n": number}, 1) for number in range(1200)]
    written.append(document("issue", 7, {"n": "more"}, 1, part_no=1))
    store.apply(1, Batch(upserts=written))

    read = [(each.id, each.part_no) for each in store.documents(1, "issue")]

    assert len(read) == 1201
    assert read == sorted(read)


def test_a_long_answer_comes_in_pieces(store: Store) -> None:
    """The server keeps the rest."""
    store.apply(1, Batch(upserts=comments(1, 25)))

    with store.reading() as reader:
        text = "SELECT comment_id AS n FROM comment_item WHERE site_id = $site_id ORDER BY comment_id"
        sizes = [len(piece) for piece in reader.pieces(Query(text, Count, {"site_id": 1}), size=10)]

    assert sizes == [10, 10, 5]


def test_more_values_than_the_protocol_takes_are_asked_for_all_the_same(store: Store) -> None:
    """65,535 is the end of what is bound by the server; beyond, psycopg writes them into the text."""
    store.apply(1, Batch(upserts=comments(1, 3)))
    parameters = {f"a{number}": number for number in range(66_000)}
    marks = ", ".join(f"${name}" for name in parameters)
    text = f"SELECT count(*) AS n FROM comment_item WHERE comment_id IN ({marks})"  # noqa: S608 - marks

    assert store.rows(Query(text, Count, parameters)) == [Count(3)]


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    """Neither what is not committed yet, nor what is committed after its first question; nobody waits."""
    store.apply(1, Batch(upserts=comments(1, 3)))
    with store.reading() as reader:
        before = _comments(reader.rows(_COUNT))
        with store._database.writing() as session:
            session.execute("DELETE FROM comment_item")
            during = count(store, "comment_item")
        after = _comments(reader.rows(_COUNT))

    assert (before, during, after, count(store, "comment_item")) == (3, 3, 3, 0)


_COUNT = Query("SELECT count(*) AS n FROM comment_item", Count)


def _comments(rows: list[Count]) -> int:
    return rows[0].n


def test_a_reader_cannot_write(store: Store) -> None:
    """The transaction is read only, whatever the rights of the user are."""
    with pytest.raises(Exception, match="only answers questions"), store.reading() as reader:
        reader._session.execute("DELETE FROM site")

    assert count(store, "site") == 1


def test_a_batch_that_breaks_off_leaves_nothing(store: Store, database: str) -> None:
    """Killed between two statements of a transaction; the next one waits for nobody."""
    with started(HALF, database) as other:
        other.kill()
        other.wait()

        assert count(store, "comment_item") == 0
        assert store.apply(1, Batch(upserts=comments(1, 2))) == 2


def test_batches_take_turns(store: Store, database: str) -> None:
    """The second waits, and is told to come again where that takes too long."""
    hasty = Store.open(database, wait_seconds=0.1)
    with (
        store._database.writing(),
        pytest.raises(TryLaterError, match="somebody else writes the store"),
    ):
        hasty.apply(1, Batch(upserts=comments(1, 1)))

    assert hasty.apply(1, Batch(upserts=comments(1, 1))) == 1


def test_an_interrupted_sync_goes_on(site: Simulator, synced: str, database: str) -> None:
    """What was committed stays; the next sync reads the rest and ends where an undisturbed one ends."""

    def interrupt(progress: Progress) -> None:
        if progress.phase == "issues of OPS" and progress.done:
            raise KeyboardInterrupt

    store = Store.open(database)
    with pytest.raises(KeyboardInterrupt):
        run(site, store, projects=("SHOP", "OPS"), page_size=10, progress=interrupt)
    halfway = count(store, "issue")

    run(site, store, projects=("SHOP", "OPS"))

    assert 0 < halfway < count(store, "issue")
    assert difference(store, Store.open(synced)) == {}


def test_a_rebuild_changes_nothing_and_nobody_notices(site: Simulator, database: str) -> None:
    """All rows are made again inside one transaction; who looks meanwhile sees all of the old ones."""
    store = Store.open(database)
    run(site, store, projects=("SHOP", "OPS"))
    before, seen = tables(store), []
    other = Store.open(database)

    def look(_: Progress) -> None:
        seen.append(count(other, "issue"))

    summary = rebuild(store, 1, _request(), page_size=20, progress=look)

    assert summary.issues.seen == count(store, "issue")
    assert tables(store) == before
    assert len(seen) > 3
    assert set(seen) == {count(store, "issue")}


def test_a_rebuild_that_breaks_off_changes_nothing(site: Simulator, database: str) -> None:
    """The transaction goes, the old rows stay."""
    store = Store.open(database)
    run(site, store)
    before = tables(store)

    def interrupt(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(store, 1, _request(), page_size=5, progress=interrupt)

    assert tables(store) == before


def _request() -> SyncRequest:
    return SyncRequest(scope=ScopeSettings(projects=("SHOP", "OPS")))


def test_a_second_writer_is_told_of_the_first(database: str) -> None:
    """Exit status 75 at once, also before there is a store: which process, on which machine, since when."""
    with started(HOLDER, database) as first:
        began = time.monotonic()
        with pytest.raises(TryLaterError) as caught, only_writer(database, now=NOW):
            pytest.fail("two writers at a time")
        took = time.monotonic() - began

    assert caught.value.what.startswith(f"another sync or forget (process {first.pid} on ")
    assert caught.value.what.endswith(" since 2 Nov 2026 10:31 UTC) is running")
    assert "--wait SECONDS" in str(caught.value.hint)
    assert took < 2


def test_a_writer_waits_until_the_first_has_ended(database: str) -> None:
    """It hears once whom it waits for; a killed process holds nothing."""
    heard: list[str] = []
    with started(HOLDER, database) as first:
        ending = threading.Timer(0.3, first.kill)
        ending.start()
        with only_writer(database, now=NOW, wait_seconds=20, waiting=heard.append):
            pass
        ending.join()

    assert [f"process {first.pid} on " in each for each in heard] == [True]


def test_two_databases_of_one_server_have_a_writer_each(database: str, postgres: str) -> None:
    """The lock belongs to the database."""
    with fresh_database(postgres) as other, only_writer(database, now=NOW), only_writer(other, now=NOW):
        assert administer(postgres, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [(2,)]


def test_a_connection_that_died_meanwhile_is_opened_again(store: Store, postgres: str) -> None:
    """A server that was started again between two batches is no dead end."""
    store.apply(1, Batch(upserts=comments(1, 2)))
    administer(postgres, _END_ALL)

    assert count(store, "comment_item") == 2
    administer(postgres, _END_ALL)
    assert store.apply(1, Batch(upserts=comments(3, 1))) == 1


_END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'store_%'"


def test_a_table_that_grows_is_found_by_an_index(synced: str) -> None:
    """Each key that the migrations only name in a comment is one here, and the rows of an issue are found."""
    with psycopg.connect(synced) as connection:
        found = connection.execute(
            "SELECT tablename, count(*) FROM pg_indexes WHERE schemaname = 'pmreport' GROUP BY tablename"
        ).fetchall()

    assert {name: number for name, number in found if name in _GROWING} == _GROWING


_GROWING = {
    "comment_item": 2,
    "issue": 3,
    "issue_change": 2,
    "issue_estimate": 1,
    "issue_link": 3,
    "issue_sprint": 1,
    "issue_status": 1,
    "issue_value": 1,
    "raw_document": 2,
    "worklog": 2,
}


def test_after_a_first_sync_the_planner_knows_the_tables(synced: str) -> None:
    """It would guess until the server counts by itself; what nobody has counted says -1."""
    with psycopg.connect(synced) as connection:
        found = connection.execute("SELECT reltuples FROM pg_class WHERE oid = 'pmreport.issue'::regclass")

        assert found.fetchone() == (count(Store.open(synced), "issue"),)
