"""One sync at a time: a second one is told of the first, and reports are read meanwhile."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pmreport.cli.boundary import run as pmreport
from pmreport.errors import ConfigurationError, ExitStatus, TryLaterError
from pmreport.model import rows
from pmreport.store.engine import only_writer
from pmreport.sync.summary import Progress
from tests.support.configured import configured
from tests.support.simulator import Simulator
from tests.support.stores import url
from tests.support.syncing import run, shipped_store, stored

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

# Reads the store for a second, as a slow report does, and says how many issues it saw at the end of it.
READER = """
import sys, time
from pmreport.store.engine import Store
from pmreport.sync import stored

store = Store.open(sys.argv[1], create=False)
with store.reading() as reader:
    print("reading", flush=True)
    time.sleep(1)
    print(stored.issue_count(reader, 1))
"""


@contextmanager
def started(script: str, address: str, word: str) -> Iterator[subprocess.Popen[str]]:
    """Another process, once it has said its word; it ends with the block at the latest."""
    with subprocess.Popen(
        [sys.executable, "-c", script, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{word}\n"
        try:
            yield process
        finally:
            if process.stdin is not None and not process.stdin.closed:
                process.stdin.close()


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Where a store may be; there is none yet."""
    return url(tmp_path / "store.duckdb")


def test_a_second_writer_is_told_of_the_first(address: str) -> None:
    """Exit status 75 at once: which process, on which machine, since when, and how to wait for it."""
    with started(HOLDER, address, "holding") as first:
        began = time.monotonic()
        with pytest.raises(TryLaterError) as caught, only_writer(address, now=NOW):
            pytest.fail("two writers at a time")
        took = time.monotonic() - began

    assert caught.value.status is ExitStatus.TRY_LATER
    assert caught.value.what.startswith(f"another sync or forget (process {first.pid} on ")
    assert caught.value.what.endswith(" since 2 Nov 2026 10:31 UTC) is running")
    assert "--wait SECONDS" in str(caught.value.hint)
    assert took < 0.5


def test_the_file_tells_who_holds_it_while_it_is_held(address: str, tmp_path: Path) -> None:
    """As JSON, for people too; the instant is in UTC whatever the zone it came in, and goes with the lock."""
    lock = tmp_path / "store.duckdb.lock"

    with only_writer(address, now=NOW.astimezone(timezone(timedelta(hours=2)))):
        told = json.loads(lock.read_text(encoding="utf-8"))

    assert (told["pid"], told["started"]) == (os.getpid(), "2026-11-02T10:31:00+00:00")
    assert lock.read_bytes() == b""


def test_the_lock_of_a_killed_process_is_no_obstacle(address: str, tmp_path: Path) -> None:
    """The system gives it back; what the dead one wrote about itself counts no more."""
    with started(HOLDER, address, "holding") as first:
        first.kill()
        first.wait()
        left = json.loads((tmp_path / "store.duckdb.lock").read_text(encoding="utf-8"))

        with only_writer(address, now=NOW):
            taken = json.loads((tmp_path / "store.duckdb.lock").read_text(encoding="utf-8"))

    assert (left["pid"], taken["pid"]) == (first.pid, os.getpid())


def test_a_file_of_which_nothing_can_be_read_is_no_obstacle(address: str, tmp_path: Path) -> None:
    """Whatever stands in it; and a holder who has not yet told anything is told of without a name."""
    (tmp_path / "store.duckdb.lock").write_bytes(b"\xff{")

    with only_writer(address, now=NOW):
        (tmp_path / "store.duckdb.lock").write_bytes(b"[]")
        with (
            pytest.raises(TryLaterError, match=r"^another sync or forget is running$"),
            only_writer(address, now=NOW),
        ):
            pytest.fail("two writers at a time")


def test_a_writer_waits_until_the_first_has_ended(address: str) -> None:
    """It hears once whom it waits for, and goes on soon after the end."""
    heard: list[str] = []
    with started(HOLDER, address, "holding") as first:
        assert first.stdin is not None
        ending = threading.Timer(0.5, first.stdin.close)
        ending.start()
        began = time.monotonic()
        with only_writer(address, now=NOW, wait_seconds=20, waiting=heard.append):
            took = time.monotonic() - began
        ending.join()

    assert len(heard) == 1
    assert f"process {first.pid} on " in heard[0]
    assert 0.4 < took < 10


def test_a_wait_runs_out(address: str) -> None:
    """Then it is told as if it had not waited."""
    with started(HOLDER, address, "holding") as first:
        began = time.monotonic()
        with (
            pytest.raises(TryLaterError, match=f"process {first.pid}"),
            only_writer(address, now=NOW, wait_seconds=0.4),
        ):
            pytest.fail("two writers at a time")
        took = time.monotonic() - began

    assert 0.4 <= took < 5


def test_a_link_to_the_store_is_the_same_store(address: str, tmp_path: Path) -> None:
    """Whoever reaches it by another name is told of the first all the same."""
    shipped_store(tmp_path)
    (tmp_path / "link.duckdb").symlink_to(tmp_path / "store.duckdb")

    with only_writer(address, now=NOW), pytest.raises(TryLaterError):
        only_writer(url(tmp_path / "link.duckdb"), now=NOW).__enter__()


def test_a_lock_that_is_a_folder_is_told(address: str, tmp_path: Path) -> None:
    """Exit status 78, with the place."""
    (tmp_path / "store.duckdb.lock").mkdir()

    with pytest.raises(ConfigurationError, match="cannot be locked") as caught, only_writer(address, now=NOW):
        pytest.fail("no lock, and yet inside")

    assert caught.value.where == str(tmp_path / "store.duckdb.lock")


def test_a_second_sync_ends_with_75_and_asks_jira_nothing(
    simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither with --wait that runs out, nor as a rebuild; and afterwards it runs."""
    config = configured(tmp_path, simulator.site, "OPS")
    words, environ = ["--config", str(config), "sync"], {"PMREPORT_JIRA_TOKEN": simulator.site.token}

    with started(HOLDER, url(tmp_path / "store.duckdb"), "holding") as first:
        ended = [pmreport([*words, *more], environ) for more in ([], ["--wait", "1"], ["--rebuild"])]
    said = capsys.readouterr()

    assert ended == [ExitStatus.TRY_LATER] * 3
    assert said.err.count(f"error: another sync or forget (process {first.pid} on ") == 3
    assert said.err.count("waiting for another sync or forget") == 1
    assert said.out == ""
    assert not (tmp_path / "store.duckdb").exists()
    assert pmreport(words, environ) == ExitStatus.OK


def test_a_wait_that_is_no_number_of_seconds_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2."""
    assert pmreport(["sync", "--wait", "-1"], {}) == ExitStatus.USAGE
    assert "--wait" in capsys.readouterr().err


def test_reports_are_read_while_a_sync_runs_and_it_waits_for_them(
    simulator: Simulator, address: str, tmp_path: Path
) -> None:
    """A reader that holds the file for a second in the middle of a sync is let in, and nothing is lost."""
    store = shipped_store(tmp_path)
    steps: list[float] = []
    readers: list[subprocess.Popen[str]] = []

    def read(step: Progress) -> None:
        if step.done > 60:
            if not readers:
                readers.append(reading(address))
                half.append(len(stored(store, rows.IssueRow)))
            steps.append(time.monotonic())

    half: list[int] = []
    with only_writer(address, now=NOW):
        run(simulator, store, page_size=2, progress=read)
    with readers[0] as reader:
        said, _ = reader.communicate()

    assert (reader.returncode, said) == (0, f"{half[0]}\n")
    assert steps[-1] - steps[0] > 0.8, "the next batch waited for the reader"
    assert 0 < half[0] < len(stored(store, rows.IssueRow))


def reading(address: str) -> subprocess.Popen[str]:
    """Another process that has begun to read the store."""
    process = subprocess.Popen([sys.executable, "-c", READER, address], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "reading\n"
    return process
