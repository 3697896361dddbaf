"""A query as it was written: clauses joined by AND, OR and NOT."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pmreport.goals.jql_error import Span


@dataclass(frozen=True, slots=True)
class FieldName:
    """The field a clause asks about, without its quotes; `cf[10016]` stands as it was written."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Literal:
    """A value. `quoted` tells `"3"`, a name first, from `3`, an id first."""

    text: str
    quoted: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Empty:
    """The word EMPTY or NULL."""

    span: Span


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function that stands for a value or for a list of values, such as `currentUser()`."""

    name: str
    arguments: tuple[str, ...]
    span: Span


Value = Literal | Empty | FunctionCall


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`field = value`, or with another of `!= ~ !~ < <= > >=`. `span` is the clause from end to end."""

    field: FieldName
    operator: str
    value: Value
    span: Span

    @property
    def negated(self) -> bool:
        """Whether it holds where the value is not the one named."""
        return self.operator in ("!=", "!~")


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """`field IN (value, ...)`; `negated` for NOT IN.

    `bracketed` is False for `field IN function()`, where the function itself is the list.
    """

    field: FieldName
    negated: bool
    values: tuple[Value, ...]
    bracketed: bool
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptiness:
    """`field IS EMPTY`; `negated` for IS NOT EMPTY."""

    field: FieldName
    negated: bool
    span: Span


class PredicateKind(StrEnum):
    """What narrows a question about the past."""

    FROM = "FROM"
    TO = "TO"
    BY = "BY"
    AFTER = "AFTER"
    BEFORE = "BEFORE"
    ON = "ON"
    DURING = "DURING"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One of `AFTER date`, `DURING (date, date)`, `BY user` and so on, after WAS or CHANGED."""

    kind: PredicateKind
    values: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """`field WAS value` or `field WAS IN (value, ...)`; `negated` for WAS NOT. Its present counts as well."""

    field: FieldName
    negated: bool
    values: tuple[Value, ...]
    predicates: tuple[Predicate, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """`field CHANGED`, with what narrows it."""

    field: FieldName
    predicates: tuple[Predicate, ...]
    span: Span


Clause = Comparison | Membership | Emptiness | Was | Changed


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple["Condition", ...]


Condition = Clause | Not | And | Or


def clauses(condition: Condition) -> Iterator[Clause]:
    """Every clause, in the order it was written."""
    match condition:
        case Not(part):
            yield from clauses(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from clauses(part)
        case _:
            yield condition


@dataclass(frozen=True, slots=True)
class Jql:
    """A whole query: its text and its condition. `ordered`: an ORDER BY was read, which is without effect."""

    text: str
    condition: Condition
    ordered: bool = False
