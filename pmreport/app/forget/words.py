"""Texts and JSON values of one's own files without what is to be forgotten: pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from pmreport.app.forget.subject import Found
from pmreport.model.forgotten import ESCAPE, NOBODY, NOTHING, pseudonym

_ABOUT = ("key", "about", "subject")  # what an entry or a piece of evidence names its issue by
_IN_A_LINK = "forgotten"
_LEAST_WORDS, _LEAST_LETTERS = 3, 15  # of a summary, to be looked for inside other texts


@dataclass(frozen=True)
class Removal:
    """How one that is to be forgotten is taken out."""

    what: Found

    @cached_property
    def steads(self) -> Mapping[str, str]:
        """What stands for each of its names and words, the longest first."""
        what = self.what
        stead = NOTHING if what.is_issue else pseudonym(what.mark.number)
        words = {word: self._stead_of(word) for word in what.words if self._is_telling(word)}
        named = dict.fromkeys(what.names, stead) | words
        in_links = {quote(name, safe=""): _IN_A_LINK for name in named if quote(name, safe="") != name}
        anchor = {} if what.issue_id is None else {f"item-{what.issue_id}": "item-forgotten"}
        return dict(sorted({**in_links, **anchor, **named}.items(), key=lambda each: -len(each[0])))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, self.steads))
        return re.compile(rf"(?:(?<!\w)|{ESCAPE})(?:{words})(?!\w)" if self.steads else r"(?!)")

    def text(self, text: str) -> str:
        """The text with another word in the stead of each."""
        if text.strip() in self.what.words:
            return self._stead_of(text.strip())
        is_link = text.startswith(("http://", "https://", "mailto:"))
        return self._pattern.sub(lambda found: _IN_A_LINK if is_link else self.steads[found[0]], text)

    def value(self, plain: Any) -> Any:
        """A JSON value without it; elements of a list that speak of it alone are gone."""
        match plain:
            case str():
                return self.text(plain)
            case list():
                return [self.value(each) for each in plain if not self.is_about(each)]
            case dict():
                return {name: self.value(held) for name, held in plain.items()}
            case _:
                return plain

    def is_about(self, plain: Any) -> bool:
        """Whether an object speaks of nothing but the issue: by its id, or by its key."""
        if not isinstance(plain, dict) or not self.what.is_issue:
            return False
        has_id = self.what.issue_id is not None and plain.get("issue_id") == self.what.issue_id
        return has_id or any(plain.get(name) in self.what.names for name in _ABOUT)

    def tells(self, content: bytes) -> bool:
        """Whether a file says something of it, as far as it is text."""
        return any(word in content for word in self._encoded)

    @cached_property
    def _encoded(self) -> tuple[bytes, ...]:
        return tuple(dict.fromkeys(each for word in self.steads for each in _spellings(word)))

    def _stead_of(self, word: str) -> str:
        """What stands for one of its words; two addresses stay two."""
        if self.what.is_issue:
            return NOTHING
        return pseudonym(self.what.mark.number) if "@" in word else NOBODY

    def _is_telling(self, word: str) -> bool:
        """Whether a word can be looked for anywhere: a summary of one word stands for too much else."""
        if not self.what.is_issue:
            return bool(word.strip())
        return len(word.split()) >= _LEAST_WORDS or len(word) >= _LEAST_LETTERS


def _spellings(word: str) -> Iterator[bytes]:
    """As a file holds it: in UTF-8, and as JSON writes what is not ASCII."""
    yield word.encode("utf-8", "replace")
    yield word.encode("ascii", "backslashreplace")
