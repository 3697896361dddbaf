"""The plain file of those who asked for one: tokens that anybody can read who is this user."""

import json
import os
import stat
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pmreport.errors import NotAuthorisedError, PmreportError

_NAME = "insecure-tokens.json"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def default_path() -> Path:
    """Where the file lies: in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("pmreport", appauthor=False) / _NAME


def read(path: Path, user: str) -> tuple[str, date | None] | None:
    """A user's token and its last day; None where there is none. Raises NotAuthorisedError for a bad file."""
    entry = _entries(path).get(user)
    if not isinstance(entry, dict) or not isinstance(entry.get("token"), str):
        return None
    return entry["token"], _day(entry.get("expires"))


def write(path: Path, user: str, token: str, expires: date | None) -> None:
    """Keep a token in the file, readable by its owner alone. Raises PmreportError where it cannot be."""
    entry = {"token": token, "expires": expires.isoformat() if expires else None}
    _replace(path, {**_entries(path), user: entry})


def remove(path: Path, user: str) -> bool:
    """Take a user's token out; whether there was one. The last one takes the file along."""
    entries = _entries(path)
    if entries.pop(user, None) is None:
        return False
    if entries:
        _replace(path, entries)
    else:
        path.unlink()
    return True


def caution(path: Path) -> str:
    """What its owner should know of the file."""
    advice = "`pmreport auth login` moves it to the keyring"
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        return f"the token lies in a plain file that other users can read; run `chmod 600 {path}`; {advice}"
    return f"the token lies in a plain file, {path}; {advice}"


def _entries(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        what = f"cannot read the plain file of tokens: {error.strerror}"
        raise NotAuthorisedError(what, where=str(path)) from None
    except ValueError:  # its text stays out of the error: it may hold a token
        found = None
    if isinstance(found, dict):
        return found
    hint = "delete it, then run `pmreport auth login`"
    raise NotAuthorisedError("the plain file of tokens is damaged", where=str(path), hint=hint)


def _replace(path: Path, entries: Mapping[str, Any]) -> None:
    """The file anew, whole or not at all; `mkstemp` lets nobody else read it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise PmreportError(
            f"cannot keep the token: {(error.strerror or '').lower()}", where=str(path.parent)
        ) from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(entries, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
