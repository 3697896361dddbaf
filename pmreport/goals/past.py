"""The clauses about the past, WAS and CHANGED, with what narrows them, found on the site."""

from collections.abc import Iterable

from pmreport.goals.check import Change, During
from pmreport.goals.check import Was as WasAsked
from pmreport.goals.context import JqlContext, JqlField
from pmreport.goals.dates import day_span, local_day, moment
from pmreport.goals.fields import SYSTEM_FIELDS
from pmreport.goals.functions import called_ids
from pmreport.goals.jql_error import JqlError
from pmreport.goals.tree import (
    Changed,
    Empty,
    Jql,
    Literal,
    Membership,
    Predicate,
    PredicateKind,
    Value,
    Was,
)
from pmreport.goals.values import wanted_ids
from pmreport.model.instant import OPEN_END_MS, to_ms

# Jira keeps WAS and CHANGED to these, and a rule is to mean the same there.
_WITH_A_PAST = ("assignee", "fixVersion", "priority", "reporter", "resolution", "status")
_DATES = (PredicateKind.AFTER, PredicateKind.BEFORE, PredicateKind.ON, PredicateKind.DURING)
_PERSON = SYSTEM_FIELDS["assignee"]


def was_asked(
    jql: Jql, clause: Was, field: JqlField, context: JqlContext
) -> tuple[tuple[str, ...], WasAsked]:
    """The values that were, and when.

    Raises JqlError for a field that keeps no history, or is never empty.
    """
    _check_field(jql, clause, field)
    wanted = _ids(jql, clause.values, clause, field, context)
    if "" in wanted and field.always_set:
        raise JqlError(f"{field.name} is never EMPTY", text=jql.text, span=clause.span)
    during = _during(jql, clause, context)
    named = tuple(value for value in wanted if value)
    return named, WasAsked(during=during, or_empty="" in wanted)


def change_asked(jql: Jql, clause: Changed, field: JqlField, context: JqlContext) -> Change:
    """From what to what, and when."""
    _check_field(jql, clause, field)
    sides: dict[PredicateKind, tuple[str, ...]] = {}
    for predicate in clause.predicates:
        if predicate.kind in (PredicateKind.FROM, PredicateKind.TO):
            sides[predicate.kind] = _ids(jql, predicate.values, clause, field, context)
    return Change(
        during=_during(jql, clause, context),
        before=sides.get(PredicateKind.FROM),
        after=sides.get(PredicateKind.TO),
    )


def _check_field(jql: Jql, clause: Was | Changed, field: JqlField) -> None:
    seen: set[PredicateKind] = set()
    for predicate in clause.predicates:
        if predicate.kind in seen:
            problem = f"{predicate.kind} stands here twice"
            raise JqlError(problem, text=jql.text, span=predicate.span)
        seen.add(predicate.kind)
    if field.name not in _WITH_A_PAST:
        word = "WAS" if isinstance(clause, Was) else "CHANGED"
        hint = f"Jira keeps {word} to {', '.join(_WITH_A_PAST)}."
        problem = f"{word} cannot be asked of {field.name}"
        raise JqlError(problem, text=jql.text, span=clause.field.span, hint=hint)


def _ids(
    jql: Jql, values: Iterable[Value], clause: Was | Changed, field: JqlField, context: JqlContext
) -> tuple[str, ...]:
    """The ids of the values; an empty text for EMPTY, and for `Unresolved`."""
    found: dict[str, None] = {}
    for value in values:
        match value:
            case Empty():
                found[""] = None
            case Literal(text) if field.ids == ("resolution",) and text.casefold() == "unresolved":
                found[""] = None
            case Literal():
                found |= dict.fromkeys(wanted_ids(jql, value, field, context))
            case _:
                listed = Membership(
                    field=clause.field, negated=False, values=(value,), bracketed=True, span=clause.span
                )
                found |= dict.fromkeys(called_ids(jql, value, listed, field, context))
    return tuple(found)


def _during(jql: Jql, clause: Was | Changed, context: JqlContext) -> During:
    """What all predicates together leave of time and of people."""
    from_ms, until_ms = 0, OPEN_END_MS
    people: tuple[str, ...] | None = None
    for predicate in clause.predicates:
        if predicate.kind is PredicateKind.BY:
            people = _people(jql, predicate, clause, context)
        elif predicate.kind in _DATES:
            since, until = _span(jql, predicate, context)
            from_ms, until_ms = max(from_ms, since), min(until_ms, until)
    return During(from_ms=from_ms, until_ms=until_ms, people=people)


def _people(jql: Jql, predicate: Predicate, clause: Was | Changed, context: JqlContext) -> tuple[str, ...]:
    people = _ids(jql, predicate.values, clause, _PERSON, context)
    if "" in people:
        raise JqlError("BY names somebody", text=jql.text, span=predicate.span)
    return people


def _span(jql: Jql, predicate: Predicate, context: JqlContext) -> tuple[int, int]:
    """The span that a predicate leaves, half open. AFTER and BEFORE leave the moment out, DURING has both."""
    moments = [moment(jql, value, context) for value in predicate.values]
    match predicate.kind:
        case PredicateKind.AFTER:
            return to_ms(moments[0]) + 1, OPEN_END_MS
        case PredicateKind.BEFORE:
            return 0, to_ms(moments[0])
        case PredicateKind.ON:
            return day_span(local_day(moments[0], context), context)
        case _:
            return to_ms(moments[0]), to_ms(moments[1]) + 1
