"""Texts cut to a number of letters, with an ellipsis where something is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pmreport.model.visible import one_line
from pmreport.report.view import Inline, Link, Mark, Strong, Text

LETTERS = 400  # of one text


def shortened(text: str, letters: int = LETTERS) -> str:
    """The text on one line, its end replaced by "…" where it is longer than `letters`."""
    line = one_line(text).strip()
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"


def text(parts: Sequence[Inline], letters: int = LETTERS) -> Text:
    """The parts of a text up to so many letters altogether."""
    return tuple(_parts(parts, letters))


def _parts(parts: Sequence[Inline], room: int) -> Iterator[Inline]:
    for part in parts:
        words = part if isinstance(part, str) else getattr(part, "text", "")
        if room <= 0:
            yield "…"
            return
        if len(words) > room:
            yield _part(part, room)
            return
        yield part
        room -= max(len(words), 10)


def _part(part: Inline, room: int) -> Inline:
    match part:
        case str():
            return shortened(part, room)
        case Link() | Mark() | Strong():
            return replace(part, text=shortened(part.text, room))
        case _:
            return part
