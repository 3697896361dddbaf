"""The query tree made from what the grammar read; what is valid but not built yet is refused here."""

import re

from lark import Token, Tree

from pmreport.goals.jql_error import JqlError, Span, did_you_mean
from pmreport.goals.jql_words import BUILT_FUNCTIONS, LATER_FUNCTIONS, RESERVED
from pmreport.goals.tree import (
    And,
    Clause,
    Comparison,
    Condition,
    Emptiness,
    Empty,
    FieldName,
    FunctionCall,
    Literal,
    Membership,
    Not,
    Or,
    Value,
    clauses,
)

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", " ": " ", '"': '"', "'": "'", "\\": "\\"}
_TYPOGRAPHIC = "“”„«»"

_DEEPEST = 50  # levels of NOT, AND and OR: far more than a person can follow
_LONGEST = 200  # clauses; every one is a set of items, and the database joins no end of them

Branch = Tree[Token]
Part = Token | Branch


def build(text: str, root: Branch) -> Condition:
    """The condition of a parsed query. Raises JqlError where it cannot be used as it stands."""
    parts = _branches(root)
    if parts[-1].data == "ordering":
        raise _not_yet(text, _span(parts[-1]), "ORDER BY", hint="A rule needs no order: leave it out.")
    condition = _condition(text, parts[0])
    number = sum(1 for _ in clauses(condition))
    if number > _LONGEST:
        hint = "IN (...) asks for many values in one clause."
        problem = f"this query is too long: it has {number} clauses, and at most {_LONGEST} can be asked"
        raise JqlError(problem, text=text, span=_span(parts[0]), hint=hint)
    return condition


def _condition(text: str, branch: Branch, depth: int = 0) -> Condition:
    if depth > _DEEPEST:
        problem = f"this query is nested too deep: at most {_DEEPEST} levels of NOT, AND and OR"
        raise JqlError(problem, text=text, span=_span(branch))
    parts = _branches(branch)
    match branch.data:
        case "either":
            return Or(tuple(_condition(text, part, depth + 1) for part in parts))
        case "every":
            return And(tuple(_condition(text, part, depth + 1) for part in parts))
        case "opposite":
            return Not(_condition(text, parts[0], depth + 1))
        case _:
            return _clause(text, branch)


def _clause(text: str, branch: Branch) -> Clause:
    field = _field(text, branch.children[0])
    match branch.data:
        case "comparison":
            return _comparison(text, field, branch)
        case "membership":
            return _membership(text, field, branch)
        case "emptiness":
            return _emptiness(text, field, branch)
        case _:
            operator = branch.children[1]
            raise _not_yet(text, _span(operator), str(operator).upper())


def _comparison(text: str, field: FieldName, branch: Branch) -> Comparison:
    _, operator, operand = branch.children
    if _kind(operator) not in ("EQ", "NE"):
        raise _not_yet(text, _span(operator), str(operator))
    if _kind(operand) == "list":
        problem, hint = f"{operator} takes one value, not a list", "Write IN (...) for several values."
        raise JqlError(problem, text=text, span=_span(operand), hint=hint)
    negated = _kind(operator) == "NE"
    return Comparison(field=field, negated=negated, value=_value(text, operand), span=_span(branch))


def _membership(text: str, field: FieldName, branch: Branch) -> Membership:
    operand = branch.children[-1]
    if isinstance(operand, Token):
        hint = f"Write IN ({operand}), or = {operand}."
        raise JqlError("IN takes a list in brackets", text=text, span=_span(operand), hint=hint)
    is_list = operand.data == "list"
    values = tuple(_value(text, part) for part in (operand.children if is_list else [operand]))
    return Membership(
        field=field, negated=_is_negated(branch), values=values, bracketed=is_list, span=_span(branch)
    )


def _emptiness(text: str, field: FieldName, branch: Branch) -> Emptiness:
    operand = branch.children[-1]
    if _kind(operand) != "EMPTY":
        hint = "Compare with a value by = or !=."
        raise JqlError("IS goes with EMPTY only", text=text, span=_span(operand), hint=hint)
    return Emptiness(field=field, negated=_is_negated(branch), span=_span(branch))


def _field(text: str, part: Part) -> FieldName:
    (token,) = _tokens(part)
    is_number = token.type == "CUSTOM_FIELD"
    return FieldName("".join(token.split()) if is_number else _literal(text, token).text, _span(token))


def _value(text: str, part: Part) -> Value:
    if isinstance(part, Token):
        return Empty(_span(part)) if part.type == "EMPTY" else _literal(text, part)
    if part.data == "list":
        hint = "One pair of brackets is enough."
        raise JqlError("a list inside a list", text=text, span=_span(part), hint=hint)
    return _function(text, part)


def _function(text: str, branch: Branch) -> FunctionCall:
    word, *arguments = _tokens(branch)
    built = {known.casefold(): known for known in BUILT_FUNCTIONS}.get(word.casefold())
    if built is None:
        raise _no_function(text, word)
    if arguments:
        raise JqlError(f"{built}() takes nothing in its brackets", text=text, span=_span(branch))
    return FunctionCall(built, (), _span(branch))


def _no_function(text: str, word: Token) -> JqlError:
    if word.casefold() in {later.casefold() for later in LATER_FUNCTIONS}:
        return _not_yet(text, _span(word), f"{word}()")
    hint = did_you_mean(word, BUILT_FUNCTIONS + LATER_FUNCTIONS)
    return JqlError(f"there is no function {word}()", text=text, span=_span(word), hint=hint)


def _literal(text: str, token: Token) -> Literal:
    span, is_quoted = _span(token), token.type == "STRING"
    raw = token[1:-1] if is_quoted else str(token)
    if not is_quoted and raw.casefold() in RESERVED:
        hint = f'Write "{raw}".'
        raise JqlError(f"{raw} is a word that JQL keeps for itself", text=text, span=span, hint=hint)
    if not is_quoted and raw[0] in _TYPOGRAPHIC:
        hint = 'Write straight quotes: "...".'
        raise JqlError("typographic quotes mean nothing in JQL", text=text, span=span, hint=hint)
    return Literal(_unescaped(text, raw, span), is_quoted, span)


def _unescaped(text: str, raw: str, span: Span) -> str:
    def plain(match: re.Match[str]) -> str:
        escape = match[1]
        if escape[0] == "u" and len(escape) > 1:
            return chr(int(escape[1:], 16))
        if escape not in _ESCAPED:
            hint = r"Write \\ for a backslash."
            raise JqlError(f"\\{escape} means nothing in JQL", text=text, span=span, hint=hint)
        return _ESCAPED[escape]

    return _ESCAPE.sub(plain, raw)


def _not_yet(text: str, span: Span, what: str, *, hint: str | None = None) -> JqlError:
    problem = f"{what} is valid JQL, but pmreport does not support it yet"
    return JqlError(problem, text=text, span=span, hint=hint)


def _is_negated(branch: Branch) -> bool:
    return any(_kind(part) == "NOT" for part in branch.children)


def _kind(part: Part) -> str:
    return part.type if isinstance(part, Token) else str(part.data)


def _branches(branch: Branch) -> tuple[Branch, ...]:
    return tuple(child for child in branch.children if isinstance(child, Tree))


def _tokens(part: Part) -> tuple[Token, ...]:
    children = part.children if isinstance(part, Tree) else [part]
    return tuple(child for child in children if isinstance(child, Token))


def _span(part: Part) -> Span:
    place = part if isinstance(part, Token) else part.meta
    start, stop = place.start_pos or 0, place.end_pos or 0
    return Span(start, stop - start)
