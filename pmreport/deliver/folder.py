"""A mail put into a folder as a file, for another program to send."""

import hashlib
import os
import tempfile
from pathlib import Path

from pmreport.deliver.parcel import Delivery, Parcel
from pmreport.errors import ConfigurationError, PmreportError, StorageFullError, is_full


def send(folder: Path, parcel: Parcel) -> Delivery:
    """Put the message into the folder, whole or not at all; the same message takes the place of itself.

    Raises as `check`, StorageFullError, and PmreportError where it cannot be written to.
    """
    check(folder)
    path = folder / f"{name_of(parcel)}.eml"
    try:
        _write(path, parcel.content)
    except OSError as error:
        if is_full(error):
            raise StorageFullError(
                "the disk is full; nothing was sent", where=str(folder), hint="make room, then send it again"
            ) from error
        why = (error.strerror or type(error).__name__).lower()
        raise PmreportError(
            f"the mail cannot be written: {why}", where=str(folder), hint="name another `folder` under [mail]"
        ) from error
    return Delivery(accepted=parcel.recipients)


def check(folder: Path) -> None:
    """Raise ConfigurationError where there is no such folder."""
    if not folder.is_dir():
        raise ConfigurationError(
            "the folder for mails does not exist", where=str(folder), hint=f"make it: mkdir -p {folder}"
        )


def name_of(parcel: Parcel) -> str:
    """The file's name: one for every Message-ID."""
    return hashlib.sha256(parcel.message_id.encode()).hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
