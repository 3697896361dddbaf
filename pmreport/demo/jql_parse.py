"""JQL as the simulator understands it: text to a tree, with Jira's words when it cannot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<symbol><=|>=|!=|!~|[=<>~(),!])|(?P<word>[^\s()"',=<>~!]+))"""
)
_OPERATORS = (
    "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'in', 'not in', 'is', 'is not', 'was', 'was in', 'was not', "
    "'was not in' and 'changed'"
)
_RESERVED = {"and", "or", "not", "in", "is", "was", "changed", "order", "by", "empty", "null"}
_PREDICATES = {"from", "to", "by", "after", "before", "on", "during"}


class JqlError(Exception):
    """Jira would answer 400 with this sentence."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function such as openSprints(), with its arguments."""

    name: str
    arguments: tuple[str, ...]


Operand = str | Call | None
"""A value, a function, or None for EMPTY."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A field, an operator (spelled in lower case) and its operands; after WAS and CHANGED its predicates."""

    field: str
    operator: str
    operands: tuple[Operand, ...]
    predicates: tuple[tuple[str, tuple[Operand, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of a condition."""

    inner: "Node"


@dataclass(frozen=True, slots=True)
class Both:
    """Every condition holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one condition holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Bare words: a search in the texts of the issues."""

    words: tuple[str, ...]


Node = Clause | Not | Both | Either | Words


@dataclass(frozen=True, slots=True)
class Search:
    """A whole JQL text. `where` is None when it restricts nothing; an order is (field, descending)."""

    where: Node | None
    order: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: str
    at: int

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind != "string" else ""


def parse(text: str) -> Search:
    """The tree of a JQL text. Raises JqlError where Jira would answer 400."""
    tokens = _tokens(text)
    try:
        return _Reader(tokens).search()
    except JqlError:
        if tokens and all(token.kind == "word" for token in tokens):
            return Search(Words(tuple(token.text for token in tokens)), ())
        raise


def _tokens(text: str) -> list[_Token]:
    tokens, position = [], 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise _syntax(
                f"The quoted string '{text[position:].strip()[1:]}' has not been completed.", position
            )
        kind = match.lastgroup or "word"
        raw = match.group(kind)
        tokens.append(
            _Token(re.sub(r"\\(.)", r"\1", raw[1:-1]) if kind == "string" else raw, kind, match.start(kind))
        )
        position = match.end()
    return tokens


def _syntax(said: str, at: int) -> JqlError:
    return JqlError(f"Error in the JQL Query: {said} (line 1, character {at + 1})")


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = tokens[-1].at + len(tokens[-1].text) if tokens else 0

    def search(self) -> Search:
        where = None if self._peek() in {"", "order"} and not self._left_string() else self._either()
        order = self._order() if self._peek() == "order" else ()
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            raise _syntax(f"Expecting either 'OR' or 'AND' but got '{token.text}'.", token.at)
        return Search(where, order)

    def _left_string(self) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind == "string"

    def _peek(self, ahead: int = 0) -> str:
        place = self._at + ahead
        return self._tokens[place].word if place < len(self._tokens) else ""

    def _take(self, what: str) -> _Token:
        if self._at >= len(self._tokens):
            raise _syntax(f"Expecting {what} before the end of the query.", self._end)
        self._at += 1
        return self._tokens[self._at - 1]

    def _either(self) -> Node:
        parts = [self._both()]
        while self._peek() in {"or", "||"}:
            self._at += 1
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        parts = [self._one()]
        while self._peek() in {"and", "&&"}:
            self._at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _one(self) -> Node:
        if self._peek() in {"not", "!"}:
            self._at += 1
            return Not(self._one())
        if self._peek() == "(":
            self._at += 1
            inner = self._either()
            self._expect(")")
            return inner
        return self._clause()

    def _expect(self, symbol: str) -> None:
        token = self._take(f"'{symbol}'")
        if token.word != symbol:
            raise _syntax(f"Expecting '{symbol}' but got '{token.text}'.", token.at)

    def _clause(self) -> Clause:
        name = self._take("a field name")
        if name.word in _RESERVED or name.kind == "symbol":
            raise _syntax(
                f"'{name.text}' is a reserved JQL word. "
                "You must surround it in quotation marks to use it in a query.",
                name.at,
            )
        operator = self._operator()
        if operator == "changed":
            return Clause(name.text, operator, (), self._predicates())
        if operator in {"was in", "was not in"}:
            return Clause(name.text, operator, self._several(), self._predicates())
        if operator in {"was", "was not"}:
            return Clause(name.text, operator, (self._operand(),), self._predicates())
        if operator in {"in", "not in"}:
            return Clause(name.text, operator, self._several())
        operand = self._operand()
        if operator in {"is", "is not"} and operand is not None:
            raise JqlError(f"The operator '{operator}' only supports searching for empty values.")
        return Clause(name.text, operator, (operand,))

    def _operator(self) -> str:
        token = self._take("an operator")
        word = token.word
        if word in {"=", "!=", "<", ">", "<=", ">=", "~", "!~", "in"}:
            return word
        if word == "is":
            if self._peek() == "not":
                self._at += 1
                return "is not"
            return "is"
        if word == "changed":
            return word
        if word == "was":
            return "was" + "".join(self._words("not", "in"))
        if word == "not" and self._peek() == "in":
            self._at += 1
            return "not in"
        raise _syntax(
            f"Expecting operator but got '{token.text}'. The valid operators are {_OPERATORS}.", token.at
        )

    def _words(self, *words: str) -> Iterator[str]:
        """Those of the words that come next, in this order."""
        for word in words:
            if self._peek() == word:
                self._at += 1
                yield f" {word}"

    def _predicates(self) -> tuple[tuple[str, tuple[Operand, ...]], ...]:
        found = []
        while self._peek() in _PREDICATES:
            word = self._take("a predicate").word
            found.append((word, self._several()))
        return tuple(found)

    def _several(self) -> tuple[Operand, ...]:
        if self._peek() != "(":
            return (self._operand(),)
        self._at += 1
        found = [self._operand()]
        while self._peek() == ",":
            self._at += 1
            found.append(self._operand())
        self._expect(")")
        return tuple(found)

    def _operand(self) -> Operand:
        token = self._take("a value or a function")
        if token.kind == "symbol":
            raise _syntax(f"Expecting either a value, list or function but got '{token.text}'.", token.at)
        if token.word in {"empty", "null"}:
            return None
        if self._peek() != "(" or token.kind == "string":
            return token.text
        self._at += 1
        arguments = []
        while self._peek() != ")":
            arguments.append(self._take("an argument").text)
            if self._peek() == ",":
                self._at += 1
        self._expect(")")
        return Call(token.text, tuple(arguments))

    def _order(self) -> tuple[tuple[str, bool], ...]:
        self._at += 1
        self._expect("by")
        order = []
        while True:
            name = self._take("a field name").text
            descending = self._peek() == "desc"
            if self._peek() in {"asc", "desc"}:
                self._at += 1
            order.append((name, descending))
            if self._peek() != ",":
                return tuple(order)
            self._at += 1
