"""A rule made ready for one site: every name an id, every NOT carried down to the clause it turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from pmreport.goals.context import JqlContext, JqlField
from pmreport.goals.fields import LATER_FIELDS, fields_named, known_names
from pmreport.goals.functions import OPEN_SPRINTS, called_ids
from pmreport.goals.jql_error import JqlError, did_you_mean
from pmreport.goals.tree import (
    And,
    Clause,
    Comparison,
    Condition,
    Emptiness,
    Empty,
    FieldName,
    FunctionCall,
    Jql,
    Literal,
    Membership,
    Not,
    Or,
    Value,
)
from pmreport.goals.values import wanted_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One clause about one field.

    Holds where one of the field's values is among `wanted` (ids; numbers and dates as text; an issue's key or
    id), where an open sprint is among them (`open_sprints`), or where it has none and `or_empty` is set.
    `negated`: holds where the field has a value and none of them is wanted: JQL's `!=` never matches EMPTY.
    `number` tells the clauses of a rule apart, from 0; `text` is the clause as it was written.
    """

    number: int
    field: JqlField
    wanted: tuple[str, ...]
    or_empty: bool = False
    open_sprints: bool = False
    negated: bool = False
    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Node", ...]


Node = Check | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule with its names resolved, and the context it was resolved in."""

    root: Node
    context: JqlContext

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every clause, in the order it was written."""
        return tuple(sorted(_checks(self.root), key=lambda check: check.number))


def resolve(jql: Jql, context: JqlContext) -> Plan:
    """The plan of a query. Raises JqlError for a field, a value or an operator that does not fit."""
    numbers = iter(range(len(jql.text)))  # more than there can be clauses
    return Plan(_node(jql, jql.condition, context, numbers, turned=False), context)


def _node(
    jql: Jql, condition: Condition, context: JqlContext, numbers: Iterator[int], *, turned: bool
) -> Node:
    """NOT turns AND into OR and a clause into its opposite, so that `NOT a = b` is `a != b`, as in Jira."""
    match condition:
        case Not(part):
            return _node(jql, part, context, numbers, turned=not turned)
        case And(parts) | Or(parts):
            nodes = tuple(_node(jql, part, context, numbers, turned=turned) for part in parts)
            return AllOf(nodes) if isinstance(condition, And) is not turned else AnyOf(nodes)
        case _:
            check = replace(_check(jql, condition, context), number=next(numbers))
            return _opposite(check) if turned else check


def _opposite(check: Check) -> Check:
    return replace(check, negated=not check.negated, text=f"NOT {check.text}")


def _check(jql: Jql, clause: Clause, context: JqlContext) -> Check:
    field = _field(jql, clause.field, context)
    if field.always_set and any(isinstance(value, Empty) for value in _values(clause)):
        raise JqlError(f"{field.name} is never EMPTY", text=jql.text, span=clause.span)
    named = tuple(_named(field, _values(clause)))
    wanted: dict[str, None] = {}  # a set that keeps its order
    for value in named:
        wanted |= dict.fromkeys(_wanted(jql, value, clause, field, context))
    return Check(
        number=0,
        field=field,
        wanted=tuple(wanted),
        or_empty=len(named) < len(_values(clause)),
        open_sprints=any(isinstance(value, FunctionCall) and value.name == OPEN_SPRINTS for value in named),
        negated=clause.negated,
        text=_text(jql, clause),
    )


def _values(clause: Clause) -> tuple[Value, ...]:
    match clause:
        case Comparison():
            return (clause.value,)
        case Membership():
            return clause.values
        case Emptiness():
            return (Empty(clause.span),)
        case _:
            assert_never(clause)


def _field(jql: Jql, name: FieldName, context: JqlContext) -> JqlField:
    found = tuple(fields_named(name.name, context))
    if found:
        return replace(found[0], ids=tuple(field_id for known in found for field_id in known.ids))
    if name.name.casefold() in {later.casefold() for later in LATER_FIELDS}:
        problem = f"the field {name.name} is valid JQL, but pmreport does not support it yet"
        raise JqlError(problem, text=jql.text, span=name.span)
    hint = did_you_mean(name.name, known_names(context))
    raise JqlError(f"there is no field {name.name} on this site", text=jql.text, span=name.span, hint=hint)


def _named(field: JqlField, values: Sequence[Value]) -> Iterator[Literal | FunctionCall]:
    """The values besides EMPTY, and besides `resolution = Unresolved`, which is Jira's name for it."""
    for value in values:
        is_unresolved = isinstance(value, Literal) and value.text.casefold() == "unresolved"
        if not isinstance(value, Empty) and not (is_unresolved and field.ids == ("resolution",)):
            yield value


def _wanted(
    jql: Jql, value: Literal | FunctionCall, clause: Clause, field: JqlField, context: JqlContext
) -> tuple[str, ...]:
    if isinstance(value, Literal):
        return wanted_ids(jql, value, field, context)
    return called_ids(jql, value, clause, field, context)


def _text(jql: Jql, clause: Clause) -> str:
    written = jql.text[clause.span.start : clause.span.start + clause.span.length]
    return " ".join(written.split())


def _checks(node: Node) -> Iterator[Check]:
    if isinstance(node, Check):
        yield node
        return
    for part in node.parts:
        yield from _checks(part)
