"""One clause of a query with its field and its values found on the site, or refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from pmreport.goals.check import Asked, Bound, Check
from pmreport.goals.context import FieldKind, JqlContext, JqlField, Source
from pmreport.goals.fields import FOREIGN_FIELDS, fields_named, known_names
from pmreport.goals.functions import called_ids, sprint_state
from pmreport.goals.jql_error import JqlError, did_you_mean
from pmreport.goals.past import change_asked, was_asked
from pmreport.goals.search import searched
from pmreport.goals.tree import (
    Changed,
    Clause,
    Comparison,
    Emptiness,
    Empty,
    FieldName,
    FunctionCall,
    Jql,
    Literal,
    Membership,
    Value,
    Was,
)
from pmreport.goals.values import dated_ids, wanted_ids

_ORDERED = (FieldKind.NUMBER, FieldKind.DATE, FieldKind.INSTANT, FieldKind.DURATION)
_TURNED = {"<": ">=", "<=": ">"}
_ONLY_FOUND = ("comment", "text")  # of these Jira asks for words alone


def check_of(jql: Jql, clause: Clause, context: JqlContext) -> Check:
    """The check of a clause. Raises JqlError for a field, a value or an operator that does not fit."""
    field = _field(jql, clause.field, context)
    bare = Check(number=0, field=field, text=_text(jql, clause))
    match clause:
        case Was():
            wanted, asked = was_asked(jql, clause, field, context)
            return replace(bare, wanted=wanted, asked=asked, negated=clause.negated)
        case Changed():
            return replace(bare, asked=change_asked(jql, clause, field, context))
        case Comparison() if clause.operator in ("~", "!~"):
            return replace(bare, asked=searched(jql, clause.value, field), negated=clause.negated)
        case Comparison() if clause.operator not in ("=", "!="):
            return _bound(jql, clause, bare, context)
        case Comparison() | Membership() | Emptiness():
            return _among(jql, clause, bare, context)
        case _:
            assert_never(clause)


def _among(jql: Jql, clause: Comparison | Membership | Emptiness, bare: Check, context: JqlContext) -> Check:
    field, asked_for = bare.field, _values(clause)
    if field.always_set and any(isinstance(value, Empty) for value in asked_for):
        raise JqlError(f"{field.name} is never EMPTY", text=jql.text, span=clause.span)
    if field.name in _ONLY_FOUND and isinstance(clause, Emptiness):
        raise JqlError(f"{field.name} can be asked for words only, by ~", text=jql.text, span=clause.span)
    named = tuple(_named(field, asked_for))
    if named and field.source is Source.UPDATED:
        hint = "Ask for a span: updated >= startOfDay() AND updated <= endOfDay()."
        raise JqlError("an item is updated at many moments", text=jql.text, span=clause.span, hint=hint)
    wanted: dict[str, None] = {}  # a set that keeps its order
    for value in named:
        wanted |= dict.fromkeys(_wanted(jql, value, clause, field, context))
    states = (sprint_state(value.name) for value in named if isinstance(value, FunctionCall))
    return replace(
        bare,
        wanted=tuple(wanted),
        or_empty=len(named) < len(asked_for),
        sprint_states=tuple(dict.fromkeys(state for state in states if state is not None)),
        negated=clause.negated,
    )


def _bound(jql: Jql, clause: Comparison, bare: Check, context: JqlContext) -> Check:
    """`updated < x` is asked as the opposite of `updated >= x`: once updated later, never again before."""
    field, operator = bare.field, clause.operator
    if field.kind not in _ORDERED:
        problem = f"{field.name} has no order that pmreport knows, so {operator} means nothing"
        hint = "Numbers, dates, moments and working time can be compared."
        raise JqlError(problem, text=jql.text, span=clause.span, hint=hint)
    if isinstance(clause.value, Empty):
        hint = "Write IS EMPTY or IS NOT EMPTY."
        problem = f"{operator} does not go with EMPTY"
        raise JqlError(problem, text=jql.text, span=clause.value.span, hint=hint)
    wanted = _wanted(jql, clause.value, clause, field, context)
    turned = field.source is Source.UPDATED and operator in _TURNED
    asked: Asked = Bound(_TURNED[operator] if turned else operator)
    return replace(bare, wanted=wanted, asked=asked, negated=turned)


def _values(clause: Comparison | Membership | Emptiness) -> tuple[Value, ...]:
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
    if name.name.casefold() in {foreign.casefold() for foreign in FOREIGN_FIELDS}:
        problem = f"the field {name.name} is valid JQL, but pmreport keeps nothing of it"
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
    jql: Jql,
    value: Literal | FunctionCall,
    clause: Comparison | Membership | Emptiness,
    field: JqlField,
    context: JqlContext,
) -> tuple[str, ...]:
    if field.kind in (FieldKind.DATE, FieldKind.INSTANT):
        return dated_ids(jql, value, field, context)
    if isinstance(value, FunctionCall):
        return called_ids(jql, value, clause, field, context)
    return wanted_ids(jql, value, field, context)


def _text(jql: Jql, clause: Clause) -> str:
    written = jql.text[clause.span.start : clause.span.start + clause.span.length]
    return " ".join(written.split())
