"""Words looked for in a text column, as SQL.

The text is put in lower case and everything that parts words becomes a space; then a word is what stands
between two spaces. Engines disagree about the case of letters beyond ASCII, so the capitals of those that are
looked for are put in lower case by hand. TRANSLATE is the one function here that not every engine has (SQLite
lacks it): sixty REPLACE, one in the other, would do the same, but no parser has to bear that.
"""

from collections.abc import Mapping

from pmreport.goals.check import Phrase, Search
from pmreport.goals.search import SEPARATORS
from pmreport.model.query import Scalar

_LIKE_ESCAPE = "!"  # no part of any word
_RUNS = 4  # times that two spaces become one: runs of up to sixteen separators between the words of a phrase


def condition(search: Search, number: int, column: str) -> str:
    """Whether a text column holds every phrase of the search of clause `number`."""
    parted = f"' ' || TRANSLATE(LOWER({column}), $from{number}, $to{number}) || ' '"
    if any(len(phrase.words) > 1 for phrase in search.phrases):
        for _ in range(_RUNS):
            parted = f"REPLACE({parted}, '  ', ' ')"
    hints = (
        f"LOWER({column}) LIKE $h{number}_{at}"
        for at, phrase in enumerate(search.phrases)
        if _is_cheap(phrase)
    )
    held = (f"{parted} LIKE $p{number}_{at} ESCAPE '{_LIKE_ESCAPE}'" for at, _ in enumerate(search.phrases))
    return f"({' AND '.join((*hints, *held))})"


def parameters(search: Search, number: int) -> Mapping[str, Scalar]:
    """The values bound in it."""
    capitals = _capitals(search)
    bound: dict[str, Scalar] = {
        f"from{number}": SEPARATORS + capitals,
        f"to{number}": " " * len(SEPARATORS) + capitals.lower(),
    }
    for at, phrase in enumerate(search.phrases):
        bound[f"p{number}_{at}"] = f"% {_pattern(phrase)}%"
        if _is_cheap(phrase):
            bound[f"h{number}_{at}"] = f"%{phrase.words[0]}%"
    return bound


def _is_cheap(phrase: Phrase) -> bool:
    """Whether most texts can be passed over by their letters alone, before they are taken apart."""
    return phrase.words[0].isascii() and "_" not in phrase.words[0]


def _pattern(phrase: Phrase) -> str:
    words = " ".join(_escaped(word) for word in phrase.words)
    return words if phrase.open_end else f"{words} "


def _escaped(word: str) -> str:
    return word.replace("_", f"{_LIKE_ESCAPE}_")


def _capitals(search: Search) -> str:
    """The capitals of the letters beyond ASCII that are looked for."""
    letters = dict.fromkeys("".join(word for phrase in search.phrases for word in phrase.words))
    return "".join(
        letter.upper()
        for letter in letters
        if not letter.isascii() and letter.upper() != letter and letter.upper().lower() == letter
    )
