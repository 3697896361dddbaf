"""Files written whole or not at all, readable by their owner alone."""

import errno
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pmreport.errors import PmreportError, StorageFullError, is_full

_LONGEST_NAME = 200  # bytes; file systems take 255, and Jira's own names of sprints are shorter
_ELSEWHERE = "name a folder that you may write to"


def slug(period: str) -> str:
    """The period as the name of a file or folder, short enough for every file system."""
    words = re.sub(r"[^\w.-]+", "-", period).encode()[:_LONGEST_NAME].decode(errors="ignore")
    return words.strip("-.") or "report"


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step: a crash or a full disk leaves what was there before.

    Raises as `write_all`.
    """
    write_all([(path, content)])


def write_all(files: Iterable[tuple[Path, bytes]], *, hint: str = _ELSEWHERE) -> None:
    """Write several files, all of them or none: every draft is on the disk before the first takes its place.

    Raises:
        StorageFullError: the disk is full.
        PmreportError: a folder cannot be written to; `hint` says what to do.
    """
    drafts: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, content in files:
            drafts.append((_draft(path, content), path))
        for draft, path in drafts:
            draft.replace(path)
    except OSError as error:
        raise _refused(error, path.parent, hint) from error
    finally:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)


def _draft(path: Path, content: bytes) -> Path:
    """A file with the content beside the place it is for."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _refused(error: OSError, folder: Path, hint: str) -> PmreportError:
    """The error in words, by the folder: the name of a draft says nothing to anybody."""
    if is_full(error):
        return StorageFullError(
            "the disk is full; what was written before stays",
            where=str(folder),
            hint="make room and run the command again",
        )
    why = (error.strerror or type(error).__name__).lower()
    return PmreportError(f"cannot write to {folder}: {why}", hint=hint)
