"""Several processes and several threads at one store, and a disk that fills up."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pmreport.errors import ExitStatus, TryLaterError
from pmreport.store.batch import Batch
from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.engine import Store
from pmreport.store.migrate import migrate
from pmreport.store.sandbox import read_only
from tests.support.stores import comments, count, new_store, url

_WRITER = """
import sys
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from tests.support.stores import comments

store = Store.open(sys.argv[1])
for batch in range(20):
    store.apply(1, Batch(upserts=comments(batch * 500, 500)))
"""

_HOLDER = """
import sys
from pathlib import Path
from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile

file = DuckDbFile(Path(sys.argv[1]), 10)
with file.writing() if sys.argv[2] == "writes" else file.reading():
    print("holding", flush=True)
    sys.stdin.read()
"""

_FILLING = """
import resource, sys
from pmreport.errors import StorageFullError
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from tests.support.stores import comments

store = Store.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
written = 0
try:
    while True:
        written += store.apply(1, Batch(upserts=comments(written, 1000, body=str(hash(str(written))) * 20)))
except StorageFullError as error:
    print(written, int(error.status), error.where)
"""

_KILLED = """
import os, sys
from pathlib import Path
from pmreport.store import write
from pmreport.store.batch import Batch
from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.engine import Store
from tests.support.stores import comments

store = Store.open(sys.argv[1])
store.apply(1, Batch(upserts=comments(0, 1000)))
with DuckDbFile(Path(sys.argv[2]), 10).writing() as session:
    write.apply(session, 1, Batch(upserts=comments(1000, 1000)))
    os._exit(9)
"""


def run(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Another process of pmreport, to its end."""
    return subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)


def start(script: str, *words: str) -> subprocess.Popen[str]:
    """Another process of pmreport, running beside this one."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_reader_and_a_writer_get_along(tmp_path: Path) -> None:
    """While one process writes batch after batch another reads: none fails, only whole batches show."""
    store, _ = new_store(tmp_path)
    seen = []
    with start(_WRITER, url(tmp_path / "store.duckdb")) as writer:
        while writer.poll() is None:
            seen.append(count(store, "comment_item"))
        _, errors = writer.communicate()

    assert (writer.returncode, errors) == (0, "")
    assert seen == sorted(seen)
    assert all(number % 500 == 0 for number in seen)
    assert len(set(seen)) > 3, "the reader was let in while the writer was busy"
    assert count(store, "comment_item") == 10_000


@pytest.mark.parametrize("does", ["writes", "reads"])
def test_a_store_that_stays_in_use_is_tried_later(tmp_path: Path, does: str) -> None:
    """After the time to wait, the error names the process that holds the file."""
    new_store(tmp_path)
    path = tmp_path / "store.duckdb"
    with start(_HOLDER, str(path), does) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        store = Store(DuckDbDatabase(DuckDbFile(path, 0.1)))
        with pytest.raises(
            TryLaterError, match=rf"in use by process {holder.pid}, still after 0.1 s"
        ) as caught:
            store.apply(1, Batch(upserts=comments(1, 1)))
        holder.communicate()

    assert caught.value.status is ExitStatus.TRY_LATER
    assert caught.value.where == str(path)
    assert store.apply(1, Batch(upserts=comments(1, 1))) == 1


def test_readers_share_the_store(tmp_path: Path) -> None:
    """Two reports at the same time, and a question typed meanwhile."""
    store, _ = new_store(tmp_path)
    with start(_HOLDER, str(tmp_path / "store.duckdb"), "reads") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        with store.reading():
            assert count(store, "site") == 1
        table = read_only(url(tmp_path / "store.duckdb"), "SELECT name FROM site", limit=None)
        holder.communicate()

    assert table.records == [("acme",)]


def test_threads_of_one_process_wait_for_each_other(tmp_path: Path) -> None:
    """DuckDB refuses a reader and a writer in one process: here the one waits until the other has left."""
    store, site_id = new_store(tmp_path)
    with store.reading():
        writer = threading.Thread(target=store.apply, args=(site_id, Batch(upserts=comments(1, 7))))
        writer.start()
        time.sleep(0.1)
        assert count(store, "comment_item") == 0
    writer.join()

    assert count(store, "comment_item") == 7


def test_whoever_waits_for_himself_is_told_so(tmp_path: Path) -> None:
    """Writing while reading in one thread can never work."""
    new_store(tmp_path)
    store = Store(DuckDbDatabase(DuckDbFile(tmp_path / "store.duckdb", 0.1)))

    with store.reading(), pytest.raises(TryLaterError, match="in use by another part of pmreport"):
        store.apply(1, Batch(upserts=comments(1, 1)))


def test_of_two_who_make_the_store_the_first_one_wins(tmp_path: Path) -> None:
    """The second one finds it made, and leaves it as it is."""
    store, _ = new_store(tmp_path)

    DuckDbFile(tmp_path / "store.duckdb", 10).create(migrate)

    assert count(store, "site") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["store.duckdb"]


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of a file's size is of POSIX")
def test_a_full_disk_keeps_what_was_written_before(tmp_path: Path) -> None:
    """The batch that does not fit is not there at all; those before it are, and can be read."""
    store, _ = new_store(tmp_path)
    path = tmp_path / "store.duckdb"

    ended = run(_FILLING, url(path))

    written, status, where = ended.stdout.split()
    assert (int(status), where, ended.returncode) == (ExitStatus.OTHER, str(path), 0)
    assert count(store, "comment_item") == int(written) > 0
    assert store.apply(1, Batch(upserts=comments(10**6, 1))) == 1


def test_a_killed_writer_loses_its_open_batch_only(tmp_path: Path) -> None:
    """The store is as it was after the last batch, and goes on."""
    store, _ = new_store(tmp_path)
    path = tmp_path / "store.duckdb"

    assert run(_KILLED, url(path), str(path)).returncode == 9

    assert count(store, "comment_item") == 1000
    assert store.apply(1, Batch(upserts=comments(1000, 1000))) == 1000
