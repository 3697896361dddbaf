"""The journal on a real disk: nothing typed is lost, whatever happens beside it."""

import errno
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pmreport.errors import BadDataError, PmreportError, StorageFullError, TryLaterError
from pmreport.model.journal import dump
from pmreport.model.journal_kinds import FollowUp, FollowUpType
from pmreport.model.problem import ProblemKind
from pmreport.store import file_lock, journal
from pmreport.store.sending import only_sender
from tests.support.full_disk import room_for
from tests.support.journals import ENTRIES, entry


def test_the_first_entry_makes_a_folder_and_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    """0700 and 0600; before it there is nothing to read, and that is no fault."""
    path = tmp_path / "data" / "me" / "journal.jsonl"
    assert journal.read(path).entries == ()

    journal.append(path, ENTRIES[0])

    assert journal.read(path).entries == ENTRIES[:1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_stands_there_is_never_changed(tmp_path: Path) -> None:
    """Adding writes behind it, byte for byte."""
    path = tmp_path / "journal.jsonl"
    journal.append(path, *ENTRIES[:2])
    before = path.read_bytes()

    journal.append(path, *ENTRIES[2:])

    assert path.read_bytes() == before + b"".join(dump(each) for each in ENTRIES[2:])
    assert journal.read(path).entries == ENTRIES


def test_nothing_is_glued_to_a_torn_entry(tmp_path: Path) -> None:
    """It is kept as it is and told; the entries before and behind it are read."""
    path = tmp_path / "journal.jsonl"
    journal.append(path, ENTRIES[0])
    with path.open("ab") as file:
        file.write(dump(ENTRIES[1])[:40])
    assert [problem.kind for problem in journal.read(path).problems] == [ProblemKind.JOURNAL_TORN]

    journal.append(path, ENTRIES[2])
    found = journal.read(path)

    assert found.entries == (ENTRIES[0], ENTRIES[2])
    assert [(problem.kind, problem.subject) for problem in found.problems] == [
        (ProblemKind.JOURNAL_UNREADABLE, "journal.jsonl:2")
    ]
    assert dump(ENTRIES[1])[:40] in path.read_bytes()


def test_an_editor_that_drops_the_last_line_end_costs_nothing(tmp_path: Path) -> None:
    """The entry is whole, so it counts, and the next one begins a line."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(dump(ENTRIES[0]).rstrip(b"\n"))

    journal.append(path, ENTRIES[1])

    assert journal.read(path).entries == ENTRIES[:2]
    assert journal.read(path).problems == ()


def test_two_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    """Every entry of both is there, whole."""
    path = tmp_path / "journal.jsonl"
    writer = textwrap.dedent("""
        import sys
        from pathlib import Path
        from pmreport.store import journal
        from tests.support.journals import BASELINE, entry

        for number in range(40):
            journal.append(Path(sys.argv[1]), entry(BASELINE, number=int(sys.argv[2]) + number))
    """)
    both = [
        subprocess.Popen([sys.executable, "-c", writer, str(path), str(first)], cwd=Path.cwd())
        for first in (1000, 2000)
    ]

    assert [process.wait(timeout=60) for process in both] == [0, 0]
    found = journal.read(path)
    assert len({each.id for each in found.entries}) == 80
    assert found.problems == ()


def test_a_full_disk_leaves_the_journal_as_it_was(tmp_path: Path) -> None:
    """The part that went through is taken back; the error says what to do."""
    path = tmp_path / "journal.jsonl"
    journal.append(path, ENTRIES[0])
    before = path.read_bytes()
    with (
        room_for(len(before) + 20),
        pytest.raises(StorageFullError, match="your journal is as it was") as caught,
    ):
        journal.append(path, ENTRIES[1])

    assert caught.value.where == str(path)
    assert path.read_bytes() == before


def test_a_full_disk_leaves_no_half_copy_of_the_journal(tmp_path: Path) -> None:
    """A journal that cannot be written anew is as it was, and nothing lies beside it."""
    path = tmp_path / "journal.jsonl"
    journal.append(path, *ENTRIES)
    before = path.read_bytes()

    with room_for(len(before) - 20), pytest.raises(StorageFullError):
        journal.rewrite(path, lambda text: text)

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {path.name: before}


def test_a_writer_that_never_ends_is_not_waited_for_forever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command can be run again later."""
    path = tmp_path / "journal.jsonl"
    journal.append(path, ENTRIES[0])
    monkeypatch.setattr(journal, "_PATIENCE_SECONDS", 0.2)
    file = os.open(path, os.O_RDWR)
    assert file_lock.acquired(file, 0.0)
    try:
        with pytest.raises(TryLaterError, match="another pmreport is writing"):
            journal.append(path, ENTRIES[1])
    finally:
        os.close(file)

    assert journal.read(path).entries == ENTRIES[:1]


def test_a_journal_written_anew_meanwhile_gets_the_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry must not go into the file that was just replaced."""
    path = tmp_path / "journal.jsonl"
    journal.append(path, ENTRIES[0])
    real = file_lock.acquired
    replaced: list[int] = []

    def slow(file: int, wait_seconds: float) -> bool:
        if not replaced:
            replaced.append(file)
            (tmp_path / "new").write_bytes(dump(ENTRIES[1]))
            (tmp_path / "new").replace(path)
        return real(file, wait_seconds)

    monkeypatch.setattr(file_lock, "acquired", slow)
    journal.append(path, ENTRIES[2])

    assert journal.read(path).entries == (ENTRIES[1], ENTRIES[2])


def test_a_journal_removed_meanwhile_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a new one: an entry that no name leads to would be lost."""
    path = tmp_path / "journal.jsonl"
    real = file_lock.acquired
    removed: list[int] = []

    def slow(file: int, wait_seconds: float) -> bool:
        if not removed:
            removed.append(file)
            path.unlink()
        return real(file, wait_seconds)

    monkeypatch.setattr(file_lock, "acquired", slow)
    journal.append(path, ENTRIES[2])

    assert journal.read(path).entries == ENTRIES[2:3]


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    """With the setting that leads elsewhere."""
    (tmp_path / "file").touch()

    with pytest.raises(PmreportError, match="cannot write to your journal: ") as caught:
        journal.append(tmp_path / "file" / "journal.jsonl", ENTRIES[0])

    assert "[me]" in (caught.value.hint or "")


def test_a_journal_that_cannot_be_read_is_an_error_and_not_empty(tmp_path: Path) -> None:
    """Otherwise a report would be made as if nothing had ever been typed."""
    (tmp_path / "journal.jsonl").mkdir()

    with pytest.raises(BadDataError, match="the journal cannot be read: is a directory"):
        journal.read(tmp_path / "journal.jsonl")


def test_half_a_surrogate_pair_does_not_break_the_file(tmp_path: Path) -> None:
    """A terminal can send one; it becomes a sign that every reader knows."""
    path = tmp_path / "journal.jsonl"
    journal.append(path, entry(FollowUp(type=FollowUpType.ACTION, statement="a \ud800 b")))

    (found,) = journal.read(path).entries

    assert isinstance(found.payload, FollowUp)
    assert found.payload.statement == "a ? b"


def test_one_sends_at_a_time(tmp_path: Path) -> None:
    """A second one is told at once; after the first has ended, or was killed, the way is free."""
    path = tmp_path / "me" / "journal.jsonl"
    with only_sender(path), pytest.raises(TryLaterError, match="sending right now"), only_sender(path):
        pass
    with only_sender(path):
        assert (tmp_path / "me" / "send.lock").stat().st_size == 0


def test_where_no_lock_can_be_nothing_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the place of the folder, or a file system that knows no locks."""
    (tmp_path / "me").write_text("", encoding="utf-8")
    with (
        pytest.raises(PmreportError, match="nothing is sent"),
        only_sender(tmp_path / "me" / "journal.jsonl"),
    ):
        pass

    def no_locks(*_: object) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(file_lock, "acquired", no_locks)
    with pytest.raises(PmreportError, match="nothing is sent"), only_sender(tmp_path / "journal.jsonl"):
        pass
