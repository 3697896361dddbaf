"""A journal without what is to be forgotten, line by line: pure. Everything else stays as it was typed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pmreport.app.forget.words import Removal

_REFERS = ("entry", "follow_up")  # by what an entry names another


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The text, how many entries are gone, and how many say something else now."""

    content: bytes
    removed: int
    changed: int


def rewritten(text: bytes, removal: Removal) -> Rewritten:
    """The journal without entries about an issue and what was said of those; others without its names.

    A line that cannot be read is kept, without those names too.
    """
    lines = text.split(b"\n")
    gone = _gone([_plain(line) for line in lines], removal)
    made = [(line, _line(line, removal)) for line in lines if _id(_plain(line)) not in gone]
    return Rewritten(
        content=b"\n".join(new for _, new in made),
        removed=len(lines) - len(made),
        changed=sum(old != new for old, new in made),
    )


def _gone(entries: list[Any], removal: Removal) -> frozenset[str]:
    """The ids of entries about the issue, and of those that speak of one of them."""
    gone = {_id(one) for one in entries if removal.is_about(_payload(one))}
    while more := {_id(one) for one in entries if set(_referred(one)) & gone} - gone:
        gone |= more
    return frozenset(each for each in gone if each)


def _referred(entry: Any) -> Iterator[str]:
    payload = _payload(entry)
    return (payload[name] for name in _REFERS if isinstance(payload.get(name), str))


def _line(line: bytes, removal: Removal) -> bytes:
    plain = _plain(line)
    if plain is None:
        return removal.text(line.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    cleaned = removal.value(plain)
    if cleaned == plain:
        return line
    return json.dumps(cleaned, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _plain(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _id(entry: Any) -> str:
    found = entry.get("id") if isinstance(entry, dict) else None
    return found if isinstance(found, str) else ""


def _payload(entry: Any) -> dict[str, Any]:
    found = entry.get("payload") if isinstance(entry, dict) else None
    return found if isinstance(found, dict) else {}
