"""What can be wrong with templates and is never told by rendering them: what is left out in silence."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from jinja2 import TemplateError, nodes

from pmreport.render.fault import Faults
from pmreport.render.own_reports import shipped_names
from pmreport.render.sandbox import Sandbox
from pmreport.render.shelf import FACES, Entry

_FETCHED = re.compile(
    r"<(?:img|script|iframe|link|source|video|audio|embed|object)\b[^>]*?\s(?:src|href|data)\s*=\s*[\"']?"
    r"((?:https?:)?//[^\s\"'>]+)|(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\s\"')]+)",
    re.IGNORECASE,
)


def survey(sandbox: Sandbox, known: Sequence[Entry], faults: Faults) -> None:
    """Add to `faults` the files that nothing uses, the blocks that no page has, and what would be fetched."""
    texts = {entry.name: text for entry in known if entry.own and (text := _text(entry.own)) is not None}
    for entry in known:
        if entry.own is None or entry.name not in texts:
            continue
        if _is_unused(entry, texts):
            faults.add(*_unused(entry, known))
        for line, address in _fetched(texts[entry.name]):
            hint = "put it into the file itself; a picture can be a data: address"
            faults.add(f"a report fetches nothing, and this wants {address}", f"{entry.own}:{line}", hint)
        for line, what in _lost_blocks(sandbox, entry.name):
            faults.add(what, f"{entry.own}:{line}", "name a block that the page has, or it is left out")


def _text(path: Path) -> str | None:
    """The text of a file; None for one that is told elsewhere to be none."""
    with suppress(UnicodeDecodeError):
        return path.read_text(encoding="utf-8-sig")
    return None


def _is_unused(entry: Entry, texts: dict[str, str]) -> bool:
    """Whether no shipped file has this name, no report has this face, and no other file speaks of it."""
    if entry.shipped is not None or entry.report is not None:
        return False
    word = entry.name.rpartition("/")[2].removesuffix(".vl.json")
    if word in FACES:  # every page names `_page.html.j2`, which is no word for this one
        word = entry.name
    return not any(word in text for name, text in texts.items() if name != entry.name)


def _unused(entry: Entry, known: Iterable[Entry]) -> tuple[str, str, str]:
    names = {one.name.lower(): one.name for one in known if one.shipped is not None}
    near = difflib.get_close_matches(entry.name.lower(), names, n=1, cutoff=0.75)
    folder, _, face = entry.name.rpartition("/")
    if face in FACES and folder and folder.lower() not in shipped_names():
        hint = "name the folder in letters, digits, - and _, and not charts, list or diff"
        return f'no report can be called "{folder}"', str(entry.own), hint
    meant = f'; did you mean "{names[near[0]]}"?' if near else ""
    hint = "rename the file, or take it away"
    return f"nothing uses {entry.name}{meant}", str(entry.own), hint


def _fetched(text: str) -> Iterator[tuple[int, str]]:
    for found in _FETCHED.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[1] or found[2]


def _lost_blocks(sandbox: Sandbox, name: str) -> Iterator[tuple[int, str]]:
    """The blocks of a template that stand in none of those it extends: Jinja leaves them out in silence."""
    if not name.endswith(".j2"):
        return
    tree = _tree(sandbox, name)
    parent = _parent(tree)
    if tree is None or parent is None:
        return
    theirs = set(_blocks_of(sandbox, parent))
    for node in tree.body:
        if isinstance(node, nodes.Block) and node.name not in theirs:
            near = difflib.get_close_matches(node.name, sorted(theirs), n=1)
            meant = f'; did you mean "{near[0]}"?' if near else ""
            yield node.lineno, f'{parent} has no block "{node.name}"{meant}'


def _blocks_of(sandbox: Sandbox, name: str | None) -> Iterator[str]:
    """The blocks of a template and of all those it extends."""
    seen: set[str] = set()
    while name is not None and name not in seen:
        seen.add(name)
        tree = _tree(sandbox, name)
        if tree is not None:
            yield from (block.name for block in tree.find_all(nodes.Block))
        name = _parent(tree)


def _tree(sandbox: Sandbox, name: str) -> nodes.Template | None:
    """The template as Jinja reads it; None where it cannot, which rendering tells."""
    assert sandbox.loader is not None  # noqa: S101 - made with one
    with suppress(TemplateError, UnicodeError):
        return sandbox.parse(sandbox.loader.get_source(sandbox, name)[0])
    return None


def _parent(tree: nodes.Template | None) -> str | None:
    extends = None if tree is None else tree.find(nodes.Extends)
    named = extends.template if extends is not None else None
    return str(named.value) if isinstance(named, nodes.Const) else None
