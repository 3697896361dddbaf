"""A mail put into a folder: whole, once, for its owner alone."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from pmreport.deliver import folder
from pmreport.deliver.addresses import parse
from pmreport.deliver.parcel import Parcel
from pmreport.errors import ConfigurationError, PmreportError, StorageFullError

PARCEL = Parcel(
    sender=parse("pm@acme.example", where="From"),
    recipients=(parse("boss@acme.example", where="To"),),
    content=b"Subject: Hello\r\n\r\nhi\r\n",
    message_id="<1@acme.example>",
)


def test_a_message_is_a_file_of_its_own(tmp_path: Path) -> None:
    """The same one takes its own place, another one stands beside it; nobody else may read them."""
    for parcel in (PARCEL, PARCEL, replace(PARCEL, message_id="<2@acme.example>")):
        assert folder.send(tmp_path, parcel).accepted == PARCEL.recipients

    files = list(tmp_path.iterdir())
    assert {file.suffix for file in files} == {".eml"}
    assert [file.read_bytes() for file in files] == [PARCEL.content] * 2
    assert os.name != "posix" or {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With the command that makes it."""
    with pytest.raises(ConfigurationError, match="does not exist") as caught:
        folder.send(tmp_path / "outbox", PARCEL)
    assert "mkdir" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("number", "error", "told"),
    [
        (errno.ENOSPC, StorageFullError, "disk is full; nothing was sent"),
        (errno.EACCES, PmreportError, "cannot be written: permission denied"),
    ],
)
def test_a_disk_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[PmreportError], told: str
) -> None:
    """No half message that another program would send."""

    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(error, match=told):
        folder.send(tmp_path, PARCEL)

    assert list(tmp_path.iterdir()) == []
