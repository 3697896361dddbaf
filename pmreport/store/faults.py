"""What the database says when it cannot go on, in words a person can act on."""

import re
from pathlib import Path

import duckdb

from pmreport.errors import BadDataError, ConfigurationError, PmreportError, StorageFullError, TryLaterError

_MOVE_AWAY = "move the file away and run `pmreport sync` again; what you typed is not in it and stays"
_IN_USE = ("Could not set lock", "being used by another process", "different configuration")
_FULL = ("No space left", "Disk quota exceeded", "File too large", "not enough space")
_CORRUPT = (
    "not a valid DuckDB database",
    "Corrupt database",
    "does not match stored checksum",
    "Could not read enough bytes",
    "Failed to deserialize",
    "replaying WAL",
)
_NEWER = ("with version number", "newer version of DuckDB")
_UNREACHABLE = (
    "Permission denied",
    "s a directory",
    "Not a directory",
    "Read-only file system",
    "No such file",
)


def is_in_use(error: duckdb.Error) -> bool:
    """Whether the same call may work in a moment: somebody else holds the file."""
    return _any_of(_IN_USE, str(error))


def in_use(error: duckdb.Error, path: Path, wait_seconds: float) -> TryLaterError:
    """The dead end of a call that has waited long enough for a file that is in use."""
    holder = re.search(r"PID (\d+)", str(error))
    who = f"process {holder[1]}" if holder else "another part of pmreport"
    return TryLaterError(
        f"the store is in use by {who}, still after {wait_seconds:g} s",
        where=str(path),
        hint="wait until it has finished, then try again",
    )


def known_fault(error: duckdb.Error, path: Path) -> PmreportError | None:
    """The error for a person behind what the database says; None for a mistake in the program or its SQL."""
    text = str(error)
    where = str(path)
    if says_full(text):
        return StorageFullError(
            "the disk is full; the store is as it was after the last batch",
            where=where,
            hint="make room, then run the same command again: what was committed stays",
        )
    if _any_of(_NEWER, text):
        return newer_store(path)
    if _any_of(_CORRUPT, text):
        return corrupt_store(path)
    if _any_of(_UNREACHABLE, text):
        return ConfigurationError(
            f"the store cannot be opened: {_first_line(text)}",
            where=where,
            hint="name a file in a folder you may write to, as `url` in the section [store]",
        )
    return None


def says_full(text: str) -> bool:
    """Whether DuckDB says that there is no room for what it writes."""
    return _any_of(_FULL, text)


def corrupt_store(path: Path) -> BadDataError:
    """The file is damaged, or never was a store."""
    return BadDataError("the store is damaged, or no store at all", where=str(path), hint=_MOVE_AWAY)


def lacking_store(path: Path) -> BadDataError:
    """The file is one of DuckDB, but a table or a column that every store has is not in it."""
    what = "the store is damaged: a table or a column of it is missing"
    return BadDataError(what, where=str(path), hint=_MOVE_AWAY)


def newer_store(path: Path) -> BadDataError:
    """The file was written by a release that knows more than this one."""
    return BadDataError(
        "the store was made by a newer pmreport",
        where=str(path),
        hint="update pmreport, or name another file as `url` in the section [store]",
    )


def _any_of(marks: tuple[str, ...], text: str) -> bool:
    return any(mark in text for mark in marks)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0]
