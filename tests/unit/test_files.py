"""Files that are written whole, all of them or none."""

import errno
from pathlib import Path

import pytest

from pmreport.app.files import _refused, write_all, write_whole
from pmreport.errors import PmreportError, StorageFullError


def names(folder: Path) -> list[str]:
    """What the folder holds, drafts included."""
    return sorted(path.name for path in folder.iterdir())


def test_several_files_are_written_in_folders_made_for_them(tmp_path: Path) -> None:
    """And nothing beside them is left."""
    files = [(tmp_path / "new" / name, name.encode()) for name in ("one", "two")]

    write_all(files)

    assert [path.read_bytes() for path, _ in files] == [b"one", b"two"]
    assert names(tmp_path / "new") == ["one", "two"]


def test_one_file_that_cannot_be_written_keeps_all_the_others_as_they_were(tmp_path: Path) -> None:
    """The first file keeps its old content, since the second has no place; no draft stays."""
    (tmp_path / "one").write_bytes(b"old")
    (tmp_path / "two").mkdir()

    with pytest.raises(PmreportError) as caught:
        write_all([(tmp_path / "one", b"new"), (tmp_path / "two", b"new")], hint="elsewhere")

    assert (tmp_path / "one").read_bytes() == b"old"
    assert names(tmp_path) == ["one", "two"]
    assert (caught.value.what, caught.value.hint) == (
        f"cannot write to {tmp_path}: is a directory",
        "elsewhere",
    )


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be; no temporary name is in the message."""
    (tmp_path / "file").touch()

    with pytest.raises(PmreportError, match="cannot write to") as caught:
        write_whole(tmp_path / "file" / "reports" / "weekly.html", b"")

    assert caught.value.what == f"cannot write to {tmp_path}/file/reports: not a directory"


def test_a_full_disk_is_named_by_its_folder() -> None:
    """What to do is to make room, not to choose another folder."""
    refused = _refused(OSError(errno.ENOSPC, "No space left on device", "/x/.draft"), Path("/x"), "elsewhere")

    assert isinstance(refused, StorageFullError)
    assert (refused.where, refused.hint) == ("/x", "make room and run the command again")
