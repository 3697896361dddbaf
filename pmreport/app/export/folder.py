"""The folder of an export: a new one, or one that an export has made before."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pmreport.app.files import write_whole
from pmreport.errors import UsageError

NAME = "pmreport-export.json"
_DRAFTS = ".pmreport-export-"
_ELSEWHERE = "name a new folder: pmreport export DIR"


def owned(folder: Path) -> frozenset[str]:
    """The files of the export before this one; empty for a new folder.

    Raises UsageError for a folder that holds something else and no export.
    """
    if not folder.exists():
        return frozenset()
    if not folder.is_dir():
        raise UsageError("the export needs a folder, and this is a file", where=str(folder), hint=_ELSEWHERE)
    if not (folder / NAME).exists():
        if any(not each.name.startswith(_DRAFTS) for each in folder.iterdir()):
            raise UsageError(
                "the folder holds something that no export made", where=str(folder), hint=_ELSEWHERE
            )
        return frozenset()
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))["files"]
        return frozenset(str(name) for name in told if Path(str(name)).name == name)
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"the file {NAME}, which says what an export has made, cannot be read",
            where=str(folder),
            hint=_ELSEWHERE,
        ) from None


def refuse_foreign(folder: Path, wanted: Sequence[str], mine: frozenset[str]) -> None:
    """Raise UsageError where a file would be written over that no export made."""
    foreign = [name for name in wanted if name not in mine and os.path.lexists(folder / name)]
    if foreign:
        raise UsageError(
            f"no export made the file {foreign[0]}, and this one would write over it",
            where=str(folder),
            hint=_ELSEWHERE,
        )


@contextmanager
def drafts(folder: Path) -> Iterator[Path]:
    """A folder inside it for files that are not whole yet; what a killed export left is removed first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_over in folder.glob(f"{_DRAFTS}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    place = Path(tempfile.mkdtemp(dir=folder, prefix=_DRAFTS))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def put_in_place(
    folder: Path, made: Sequence[Path], mine: frozenset[str], manifest: Mapping[str, Any]
) -> None:
    """Each file whole in its place; those of the export before that are not made any more are removed.

    The list of files is written before the first is moved: whatever happens, the folder is known as ours.
    """
    names = [path.name for path in made]
    _tell(folder, {**manifest, "files": sorted({*mine, *names})})
    for path in made:
        path.chmod(0o600)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        path.replace(folder / path.name)
    for name in sorted(mine.difference(names)):
        (folder / name).unlink(missing_ok=True)
    _tell(folder, {**manifest, "files": names})


def _tell(folder: Path, manifest: Mapping[str, Any]) -> None:
    write_whole(folder / NAME, (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())
