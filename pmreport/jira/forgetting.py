"""Answers of Jira without what is to be forgotten: pure, and the same for an answer and for a kept document.

Not caught: names that somebody typed as plain words, and texts elsewhere that tell of it without its key.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from pmreport.model.forgotten import ESCAPE, NOBODY, NOTHING, Forgotten, Subject, digest, pseudonym

Json = dict[str, Any]

_IDS = ("accountId", "key", "name")
_WORDS = ("displayName", "emailAddress", "name")
_ENDS = ("inwardIssue", "outwardIssue")
_LISTS = ("issuelinks", "subtasks", "items")  # what these hold may be taken out; pages are counted elsewhere
_KEY = re.compile(rf"(?:(?<![A-Za-z0-9_-])|{ESCAPE})[A-Z][A-Z0-9_]*-\d+(?![A-Za-z0-9_-])")
_MENTION = re.compile(r"\[~(?:accountid:)?([^\]\s]+)\]")
_BETWEEN = re.compile(r"([\[\],\s]+)")
_SIDES = (("from", "fromString"), ("to", "toString"), ("tmpFromAccountId", ""), ("tmpToAccountId", ""))
_LONGEST = 128  # of an id
_REMEMBERED = 1 << 16


class Forgetting:
    """What is to be forgotten, and how answers of Jira look without it. `left_out` are issues met so far."""

    def __init__(self, forgotten: Forgotten) -> None:
        self.left_out: set[str] = set()
        site = forgotten.site
        issues = {each for mark in forgotten.marks if mark.subject is Subject.ISSUE for each in mark.digests}
        people = {
            each: mark.number
            for mark in forgotten.marks
            if mark.subject is Subject.PERSON
            for each in mark.digests
        }
        self._is_empty = not issues and not people
        self.is_issue: Callable[[str], bool] = lru_cache(_REMEMBERED)(
            lambda name: bool(issues) and digest(site, Subject.ISSUE, name) in issues
        )
        self._number: Callable[[str], int | None] = lru_cache(_REMEMBERED)(
            lambda name: people.get(digest(site, Subject.PERSON, name)) if people else None
        )

    def kept(self, issues: Iterable[Json]) -> list[Json]:
        """The issues that are not to be forgotten, and of these what is not."""
        if self._is_empty:
            return list(issues)
        found = list(issues)
        gone = [each for each in found if self.is_issue(str(each.get("id")))]
        self.left_out.update(str(each["id"]) for each in gone)
        return [self.clean(each) for each in found if each not in gone]

    def person(self, name: str) -> str | None:
        """The account in the stead of this one; None where it is not forgotten."""
        number = self._number(name) if len(name) <= _LONGEST else None
        return None if number is None else pseudonym(number)

    def clean(self, found: Any) -> Any:
        """The same without what is to be forgotten; None for what was only the name of it."""
        if self._is_empty:
            return found
        match found:
            case str():
                return self._text(found)
            case list():
                return [self.clean(each) for each in found]
            case dict():
                return self._object(found)
            case _:
                return found

    def words_beside(self, found: Any) -> Iterator[str]:
        """The names and addresses that stand beside the ids of people who are to be forgotten."""
        if isinstance(found, dict):
            if self._user(found) is not None:
                told = (found.get(name) for name in _WORDS)
                yield from (each for each in told if isinstance(each, str) and each.strip())
            for held in found.values():
                yield from self.words_beside(held)
        elif isinstance(found, list):
            for held in found:
                yield from self.words_beside(held)

    def _object(self, found: Json) -> Json:
        if (someone := self._user(found)) is not None:
            return someone
        if found.get("type") == "mention":
            return self._mention(found)
        if "field" in found and ("fromString" in found or "toString" in found):
            found = self._item(found)
        cleaned = {name: self._member(name, held) for name, held in found.items()}
        return self._silenced(cleaned) if self._is_by_nobody(found) else cleaned

    def _member(self, name: str, held: Any) -> Any:
        if name == "parent" and self._is_reference(held):
            return None
        if name in _LISTS and isinstance(held, list):
            return [self.clean(each) for each in held if not self._is_gone(each)]
        return self.clean(held)

    # -- people

    def _user(self, found: Json) -> Json | None:
        """Somebody else's stead, where this is a person who is to be forgotten."""
        if "displayName" not in found and "accountId" not in found:
            return None
        names = [found[name] for name in _IDS if isinstance(found.get(name), str)]
        stead = next((each for each in map(self.person, names) if each), None)
        if stead is None:
            return None
        ids = {name: stead for name in _IDS if name in found}
        kind = {name: found[name] for name in ("accountType",) if name in found}
        return {**ids, **kind, "displayName": NOBODY, "active": False}

    def _is_by_nobody(self, found: Json) -> bool:
        author = found.get("author")
        return isinstance(author, dict) and self._user(author) is not None

    def _silenced(self, note: Json) -> Json:
        """A comment or a worklog without its words: they were theirs."""
        texts: Json = {
            name: _emptied(note[name]) for name in ("body", "comment", "renderedBody") if name in note
        }
        return {**note, **texts}

    def _mention(self, found: Json) -> Json:
        attributes = found.get("attrs")
        name = attributes.get("id") if isinstance(attributes, dict) else None
        stead = self.person(name) if isinstance(name, str) else None
        return found if stead is None else {"type": "mention", "attrs": {"id": stead, "text": f"@{NOBODY}"}}

    def _item(self, item: Json) -> Json:
        """A change of a field: where one side held them, its words give way too."""
        changed = dict(item)
        for side, words in _SIDES:
            held = item.get(side)
            if not isinstance(held, str):
                continue
            parts = [self.person(part) or part for part in _BETWEEN.split(held)]
            if "".join(parts) != held:
                changed[side] = "".join(parts)
                if words:
                    changed[words] = NOBODY
        return changed

    # -- issues

    def _is_reference(self, held: Any) -> bool:
        return isinstance(held, dict) and any(
            self.is_issue(str(held[name])) for name in ("key", "id") if name in held
        )

    def _is_gone(self, held: Any) -> bool:
        """Whether an element of a list speaks of nothing but an issue that is to be forgotten."""
        if not isinstance(held, dict):
            return False
        if "field" in held:
            told = (held.get(name) for side in _SIDES for name in side if name)
            return any(
                self.is_issue(key) for each in told if isinstance(each, str) for key in _KEY.findall(each)
            )
        ends = [held[name] for name in _ENDS if name in held] or ([held] if "key" in held else [])
        return any(map(self._is_reference, ends))

    def _text(self, text: str) -> str | None:
        if stead := self.person(text):
            return stead
        if self.is_issue(text) and _KEY.fullmatch(text):
            return None
        if "[~" in text:
            text = _MENTION.sub(
                lambda found: f"[~{stead}]" if (stead := self.person(found[1])) else found[0], text
            )
        return _KEY.sub(lambda found: NOTHING if self.is_issue(found[0]) else found[0], text)


def _emptied(text: Any) -> Any:
    return {"type": "doc", "version": 1, "content": []} if isinstance(text, dict) else ""
