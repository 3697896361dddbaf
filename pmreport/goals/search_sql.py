"""Words looked for in a text column, as SQL that every engine understands.

The text is put in lower case and everything that parts words becomes a space; then a word is what stands
between two spaces. Engines disagree about the case of letters beyond ASCII, so the capitals of those that are
looked for are replaced one by one. The costly part runs only where the letters occur at all.
"""

from collections.abc import Iterator, Mapping
from functools import reduce

from pmreport.goals.check import Phrase, Search
from pmreport.goals.search import SEPARATORS
from pmreport.model.query import Scalar

_LIKE_ESCAPE = "!"  # no part of any word
_RUNS = 4  # times that two spaces become one: runs of up to sixteen separators between the words of a phrase


def condition(search: Search, number: int, column: str) -> str:
    """Whether a text column holds every phrase of the search of clause `number`."""
    lowered = reduce(
        lambda text, name: f"REPLACE({text}, $u{name}, $l{name})",
        (f"{number}_{at}" for at, _ in enumerate(_capitals(search))),
        f"LOWER({column})",
    )
    parted = reduce(
        lambda text, at: f"REPLACE({text}, $sep{at}, ' ')",
        range(len(SEPARATORS)),
        f"' ' || {lowered} || ' '",
    )
    if any(len(phrase.words) > 1 for phrase in search.phrases):
        for _ in range(_RUNS):
            parted = f"REPLACE({parted}, '  ', ' ')"
    hints = " AND ".join(f"{lowered} LIKE $h{number}_{at} ESCAPE '!'" for at, _ in enumerate(search.phrases))
    words = " AND ".join(f"{parted} LIKE $p{number}_{at} ESCAPE '!'" for at, _ in enumerate(search.phrases))
    return f"CASE WHEN {hints} THEN CASE WHEN {words} THEN 1 ELSE 0 END ELSE 0 END = 1"


def parameters(search: Search, number: int) -> Mapping[str, Scalar]:
    """The values bound in it; the separators are the same for every clause."""
    bound: dict[str, Scalar] = {f"sep{at}": separator for at, separator in enumerate(SEPARATORS)}
    for at, capital in enumerate(_capitals(search)):
        bound |= {f"u{number}_{at}": capital, f"l{number}_{at}": capital.lower()}
    for at, phrase in enumerate(search.phrases):
        bound |= {
            f"h{number}_{at}": f"%{_escaped(phrase.words[0])}%",
            f"p{number}_{at}": f"% {_pattern(phrase)}%",
        }
    return bound


def _pattern(phrase: Phrase) -> str:
    words = " ".join(_escaped(word) for word in phrase.words)
    return words if phrase.open_end else f"{words} "


def _escaped(word: str) -> str:
    return word.replace("_", f"{_LIKE_ESCAPE}_")


def _capitals(search: Search) -> tuple[str, ...]:
    """The capitals of the letters beyond ASCII that are looked for."""
    return tuple(dict.fromkeys(_capitals_in(search)))


def _capitals_in(search: Search) -> Iterator[str]:
    for phrase in search.phrases:
        for letter in "".join(phrase.words):
            capital = letter.upper()
            if not letter.isascii() and capital != letter and capital.lower() == letter:
                yield capital
