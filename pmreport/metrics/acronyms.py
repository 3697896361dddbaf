"""The acronyms that items use, and which of them somebody has explained in their own words."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.instant import to_ms
from pmreport.model.query import Query, sql_text

MOST_TEXTS = 20_000
FEWEST_ITEMS = 3
_EXAMPLES = 3
_ACRONYM = re.compile(r"(?<![\w-])(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z0-9]{1,6}s?(?![\w-])")
_CAPITALS = re.compile(r"[A-Z0-9]+")
_NO_TERMS = frozenset(
    (
        *("OK", "TODO", "FIXME", "NOTE", "AND", "OR", "NOT", "THE", "WIP", "DONE", "GIVEN", "WHEN", "THEN"),
        *("ASK", "RISK", "ACTION", "SUMMARY", "DECISION", "QUESTION"),  # the words comments are marked with
    )
)


class TextRow(NamedTuple):
    """The words of an item."""

    issue_id: int
    issue_key: str
    summary_text: str
    body_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A term of the glossary; `reviewer` empty: nobody but the writer vouches for it."""

    term: str
    reviewer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acronym:
    """An acronym, how many items use it, some of their keys, and whether it is explained."""

    term: str
    items: int
    examples: tuple[str, ...]
    is_explained: bool
    is_reviewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The acronyms that at least three items use, most used first; `rare` others use less, of `texts` read.

    `terms` counts what the glossary explains, `reviewed` what of it somebody else has agreed to.
    """

    acronyms: tuple[Acronym, ...]
    rare: int
    texts: int
    terms: int
    reviewed: int


def query(site_id: int, as_of: datetime, *, most: int = MOST_TEXTS) -> Query[TextRow]:
    """The words of the items updated last."""
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of), "most": most}
    return Query(sql_text("pmreport.metrics", "sql/item_texts.sql"), TextRow, parameters)


def from_rows(
    rows: Iterable[TextRow], explained: Iterable[Explained], *, names: Collection[str], keys: Collection[str]
) -> Glossary:
    """acronyms-explained: what the items use, and what of it is explained.

    A word of two capitals or more. Words out of the `names` of people and `keys` of projects are none.
    """
    people = {word.upper() for name in names for word in re.findall(r"\w+", name)}
    barred = _NO_TERMS | people | {key.upper() for key in keys}
    used: defaultdict[str, list[str]] = defaultdict(list)
    texts = 0
    for row in rows:
        texts += 1
        for term in sorted(_terms(f"{row.summary_text}\n{row.body_text}") - barred):
            used[term].append(row.issue_key)
    glossary = {_folded(one.term): one for one in explained}
    reviewed = {term for term, one in glossary.items() if one.reviewer}
    found = [
        Acronym(
            term=term,
            items=len(held),
            examples=tuple(held[:_EXAMPLES]),
            is_explained=term in glossary,
            is_reviewed=term in reviewed,
        )
        for term, held in used.items()
    ]
    common = [one for one in found if one.items >= FEWEST_ITEMS]
    return Glossary(
        acronyms=tuple(sorted(common, key=lambda one: (-one.items, one.term))),
        rare=len(found) - len(common),
        texts=texts,
        terms=len(glossary),
        reviewed=len(reviewed),
    )


def values(told: Glossary) -> tuple[Value, ...]:
    """How much of what is used is explained, and how much of what is explained was reviewed."""
    missing = tuple(one.term for one in told.acronyms if not one.is_explained)
    n = len(told.acronyms)
    return (
        share_value(
            "acronyms-explained",
            "Acronyms that are explained",
            (n - len(missing), n),
            nothing="no acronym is used",
            items=missing,
        ),
        share_value(
            "acronyms-reviewed",
            "Explanations reviewed",
            (told.reviewed, told.terms),
            nothing="the glossary of the journal is empty",
        ),
    )


def _terms(text: str) -> set[str]:
    return {_folded(match[0]) for match in _ACRONYM.finditer(text)}


def _folded(term: str) -> str:
    """The term in capitals, its plural taken back: `APIs` is API, and so is `api` in a glossary."""
    word = term.strip()
    if word.endswith("s") and _CAPITALS.fullmatch(word[:-1]):
        word = word[:-1]
    return word.upper()
