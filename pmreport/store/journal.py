"""The journal file: entries are added at its end and never changed, each on the disk before it is told so."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pmreport.errors import BadDataError, PmreportError, StorageFullError, TryLaterError, is_full
from pmreport.model import journal
from pmreport.model.journal import Entry, Reading
from pmreport.store import file_lock

_PATIENCE_SECONDS = 10.0  # an entry takes a disk a moment
_OWN_FOLDER = "name a folder that you may write to, as `folder` in the section [me]"


def read(path: Path) -> Reading:
    """Everything that was typed, and what of it cannot be read; nothing before the first entry.

    Nobody has to wait for a reader: a line being written is told as torn, at worst. Raises BadDataError where
    the file itself cannot be read.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Reading(())
    except OSError as error:
        raise BadDataError(
            f"the journal cannot be read: {_why(error)}",
            where=str(path),
            hint="it is yours alone; give yourself the right to read it, and keep a copy of it",
        ) from error
    return journal.load(text, where=path.name)


def append(path: Path, *entries: Entry) -> None:
    """Add entries at the end: all of them are on the disk when this returns, or none is in the file.

    Of two processes that add at once, one waits. What a crash left without its end gets one first, so that
    nothing is glued to it.

    Raises:
        StorageFullError: the disk is full; the journal is as it was.
        TryLaterError: another process has been writing for too long.
        PmreportError: the file or its folder cannot be written to, or its file system knows no locks.
    """
    text = b"".join(journal.dump(entry) for entry in entries)
    try:
        with _held(path) as file:
            _add(file, text)
            settle(path.parent)
    except OSError as error:
        raise _refused(path, error) from error


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Put what `change` makes of the journal in its place, whole or not at all; nobody adds meanwhile.

    Raises as `append`.
    """
    try:
        with _held(path):
            draft = path.with_name(f".{path.name}.new")
            try:
                _write_draft(draft, change(path.read_bytes()))
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)
            settle(path.parent)
    except OSError as error:
        raise _refused(path, error) from error


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """The journal in its folder, made where there is none, open and locked."""
    made = _make_folder(path.parent)
    file = _locked(path)
    try:
        yield file
    finally:
        file_lock.release(file)
        os.close(file)
    if made:
        settle(made)


def _write_draft(draft: Path, content: bytes) -> None:
    draft.unlink(missing_ok=True)  # what a crash left behind
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> Path | None:
    """Make the person's folder, for their eyes only; the folder that holds it, if it had to be made."""
    if folder.is_dir():
        return None
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder.parent


def _locked(path: Path) -> int:
    """The journal, open and locked.

    A file that was replaced while we waited (`forget` writes it anew) is not the journal any more.
    """
    while True:
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            has_it = file_lock.acquired(file, _PATIENCE_SECONDS)
            is_journal = has_it and _is_still(path, file)
        except BaseException:
            os.close(file)
            raise
        if is_journal:
            return file
        os.close(file)
        if not has_it:
            raise TryLaterError(
                "another pmreport is writing to your journal",
                where=str(path),
                hint="wait until it has finished, then run the command again",
            )


def _is_still(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _add(file: int, text: bytes) -> None:
    """Write at the end and wait for the disk; what cannot be written whole is taken back."""
    size = os.fstat(file).st_size
    if size and not _ends_a_line(file, size):
        text = b"\n" + text
    try:
        left = text
        while left:  # a disk that fills up takes a part first, and says so at the next
            left = left[os.write(file, left) :]
        os.fsync(file)
    except OSError:
        with suppress(OSError):
            os.ftruncate(file, size)
            os.fsync(file)
        raise


def _ends_a_line(file: int, size: int) -> bool:
    os.lseek(file, size - 1, os.SEEK_SET)
    return os.read(file, 1) == b"\n"


def settle(folder: Path) -> None:
    """Wait until the names of the files in a folder are on the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(path: Path, error: OSError) -> PmreportError:
    if is_full(error):
        return StorageFullError(
            "the disk is full; your journal is as it was",
            where=str(path),
            hint="make room and run the command again",
        )
    return PmreportError(f"cannot write to your journal: {_why(error)}", where=str(path), hint=_OWN_FOLDER)


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
