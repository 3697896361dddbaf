"""The journal as text: one JSON object a line for everything that a person typed, decided or sent."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pmreport.model.instant import to_ms
from pmreport.model.journal_kinds import KINDS, Payload
from pmreport.model.plain import from_plain, to_plain
from pmreport.model.problem import Problem, ProblemKind

SCHEMA = 1
_BROKEN = (ValueError, KeyError, TypeError, RecursionError)
_KIND_OF = {payload: kind for kind, payload in KINDS.items()}
_RANDOM_BITS = 74
_MARK = b"\xef\xbb\xbf"  # an editor on Windows may put it before everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing typed: when, by whom (an account, or a name), and what."""

    id: str
    at: datetime
    by: str
    payload: Payload

    @property
    def kind(self) -> str:
        """The kind as it is written."""
        return _KIND_OF[type(self.payload)]


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries of a journal in the order they were written, and what could not be read."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


def new_entry(payload: Payload, *, at: datetime, by: str, randomness: int) -> Entry:
    """An entry with an id of its own: UUID version 7 of the instant and `randomness` (at least 74 bits)."""
    return Entry(id=_uuid7(to_ms(at), randomness), at=at, by=by, payload=payload)


def dump(entry: Entry) -> bytes:
    """The entry as a line, its end included."""
    plain = {
        "schema": SCHEMA,
        "id": entry.id,
        "at": to_plain(entry.at),
        "kind": entry.kind,
        "by": entry.by,
        "payload": to_plain(entry.payload),
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def load(text: bytes, *, where: str) -> Reading:
    """The entries of a journal.

    A line that cannot be read is left out and told with its number; so is one that a newer release wrote, and
    one that stands there twice (two copies of a journal put together). A last line without its end that makes
    no whole entry was torn by a crash.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, line, has_end in _lines(text):
        found = _entry(line, has_end=has_end)
        if not isinstance(found, Entry):
            problems.append(_told(found[0], where, number, found[1]))
        elif found.id in entries:
            problems.append(_told(ProblemKind.JOURNAL_REPEATED, where, number, found.id))
        else:
            entries[found.id] = found
    return Reading(tuple(entries.values()), tuple(problems))


def _lines(text: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """The lines with something on them: number, text, and whether the line has its end."""
    *whole, last = text.removeprefix(_MARK).split(b"\n")
    for number, line in enumerate(whole, start=1):
        if line.strip():
            yield number, line, True
    if last.strip():
        yield len(whole) + 1, last, False


def _entry(line: bytes, *, has_end: bool) -> Entry | tuple[ProblemKind, str]:
    try:
        plain = json.loads(line.decode())
        schema, kind = plain["schema"], plain["kind"]
        if type(schema) is int and (schema > SCHEMA or (schema == SCHEMA and kind not in KINDS)):
            return ProblemKind.JOURNAL_NEWER, f"an entry of the kind {kind!r} (schema {schema})"
        if schema != SCHEMA:
            return ProblemKind.JOURNAL_UNREADABLE, f"there is no schema {schema!r}"
        head = from_plain(_Head, plain)
        return Entry(id=head.id, at=head.at, by=head.by, payload=from_plain(KINDS[kind], plain["payload"]))
    except _BROKEN as error:
        if not has_end:
            return ProblemKind.JOURNAL_TORN, "the last entry was not written to its end"
        return ProblemKind.JOURNAL_UNREADABLE, _why(error)


def _why(error: Exception) -> str:
    """In words: a key that is not there would say its bare name."""
    return (
        f"the key {error} is missing" if isinstance(error, KeyError) else str(error) or type(error).__name__
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    id: str
    at: datetime
    by: str


def _told(kind: ProblemKind, where: str, number: int, detail: str) -> Problem:
    return Problem(kind, f"{where}:{number}", detail)


def _uuid7(milliseconds: int, randomness: int) -> str:
    """UUID version 7 (RFC 9562): 48 bits of time, then the version, the variant, and 74 random bits."""
    random = randomness % (1 << _RANDOM_BITS)
    high, low = random >> 62, random % (1 << 62)
    number = (milliseconds % (1 << 48)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
