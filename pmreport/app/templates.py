"""The templates of a person: what there is, and copies of shipped ones to change."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from pmreport import __version__
from pmreport.app.files import write_all
from pmreport.config import Config
from pmreport.errors import ConfigurationError, UsageError
from pmreport.render import own_reports, shelf, trial
from pmreport.render.fault import Fault
from pmreport.render.own_reports import OwnReport
from pmreport.render.shelf import Entry

RECORD = ".copied.json"  # beside the copies: of which shipped text each was made
_CONFIGURE = '[report]\ntemplates = "my_templates"'


class Standing(StrEnum):
    """How a template stands to the shipped one of its name.

    COPY is byte for byte what is shipped; OUTDATED was copied from a text that has changed since; of UNKNOWN
    nobody knows what it was made from; NEW has no shipped one.
    """

    SHIPPED = "shipped"
    COPY = "copy"
    OWN = "own"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Every template with its standing, and the reports of one's own. `folder` None: none is configured."""

    folder: Path | None
    templates: tuple[tuple[Entry, Standing], ...]
    reports: tuple[OwnReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The files made, and the folder they lie in; `configure` are lines for the configuration, or empty."""

    folder: Path
    paths: tuple[Path, ...]
    configure: str


def folder_of(config: Config) -> Path | None:
    """The person's folder of templates; None where none is configured."""
    return Path(config.report.templates) if config.report.templates else None


def listed(config: Config) -> Shelf:
    """What there is. Raises BadDataError for a report of one's own that says wrongly what it is made from."""
    folder = folder_of(config)
    origins = {} if folder is None else _origins(folder)
    found = (own_reports.find(folder, name) for name in own_reports.names(folder))
    return Shelf(
        folder=folder,
        templates=tuple((entry, _standing(entry, origins)) for entry in shelf.entries(folder)),
        reports=tuple(one for one in found if one is not None),
    )


def copy(config: Config, name: str, *, to: Path | None, force: bool) -> Copied:
    """Copy what is shipped under a name: a report, `charts`, a chart, or a file.

    Raises UsageError where nothing is called so, and, without `force`, where a copy is there already;
    PmreportError where it cannot be written.
    """
    chosen = _chosen(name)
    configured = folder_of(config)
    folder = to.resolve() if to is not None else configured or config.folder / "my_templates"
    made = [(folder / entry.name, _shipped(entry)) for entry in chosen]
    there = [path for path, _ in made if path.exists() or path.is_symlink()]
    if there and not force:
        raise UsageError(
            f"{there[0]} is there already; nothing was copied",
            hint="--force writes over it; --to DIR copies to another folder, to compare them",
        )
    origins = _origins(folder) | {entry.name: _origin(entry) for entry in chosen}
    record = json.dumps(origins, indent=2, sort_keys=True) + "\n"
    write_all([*made, (folder / RECORD, record.encode())], hint="name another folder with --to")
    is_configured = configured is not None and configured.resolve() == folder.resolve()
    return Copied(
        folder=folder,
        paths=tuple(path for path, _ in made),
        configure="" if is_configured else f"[report]\ntemplates = {json.dumps(_short(folder, config))}",
    )


def checked(config: Config) -> tuple[Path, tuple[Fault, ...]]:
    """The person's folder, and everything that is wrong with the templates in it.

    Raises ConfigurationError where none is configured, or it is not there.
    """
    folder = folder_of(config)
    if folder is None:
        hint = f"`pmreport templates copy weekly` begins one; then write:\n{_CONFIGURE}"
        raise ConfigurationError("no folder of templates is set", where="[report]", hint=hint)
    if not folder.is_dir():
        hint = "make it with `pmreport templates copy NAME`, or correct the path"
        raise ConfigurationError(f"there is no folder {folder}", where="[report] templates", hint=hint)
    return folder, trial.faults(folder)


def _standing(entry: Entry, origins: Mapping[str, Any]) -> Standing:
    if entry.own is None:
        return Standing.SHIPPED
    if entry.shipped is None:
        return Standing.NEW
    if entry.own.read_bytes() == _shipped(entry):
        return Standing.COPY
    origin = origins.get(entry.name)
    if not isinstance(origin, dict) or "sha256" not in origin:
        return Standing.UNKNOWN
    return Standing.OWN if origin["sha256"] == _origin(entry)["sha256"] else Standing.OUTDATED


def _chosen(name: str) -> Sequence[Entry]:
    """The shipped files that a word means. Raises UsageError where it means none."""
    known = shelf.entries(None)
    wanted = name.strip("/")
    found = [
        entry
        for entry in known
        if wanted in (entry.name, entry.name.partition("/")[0], shelf.chart_name(entry.name))
    ]
    if found:
        return found
    names = dict.fromkeys(word for entry in known for word in _words(entry))
    near = get_close_matches(wanted, names, n=1)
    meant = f'; did you mean "{near[0]}"?' if near else ""
    raise UsageError(
        f'no template is called "{name}"{meant}', hint="`pmreport templates list` names them all"
    )


def _words(entry: Entry) -> Sequence[str]:
    return (entry.name, entry.name.partition("/")[0], shelf.chart_name(entry.name) or entry.name)


def _shipped(entry: Entry) -> bytes:
    assert entry.shipped is not None  # noqa: S101 - asked for shipped ones alone
    return entry.shipped.read_bytes()


def _origin(entry: Entry) -> dict[str, str]:
    return {"sha256": hashlib.sha256(_shipped(entry)).hexdigest(), "version": __version__}


def _origins(folder: Path) -> dict[str, Any]:
    """What the copies in a folder were made of; nothing where the record is not there or cannot be read."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _short(folder: Path, config: Config) -> str:
    """The folder as it is written into the configuration: relative to it where that is possible."""
    home = config.folder.resolve()
    return folder.relative_to(home).as_posix() if folder.is_relative_to(home) else str(folder)
