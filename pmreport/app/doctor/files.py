"""The files that the configuration names, and who can read those that are private."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pmreport.app.doctor.finding import Check, Finding, Severity
from pmreport.config import Config

_OTHERS = stat.S_IROTH | stat.S_IWOTH
_GROUP = stat.S_IRGRP | stat.S_IWGRP
_REMOVE = "write it, correct the path, or remove the line"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file or folder, and the place in the configuration that names it.

    `mode` are the bits of `st_mode`; None where there is nothing. `private` says whose eyes it is not for, as
    the end of a sentence; empty where everybody may read it. `needed` is whether it must be there.
    """

    path: Path
    place: str
    mode: int | None
    is_folder: bool = False
    private: str = ""
    needed: bool = True


def named_files(config: Config) -> Iterator[NamedFile]:
    """Every file the configuration leads to, as it lies there now."""
    site, money = config.site, config.money
    if site.ca_bundle:
        yield _look(site.ca_bundle, "[site] ca_bundle")
    if site.client_certificate:
        yield _look(site.client_certificate, "[site] client_certificate", private="its key opens Jira")
    if config.report.templates:
        yield _look(Path(config.report.templates), "[report] templates", is_folder=True)
    if money.rates:
        yield _look(Path(money.rates), "[money] rates", private="it says what people earn")
    if config.store.url.startswith("duckdb:"):
        path = Path(config.store.url.removeprefix("duckdb:"))
        yield _look(path, "[store] url", private="it holds everything that Jira said", needed=False)
    for name in ("evidence.json", "journal.jsonl"):
        place = "your own folder ([me] folder)"
        yield _look(config.own_folder / name, place, private="it speaks of your goals", needed=False)


def _look(
    path: Path, place: str, *, is_folder: bool = False, private: str = "", needed: bool = True
) -> NamedFile:
    try:
        mode: int | None = path.stat().st_mode
    except OSError:
        mode = None
    return NamedFile(path=path, place=place, mode=mode, is_folder=is_folder, private=private, needed=needed)


def findings(files: Iterable[NamedFile], *, has_owners: bool = os.name == "posix") -> Iterator[Finding]:
    """Files that are not there, and private ones that others can read.

    `has_owners` is whether the bits of a mode mean anything here; on Windows they do not.
    """
    for file in files:
        if file.mode is None:
            if file.needed:
                yield _missing(file)
        elif stat.S_ISDIR(file.mode) != file.is_folder:
            wanted, found = ("folder", "file") if file.is_folder else ("file", "folder")
            yield _finding(file, Severity.ERROR, f"a {wanted} is wanted and this is a {found}", _REMOVE)
        elif has_owners and file.private and file.mode & (_OTHERS | _GROUP):
            yield _open(file, file.mode)


def _missing(file: NamedFile) -> Finding:
    kind = "folder" if file.is_folder else "file"
    return _finding(file, Severity.ERROR, f"{file.place} names a {kind} that is not there", _REMOVE)


def _open(file: NamedFile, mode: int) -> Finding:
    """Whoever else works on this machine is a stranger; a group is often one's own."""
    who, severity = (
        ("everybody on this machine", Severity.ERROR)
        if mode & _OTHERS
        else ("your group on this machine", Severity.WARNING)
    )
    what = f"{who} can read or change the file that {file.place} names: {file.private}"
    return _finding(file, severity, what, f"chmod 600 {file.path}")


def _finding(file: NamedFile, severity: Severity, what: str, fix: str) -> Finding:
    return Finding(check=Check.FILES, severity=severity, subject=str(file.path), what=what, fix=fix)
