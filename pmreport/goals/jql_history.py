"""The questions about the past, WAS and CHANGED, made from what the grammar read."""

from lark import Token

from pmreport.goals.jql_error import JqlError
from pmreport.goals.jql_values import Branch, Part, kind, span, values
from pmreport.goals.tree import Changed, FieldName, Predicate, PredicateKind, Was

_ONLY_CHANGED = (PredicateKind.FROM, PredicateKind.TO)


def was(text: str, asked: FieldName, branch: Branch) -> Was:
    """`field WAS [NOT] [IN] value`, and what narrows it. Raises JqlError with what to write instead."""
    _, *middle = [part for part in branch.children if kind(part) != "predicate"]
    operand = middle[-1]
    words = {kind(part) for part in middle[:-1]}
    if "IN" in words and isinstance(operand, Token):
        hint = f"Write WAS IN ({operand}), or WAS {operand}."
        raise JqlError("WAS IN takes a list in brackets", text=text, span=span(operand), hint=hint)
    if "IN" not in words and kind(operand) == "list":
        hint = "Write WAS IN (...) for several values."
        raise JqlError("WAS takes one value, not a list", text=text, span=span(operand), hint=hint)
    predicates = _predicates(text, branch)
    for predicate in predicates:
        if predicate.kind in _ONLY_CHANGED:
            hint = f"Write CHANGED {predicate.kind} ...."
            raise JqlError(
                f"{predicate.kind} goes with CHANGED only", text=text, span=predicate.span, hint=hint
            )
    return Was(
        field=asked,
        negated="NOT" in words,
        values=values(text, operand),
        predicates=predicates,
        span=span(branch),
    )


def changed(text: str, asked: FieldName, branch: Branch) -> Changed:
    """`field CHANGED`, and what narrows it."""
    return Changed(field=asked, predicates=_predicates(text, branch), span=span(branch))


def _predicates(text: str, branch: Branch) -> tuple[Predicate, ...]:
    return tuple(_predicate(text, part) for part in branch.children if kind(part) == "predicate")


def _predicate(text: str, part: Part) -> Predicate:
    word, operand = part.children if not isinstance(part, Token) else (part, part)
    named = PredicateKind(kind(word))
    found = values(text, operand)
    if named is PredicateKind.DURING and len(found) != 2:  # noqa: PLR2004  from when until when
        hint = "Write DURING (2026-11-01, 2026-11-30)."
        raise JqlError("DURING takes two dates in brackets", text=text, span=span(operand), hint=hint)
    is_date = named in (PredicateKind.AFTER, PredicateKind.BEFORE, PredicateKind.ON)
    if is_date and kind(operand) == "list":
        raise JqlError(f"{named} takes one date, not a list", text=text, span=span(operand))
    return Predicate(named, found, span(part))
