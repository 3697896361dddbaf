"""The evidence as the text of a file, and back."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from pmreport.errors import BadDataError
from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Polarity
from pmreport.model.instant import from_ms, to_ms

SCHEMA = 1
_NAMES = tuple(field.name for field in fields(Evidence) if field.name != "since")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
_HINT = "Remove it and run `pmreport tag`: what you judged stands in your journal and stays."


def dump(evidence: Iterable[Evidence], as_of: datetime) -> str:
    """The evidence of a run as JSON, a line per piece, the same bytes for the same evidence."""
    lines = ",\n".join(_ENCODER.encode(_plain(piece)) for piece in evidence)
    return f'{{"schema": {SCHEMA}, "as_of_ms": {to_ms(as_of)}, "evidence": [\n{lines}\n]}}\n'


def load(text: str, *, where: str | None = None) -> tuple[Evidence, ...]:
    """The evidence in a text made by `dump`. Raises BadDataError, naming `where`, for any other text."""
    try:
        document = json.loads(text)
        schema = document["schema"]
        if schema == SCHEMA:
            return tuple(_piece(plain) for plain in document["evidence"])
    except _BROKEN as error:
        raise unreadable(where) from error
    hint = "A newer pmreport wrote it: use that one."
    raise BadDataError(f"the evidence file has the schema {schema}, not {SCHEMA}", where=where, hint=hint)


def as_of(text: str, *, where: str | None = None) -> datetime:
    """The moment that the run looked at. Raises BadDataError, naming `where`, for a text that is broken."""
    try:
        return from_ms(json.loads(text)["as_of_ms"])
    except _BROKEN as error:
        raise unreadable(where) from error


def unreadable(where: str | None) -> BadDataError:
    """The refusal of an evidence file that is broken, with what to do about it."""
    return BadDataError("the evidence file cannot be read", where=where, hint=_HINT)


def _plain(piece: Evidence) -> dict[str, Any]:
    """The values are as they are: `asdict` copies each, and took a third of a whole run of the rules."""
    return {**{name: getattr(piece, name) for name in _NAMES}, "since_ms": to_ms(piece.since)}


def _piece(plain: dict[str, Any]) -> Evidence:
    since = from_ms(plain.pop("since_ms"))
    polarity, state = Polarity(plain.pop("polarity")), EvidenceState(plain.pop("state"))
    return Evidence(**plain, since=since, polarity=polarity, state=state)
