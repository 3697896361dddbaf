"""Words looked for in texts: `summary ~ "payment check*"`.

A text is a row of words, parted by spaces and signs. A search of several words finds the texts that hold them
all, in any case and any order; words in quotes within the quotes stand side by side. A star at the end of a
word lets it go on. Words are taken as they are: Jira's stemming is not known here, so `test` does not find
`testing`; `test*` does.
"""

import re

from pmreport.goals.check import Phrase, Search
from pmreport.goals.context import FieldKind, JqlField
from pmreport.goals.jql_error import JqlError
from pmreport.goals.tree import Jql, Literal, Value

_QUOTED = re.compile(r'"([^"]*)"')
_ONLY_JIRA = re.compile(r"[?~^]|\*(?=\w)|(?<!\w)\*")


SEPARATORS = (
    "\t\n\v\f\r!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"
    "\N{NO-BREAK SPACE}\N{INVERTED EXCLAMATION MARK}\N{INVERTED QUESTION MARK}\N{SECTION SIGN}\N{MIDDLE DOT}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{EN DASH}\N{EM DASH}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{SINGLE LOW-9 QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{BULLET}\N{HORIZONTAL ELLIPSIS}\N{RIGHTWARDS ARROW}\N{EURO SIGN}"
)
"""What parts words, beside the space."""

_SPACED = str.maketrans(dict.fromkeys(SEPARATORS, " "))
_SPACED_BUT_STARS = str.maketrans(dict.fromkeys(SEPARATORS.replace("*", ""), " "))


def searched(jql: Jql, value: Value, field: JqlField) -> Search:
    """What is looked for. Raises JqlError where the field is no text, and for wildcards only Jira knows."""
    if field.kind is not FieldKind.TEXT:
        hint = f"Write {field.name} = ..., or IN (...)."
        problem = f"~ looks for words in a text, and {field.name} is none"
        raise JqlError(problem, text=jql.text, span=value.span, hint=hint)
    if not isinstance(value, Literal):
        raise JqlError("~ takes words", text=jql.text, span=value.span, hint='Write ~ "two words".')
    if _ONLY_JIRA.search(value.text):
        hint = "Leave out ? ~ ^ and every * that is not the end of a word."
        problem = "pmreport knows one wildcard, a * at the end of a word"
        raise JqlError(problem, text=jql.text, span=value.span, hint=hint)
    phrases = tuple(_phrases(value.text))
    if not phrases:
        raise JqlError("there is no word to look for", text=jql.text, span=value.span)
    return Search(phrases)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case and in their order."""
    return tuple(text.lower().translate(_SPACED).split())


def is_found(search: Search, text: str) -> bool:
    """Whether a text holds every phrase."""
    words = words_of(text)
    return all(_stands(phrase, words) for phrase in search.phrases)


def _phrases(text: str) -> list[Phrase]:
    quoted = [Phrase(words_of(found)) for found in _QUOTED.findall(text)]
    single = [
        Phrase((part.rstrip("*"),), open_end=part.endswith("*"))
        for part in _QUOTED.sub(" ", text).lower().translate(_SPACED_BUT_STARS).split()
    ]
    return [phrase for phrase in (*quoted, *single) if phrase.words]


def _stands(phrase: Phrase, words: tuple[str, ...]) -> bool:
    length = len(phrase.words)
    return any(
        words[at : at + length - 1] == phrase.words[:-1]
        and (
            words[at + length - 1].startswith(phrase.words[-1])
            if phrase.open_end
            else words[at + length - 1] == phrase.words[-1]
        )
        for at in range(len(words) - length + 1)
    )
