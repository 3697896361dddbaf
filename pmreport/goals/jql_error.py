"""What is wrong with a rule: said with its place, a caret under it, and the nearest thing that exists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pmreport.errors import ConfigurationError

_BARE = re.compile(r"[\w.-]+")
_WIDTH = 100  # of the line shown; a longer one is cut around the caret


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text of a query: where it starts (0 is the first character), how long it is."""

    start: int
    length: int = 1


class JqlError(ConfigurationError):
    """A query that cannot be used, and where in it.

    `line` and `column` count from 1 inside the query; `where` is the place of the query itself
    (file:line:column), None while nobody has said it.
    """

    def __init__(
        self, problem: str, *, text: str, span: Span, hint: str | None = None, where: str | None = None
    ) -> None:
        before = text[: span.start]
        self.problem = problem
        self.text = text
        self.span = span
        self.line = before.count("\n") + 1
        self.column = span.start - (before.rfind("\n") + 1) + 1
        place = f"line {self.line}, column {self.column}"
        super().__init__(f"JQL, {place}: {problem}\n{_excerpt(text, self)}", where=where, hint=hint)

    def within(self, where: str | None) -> "JqlError":
        """The same error, with the place where the query is written."""
        return JqlError(self.problem, text=self.text, span=self.span, hint=self.hint, where=where)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A question naming the nearest known words, at most three, or None when nothing is near."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), by_fold, n=3, cutoff=0.6)
    if not near:
        return None
    return f"Did you mean {' or '.join(quoted(by_fold[fold]) for fold in near)}?"


def quoted(name: str) -> str:
    """A name as it is written in a query: in quotes where it needs them."""
    plain = (
        name.replace("_", "").replace("-", "").replace(".", "").replace("(", "").replace(")", "").isalnum()
    )
    return name if plain else f'"{name}"'


def _excerpt(text: str, error: JqlError) -> str:
    line = text.splitlines()[error.line - 1] if text.splitlines()[error.line - 1 :] else ""
    line = line.replace("\t", " ")
    start = error.column - 1
    cut = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[cut : cut + _WIDTH]
    length = max(1, min(error.span.length, len(shown) - (start - cut)))
    return f"    {shown}\n    {' ' * (start - cut)}{'^' * length}"
