"""The words, values and functions of a query, made from what the grammar read."""

import re

from lark import Token, Tree

from pmreport.goals.jql_error import JqlError, Span, did_you_mean
from pmreport.goals.jql_words import (
    BUILT_FUNCTIONS,
    DATE_FUNCTIONS,
    FOREIGN_FUNCTIONS,
    RESERVED,
    VERSION_FUNCTIONS,
)
from pmreport.goals.tree import Empty, FieldName, FunctionCall, Literal, Value

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", " ": " ", '"': '"', "'": "'", "\\": "\\"}
_TYPOGRAPHIC = "“”„«»"

Branch = Tree[Token]
Part = Token | Branch


def field(text: str, part: Part) -> FieldName:
    """The field of a clause."""
    (token,) = tokens(part)
    is_number = token.type == "CUSTOM_FIELD"
    return FieldName("".join(token.split()) if is_number else _literal(text, token).text, span(token))


def value(text: str, part: Part) -> Value:
    """One value. Raises JqlError for a list, and for a function that only Jira can answer."""
    if isinstance(part, Token):
        return Empty(span(part)) if part.type == "EMPTY" else _literal(text, part)
    if part.data == "list":
        hint = "One pair of brackets is enough."
        raise JqlError("a list inside a list", text=text, span=span(part), hint=hint)
    return _function(text, part)


def values(text: str, part: Part) -> tuple[Value, ...]:
    """The values of a list, or the only one."""
    if isinstance(part, Tree) and part.data == "list":
        return tuple(value(text, one) for one in part.children)
    return (value(text, part),)


def _function(text: str, branch: Branch) -> FunctionCall:
    word, *arguments = tokens(branch)
    built = {known.casefold(): known for known in BUILT_FUNCTIONS}.get(word.casefold())
    if built is None:
        raise _no_function(text, word)
    if arguments and (built == "now" or built not in DATE_FUNCTIONS + VERSION_FUNCTIONS):
        hint = 'Write "-1w" for a week ago.' if built == "now" else None
        raise JqlError(f"{built}() takes nothing in its brackets", text=text, span=span(branch), hint=hint)
    if len(arguments) > 1 and built in DATE_FUNCTIONS:
        hint = f"Write {built}(-1w)."
        raise JqlError(f"{built}() takes one offset at most", text=text, span=span(branch), hint=hint)
    return FunctionCall(built, tuple(_literal(text, one).text for one in arguments), span(branch))


def _no_function(text: str, word: Token) -> JqlError:
    if word.casefold() in {foreign.casefold() for foreign in FOREIGN_FUNCTIONS}:
        problem = f"{word}() is valid JQL, but only Jira can answer it: pmreport keeps nothing of the kind"
        return JqlError(problem, text=text, span=span(word))
    hint = did_you_mean(word, BUILT_FUNCTIONS)
    return JqlError(f"there is no function {word}()", text=text, span=span(word), hint=hint)


def _literal(text: str, token: Token) -> Literal:
    place, is_quoted = span(token), token.type == "STRING"
    raw = token[1:-1] if is_quoted else str(token)
    if not is_quoted and raw.casefold() in RESERVED:
        hint = f'Write "{raw}".'
        raise JqlError(f"{raw} is a word that JQL keeps for itself", text=text, span=place, hint=hint)
    if not is_quoted and raw[0] in _TYPOGRAPHIC:
        hint = 'Write straight quotes: "...".'
        raise JqlError("typographic quotes mean nothing in JQL", text=text, span=place, hint=hint)
    return Literal(_unescaped(text, raw, place), is_quoted, place)


def _unescaped(text: str, raw: str, place: Span) -> str:
    def plain(match: re.Match[str]) -> str:
        escape = match[1]
        if escape[0] == "u" and len(escape) > 1:
            return chr(int(escape[1:], 16))
        if escape not in _ESCAPED:
            hint = r"Write \\ for a backslash."
            raise JqlError(f"\\{escape} means nothing in JQL", text=text, span=place, hint=hint)
        return _ESCAPED[escape]

    return _ESCAPE.sub(plain, raw)


def kind(part: Part) -> str:
    """The name the grammar gives it."""
    return part.type if isinstance(part, Token) else str(part.data)


def branches(branch: Branch) -> tuple[Branch, ...]:
    """Its parts that have parts."""
    return tuple(child for child in branch.children if isinstance(child, Tree))


def tokens(part: Part) -> tuple[Token, ...]:
    """Its words."""
    children = part.children if isinstance(part, Tree) else [part]
    return tuple(child for child in children if isinstance(child, Token))


def span(part: Part) -> Span:
    """Where it stands."""
    place = part if isinstance(part, Token) else part.meta
    start, stop = place.start_pos or 0, place.end_pos or 0
    return Span(start, stop - start)
