"""What is dear to make and made once in a run of the tests, however many workers run them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pmreport.store import file_lock

_PATIENCE_SECONDS = 600.0


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the run with what `make` puts into it: the first who asks makes it, the others wait.

    Who comes after one that failed tries again in the same folder.
    """
    own = folders.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        assert file_lock.acquired(lock.fileno(), _PATIENCE_SECONDS), f"nobody made {name}"
        if not (folder / "made").exists():
            make(folder)
            (folder / "made").touch()
    return folder
