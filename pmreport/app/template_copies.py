"""Copies of shipped templates, for a person to change, and how they differ."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches, unified_diff
from pathlib import Path

from pmreport.app.files import write_all
from pmreport.app.templates import RECORD, folder_of, origin, origins, shipped
from pmreport.config import Config
from pmreport.errors import UsageError
from pmreport.render import shelf
from pmreport.render.shelf import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The files made, and the folder they lie in; `configure` are lines for the configuration, or empty."""

    folder: Path
    paths: tuple[Path, ...]
    configure: str


def copy(config: Config, name: str, *, to: Path | None, force: bool) -> Copied:
    """Copy what is shipped under a name: a report, `charts`, a chart, or a file.

    Raises UsageError where nothing is called so, and, without `force`, where a copy is there already;
    PmreportError where it cannot be written.
    """
    chosen = _chosen(name)
    configured = folder_of(config)
    folder = to.resolve() if to is not None else configured or config.folder / "my_templates"
    made = [(folder / entry.name, shipped(entry)) for entry in chosen]
    there = [path for path, _ in made if path.exists() or path.is_symlink()]
    if there and not force:
        raise UsageError(
            f"{there[0]} is there already; nothing was copied",
            hint=f"--force writes over it; `pmreport templates diff {name}` shows how it differs",
        )
    known = origins(folder) | {entry.name: origin(entry) for entry in chosen}
    record = json.dumps(known, indent=2, sort_keys=True) + "\n"
    write_all([*made, (folder / RECORD, record.encode())], hint="name another folder with --to")
    is_configured = configured is not None and configured.resolve() == folder.resolve()
    return Copied(
        folder=folder,
        paths=tuple(path for path, _ in made),
        configure="" if is_configured else f"[report]\ntemplates = {json.dumps(_short(folder, config))}",
    )


def difference(config: Config, name: str) -> str:
    """How the person's own templates of a name, as `copy` takes it, differ from the shipped ones of today.

    Raises UsageError where nothing is called so; empty where nothing differs.
    """
    own = {entry.name: entry.own for entry in shelf.entries(folder_of(config)) if entry.own is not None}
    lines = [
        line
        for entry in _chosen(name)
        if entry.name in own
        for line in unified_diff(
            _lines(shipped(entry)),
            _lines(own[entry.name].read_bytes()),
            f"shipped/{entry.name}",
            f"yours/{entry.name}",
            lineterm="",
        )
    ]
    return "\n".join(lines)


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


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").splitlines()


def _short(folder: Path, config: Config) -> str:
    """The folder as it is written into the configuration: relative to it where that is possible."""
    home = config.folder.resolve()
    return folder.relative_to(home).as_posix() if folder.is_relative_to(home) else str(folder)
