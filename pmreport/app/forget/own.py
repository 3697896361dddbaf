"""One's own files that hold what is to be forgotten: some are rewritten, the others are named."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pmreport.app import journal
from pmreport.app.files import write_whole
from pmreport.app.forget import entries
from pmreport.app.forget.entries import Rewritten
from pmreport.app.forget.words import Removal
from pmreport.app.wiring import Workspace
from pmreport.store import journal as files

_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_PACKED = frozenset({".xlsx", ".pdf", ".eml", ".parquet"})  # what they hold cannot be seen from outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A file and what it will hold."""

    path: Path
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFiles:
    """What becomes of one's own files.

    `kept` are those that pmreport will not touch, though they tell of it or may: reports and copies that were
    written, and what the person wrote themselves.
    """

    journal: Rewritten
    changed: tuple[Changed, ...]
    kept: tuple[Path, ...]


def look(workspace: Workspace, removal: Removal) -> OwnFiles:
    """What would become of the files; nothing is written."""
    path = journal.path(workspace)
    text = path.read_bytes() if path.is_file() else b""
    return OwnFiles(
        journal=entries.rewritten(text, removal),
        changed=tuple(_changed(workspace, removal)),
        kept=tuple(_kept(workspace, removal)),
    )


def rewrite(workspace: Workspace, removal: Removal, marker: bytes) -> None:
    """Write them. The journal comes first, with `marker` at its end: from then on no sync brings it back."""

    def change(text: bytes) -> bytes:
        content = entries.rewritten(text, removal).content
        return content + (b"\n" if content and not content.endswith(b"\n") else b"") + marker

    files.rewrite(journal.path(workspace), change)
    for one in _changed(workspace, removal):
        write_whole(one.path, one.content)


def _changed(workspace: Workspace, removal: Removal) -> Iterator[Changed]:
    own = workspace.config.own_folder
    drafts = sorted((workspace.config.folder / "drafts").glob("*"))
    ways = [(own / "evidence.json", _evidence)]
    ways += [(path, told) for path in sorted((own / "frozen").glob("*.json"))]
    ways += [(path, _lines) for path in drafts]
    for path, way in ways:
        if path.is_file():
            old = path.read_bytes()
            if (new := way(old, removal)) != old:
                yield Changed(path=path, content=new)


def _lines(content: bytes, removal: Removal) -> bytes:
    text = content.decode("utf-8", "surrogateescape")
    new = "".join(removal.text(line) for line in text.splitlines(keepends=True))
    return new.encode("utf-8", "surrogateescape")


def told(content: bytes, removal: Removal) -> bytes:
    """A kept report with other texts: its numbers stay digit by digit, others are held against them."""

    def other(found: re.Match[str]) -> str:
        old = json.loads(found[0])
        new = removal.text(old)
        return found[0] if new == old else json.dumps(new)

    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return _lines(content, removal)
    return _LITERAL.sub(other, content.decode()).encode()


def _evidence(content: bytes, removal: Removal) -> bytes:
    """The evidence without the pieces about the issue."""
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError):
        return _lines(content, removal)
    cleaned = removal.value(plain)
    return content if cleaned == plain else json.dumps(cleaned, ensure_ascii=False).encode() + b"\n"


def _kept(workspace: Workspace, removal: Removal) -> Iterator[Path]:
    config = workspace.config
    folders = [config.folder / "reports", *([config.mail.folder] if config.mail.folder else [])]
    written = [path for folder in folders for path in sorted(folder.rglob("*"))]
    rates = [Path(config.money.rates)] if config.money.rates else []
    for path in (config.path, *rates, *written):
        if path.is_file() and (path.suffix in _PACKED or removal.tells(path.read_bytes())):
            yield path
