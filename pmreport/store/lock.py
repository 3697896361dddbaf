"""One writer at a time: a lock of the operating system beside the store, which ends with its process."""

import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pmreport.errors import ConfigurationError, TryLaterError
from pmreport.store import file_lock

_LONGEST = 4096  # of what a holder writes about itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds the lock, and since when."""

    pid: int
    host: str
    started: datetime

    def __str__(self) -> str:
        started = self.started.astimezone(UTC)
        return f"process {self.pid} on {self.host} since {started.day} {started:%b %Y %H:%M} UTC"


def unheard(_: str) -> None:
    """Nobody listens to what is waited for."""


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
            waiting(_first(path))
            if not _acquired(file, path, wait_seconds):
                raise _held(path)
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


def _first(path: Path) -> str:
    first = holder(path)
    return f"another sync ({first})" if first else "another sync"


def _held(path: Path) -> TryLaterError:
    return TryLaterError(
        f"{_first(path)} is running",
        where=str(path),
        hint="wait until it has finished, or let `--wait SECONDS` do so",
    )


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
