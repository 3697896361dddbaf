"""One writer at a time: a lock of the operating system beside the store, which ends with its process."""

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pmreport.errors import ConfigurationError
from pmreport.store.holder import Holder, held, said, unheard

if sys.platform == "win32":
    import msvcrt
else:
    import errno
    import fcntl

_POLL_SECONDS = 0.1
_LONGEST = 4096  # of what a holder writes about itself
_FAR_BEHIND = 1 << 30  # Windows lets nobody read a locked byte, so one is locked that is never written


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
        if not _locked(file, path):
            waiting(said(holder(path)))
            _acquire(file, path, time.monotonic() + wait_seconds)
        try:
            _tell(file, Holder(pid=os.getpid(), host=platform.node(), started=now))
            yield
        finally:
            _forget(file)
            _unlock(file)
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


def _acquire(file: int, path: Path, deadline: float) -> None:
    while not _locked(file, path):
        if time.monotonic() >= deadline:
            raise held(holder(path), str(path))
        time.sleep(_POLL_SECONDS)


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


if sys.platform == "win32":

    def _locked(file: int, path: Path) -> bool:  # noqa: ARG001 - as on POSIX
        os.lseek(file, _FAR_BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        os.lseek(file, _FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:

    def _locked(file: int, path: Path) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return False
            raise _no_lock(path, error) from error  # a file system that knows no locks
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
