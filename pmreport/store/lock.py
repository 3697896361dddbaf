"""One writer at a time: a lock of the operating system beside the store, which ends with its process."""

import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pmreport.errors import ConfigurationError
from pmreport.store import file_lock
from pmreport.store.holder import Holder, held, said, unheard

_LONGEST = 4096  # of what a holder writes about itself


@contextmanager
def only_writer(
    path: Path, *, now: datetime, wait_seconds: float = 0.0, waiting: Callable[[str], None] = unheard
) -> Iterator[None]:
    """Nobody else is inside such a block with the same `path`; `now` is told to those who would be.

    The file stays when the block ends: only the lock on it counts, and that dies with the process. `waiting`
    hears once, in words, whom is waited for. Raises TryLaterError, with the same words, where somebody is
    still inside after `wait_seconds`.
    """
    file = _opened(path)
    try:
        if not _acquired(file, path, 0.0):
            waiting(said(holder(path)))
            if not _acquired(file, path, wait_seconds):
                raise held(holder(path), str(path))
        try:
            _tell(file, Holder(pid=os.getpid(), host=platform.node(), started=now))
            yield
        finally:
            _forget(file)
            file_lock.release(file)
    finally:
        os.close(file)


def holder(path: Path) -> Holder | None:
    """Who says to hold the lock; None where that cannot be read."""
    try:
        found = json.loads(path.read_bytes()[:_LONGEST])
        return Holder(
            pid=int(found["pid"]), host=str(found["host"]), started=datetime.fromisoformat(found["started"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _opened(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, flags, 0o600)
    except OSError as error:
        raise _no_lock(path, error) from error


def _acquired(file: int, path: Path, wait_seconds: float) -> bool:
    try:
        return file_lock.acquired(file, wait_seconds)
    except OSError as error:  # a file system that knows no locks
        raise _no_lock(path, error) from error


def _tell(file: int, who: Holder) -> None:
    words = {"pid": who.pid, "host": who.host, "started": who.started.astimezone(UTC).isoformat()}
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, json.dumps(words).encode())


def _forget(file: int) -> None:
    os.ftruncate(file, 0)


def _no_lock(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(
        f"the store cannot be locked: {error.strerror}",
        where=str(path),
        hint="name a file in a folder you may write to, as `url` in the section [store]",
    )
