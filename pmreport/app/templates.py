"""The templates of a person: what there is, how each stands to the shipped one, and what is wrong."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pmreport import __version__
from pmreport.config import Config
from pmreport.errors import BadDataError, ConfigurationError
from pmreport.render import own_reports, shelf, trial
from pmreport.render.fault import Fault
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
    """Every template with its standing. `folder` None: none is configured.

    `bases` are the reports of one's own, each with what it is made from; None: it names no report.
    """

    folder: Path | None
    templates: tuple[tuple[Entry, Standing], ...]
    bases: Mapping[str, str | None]


def folder_of(config: Config) -> Path | None:
    """The person's folder of templates; None where none is configured."""
    return Path(config.report.templates) if config.report.templates else None


def listed(config: Config) -> Shelf:
    """What there is."""
    folder = folder_of(config)
    known = {} if folder is None else origins(folder)
    return Shelf(
        folder=folder,
        templates=tuple((entry, _standing(entry, known)) for entry in shelf.entries(folder)),
        bases={name: _base(folder, name) for name in own_reports.names(folder)},
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


def _base(folder: Path | None, name: str) -> str | None:
    try:
        found = own_reports.find(folder, name)
    except BadDataError:  # the check tells why
        return None
    return None if found is None else found.base


def _standing(entry: Entry, noted_origins: Mapping[str, Any]) -> Standing:
    if entry.own is None:
        return Standing.SHIPPED
    if entry.shipped is None:
        return Standing.NEW
    if entry.own.read_bytes() == shipped(entry):
        return Standing.COPY
    noted = noted_origins.get(entry.name)
    if not isinstance(noted, dict) or "sha256" not in noted:
        return Standing.UNKNOWN
    return Standing.OWN if noted["sha256"] == origin(entry)["sha256"] else Standing.OUTDATED


def shipped(entry: Entry) -> bytes:
    """The shipped text."""
    assert entry.shipped is not None  # noqa: S101 - asked for shipped ones alone
    return entry.shipped.read_bytes()


def origin(entry: Entry) -> dict[str, str]:
    """What a copy made now would be made of."""
    return {"sha256": hashlib.sha256(shipped(entry)).hexdigest(), "version": __version__}


def origins(folder: Path) -> dict[str, Any]:
    """What the copies in a folder were made of; nothing where the record is not there or cannot be read."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
