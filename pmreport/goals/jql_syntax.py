"""Why a query could not be read: what was found, what belongs there, and what was probably meant."""

from lark import UnexpectedToken

from pmreport.goals.jql_error import JqlError, Span, did_you_mean

_OPERATORS = ("=", "!=", "IN", "NOT", "NOT IN", "IS", "IS NOT", "WAS", "CHANGED")
_JOINTS = ("AND", "OR")
_PREDICATES = ("AFTER", "BEFORE", "ON", "DURING", "BY", "FROM", "TO")
_WANTED = {  # by the first of these that the grammar would take
    "EQ": "an operator such as = or IN",
    "EMPTY": "a value",
    "COMMA": "',' or ')'",
    "IN": "IN",
    "BY": "BY",
    "NOT": "a field",
    "WORD": "a word",
}
_AFTER_A_CLAUSE = {"AND", "OR", "RPAR", "$END"}  # the parser may already have closed an AND when it stumbles


def unreadable(text: str, line: int, column: int) -> JqlError:
    """The error for a character that starts no word; line and column count from 1."""
    position = sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1
    character = text[position]
    span = Span(position)
    if character in "\"'":
        return JqlError("this quote is never closed", text=text, span=Span(position, len(text) - position))
    hint = 'Put the whole value in quotes: "..."'
    return JqlError(f"{character} may not stand outside quotes", text=text, span=span, hint=hint)


def syntax_error(text: str, error: UnexpectedToken) -> JqlError:
    """The error for a word at a place where it may not stand."""
    token = error.token
    accepts = set(error.accepts)
    at_end = token.type == "$END"
    span = Span(len(text.rstrip())) if at_end else Span(token.start_pos or 0, len(token))
    wanted = _wanted(accepts)
    found = "the query ends" if at_end else f"here stands {token}"
    hint = None if at_end else _hint(str(token), token.type, accepts)
    return JqlError(f"{found}, where {wanted} is expected", text=text, span=span, hint=hint)


def _wanted(accepts: set[str]) -> str:
    if accepts & _AFTER_A_CLAUSE and not accepts & {"COMMA", "WORD"}:
        return "AND, OR or ')'" if "RPAR" in accepts else "AND, OR or the end"
    telling = (token for token in _WANTED if token in accepts)
    return _WANTED[next(telling)]


def _hint(word: str, kind: str, accepts: set[str]) -> str | None:
    if "EQ" in accepts:
        several = f'A field name of several words stands in quotes: "... {word}"' if kind == "WORD" else None
        return did_you_mean(word, _OPERATORS) or several
    if kind == "RPAR" and accepts & _AFTER_A_CLAUSE:
        return "There is no '(' that it closes."
    if kind == "WORD" and accepts & (_AFTER_A_CLAUSE | {"COMMA"}):
        near = (name for name in _PREDICATES if name in accepts and abs(len(name) - len(word)) <= 1)
        fitting = (*_JOINTS, *near)  # "Done" is two letters from ON, and meant as a value
        return did_you_mean(word, fitting) or f'A value of several words stands in quotes: "... {word}"'
    if kind in ("EQ", "NOT_SIGN") and "EMPTY" in accepts:
        return "The operators are = and !=."
    return None
