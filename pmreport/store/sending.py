"""One sender at a time: from the look into the journal to the entry that a mail was sent."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pmreport.errors import PmreportError, TryLaterError
from pmreport.store import file_lock


@contextmanager
def only_sender(journal: Path) -> Iterator[None]:
    """Nobody else with the same journal is inside such a block; the lock ends with its process.

    Raises TryLaterError where somebody is, and PmreportError where there can be no lock.
    """
    path = journal.with_name("send.lock")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise _no_lock(path, error) from error
    try:
        try:
            has_it = file_lock.acquired(file, 0.0)
        except OSError as error:  # a file system that knows no locks
            raise _no_lock(path, error) from error
        if not has_it:
            raise TryLaterError(
                "another pmreport is sending right now",
                where=str(path),
                hint="wait until it has finished, then run the command again: it sends what is left",
            )
        try:
            yield
        finally:
            file_lock.release(file)
    finally:
        os.close(file)


def _no_lock(path: Path, error: OSError) -> PmreportError:
    why = (error.strerror or type(error).__name__).lower()
    return PmreportError(
        f"nothing is sent, for what was sent could not be noted: {why}",
        where=str(path),
        hint="name a folder that you may write to, as `folder` in the section [me]",
    )
