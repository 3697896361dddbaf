"""A rule's text read into a query tree, or refused with the place and the nearest right word."""

from functools import cache

from lark import Lark, Token, UnexpectedCharacters, UnexpectedToken

from pmreport.goals.jql_build import build
from pmreport.goals.jql_error import JqlError, Span
from pmreport.goals.jql_syntax import syntax_error, unreadable
from pmreport.goals.jql_words import KEYWORDS
from pmreport.goals.tree import Jql
from pmreport.model.query import sql_text


def parse(text: str) -> Jql:
    """The tree of a query. Raises JqlError for a syntax error, and for what only Jira can answer."""
    if not text.strip():
        raise JqlError("an empty query would match every item", text=text, span=Span(0))
    try:
        root = _parser().parse(text)
    except UnexpectedCharacters as error:
        raise unreadable(text, error.line, error.column) from error
    except UnexpectedToken as error:
        raise syntax_error(text, error) from error
    condition, ordered = build(text, root)
    return Jql(text, condition, ordered)


@cache
def _parser() -> Lark:
    """The whole grammar; the basic lexer, so that a wrong word is read first and then judged by its place."""
    return Lark(
        sql_text("pmreport.goals", "jql.lark"),
        parser="lalr",
        lexer="basic",
        propagate_positions=True,
        maybe_placeholders=False,
        lexer_callbacks={"WORD": _keyword},
    )


def _keyword(token: Token) -> Token:
    kind = KEYWORDS.get(token.lower())
    return token if kind is None else Token.new_borrow_pos(kind, token, token)
