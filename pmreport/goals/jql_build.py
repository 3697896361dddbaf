"""The query tree made from what the grammar read."""

from lark import Token

from pmreport.goals.jql_error import JqlError, did_you_mean
from pmreport.goals.jql_history import changed, was
from pmreport.goals.jql_values import Branch, branches, field, kind, span, value, values
from pmreport.goals.tree import (
    And,
    Clause,
    Comparison,
    Condition,
    Emptiness,
    FieldName,
    Membership,
    Not,
    Or,
    clauses,
)

_DEEPEST = 50  # levels of NOT, AND and OR: far more than a person can follow
_LONGEST = 200  # clauses; every one is a set of items, and the database joins no end of them


def build(text: str, root: Branch) -> tuple[Condition, bool]:
    """The condition of a parsed query, and whether an ORDER BY stood behind it.

    Raises JqlError where it cannot be used as it stands.
    """
    first, *rest = branches(root)
    if first.data == "ordering":
        hint = "Write what the items have in common before it."
        problem = "an order alone would match every item"
        raise JqlError(problem, text=text, span=span(first), hint=hint)
    condition = _condition(text, first)
    number = sum(1 for _ in clauses(condition))
    if number > _LONGEST:
        hint = "Ask for many values in one clause with IN (...)."
        problem = f"this query is too long: it has {number} clauses, and at most {_LONGEST} can be asked"
        raise JqlError(problem, text=text, span=span(first), hint=hint)
    return condition, bool(rest)


def _condition(text: str, branch: Branch, depth: int = 0) -> Condition:
    if depth > _DEEPEST:
        problem = f"this query is nested too deep: at most {_DEEPEST} levels of NOT, AND and OR"
        raise JqlError(problem, text=text, span=span(branch))
    parts = branches(branch)
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
    asked = field(text, branch.children[0])
    match branch.data:
        case "comparison":
            return _comparison(text, asked, branch)
        case "membership":
            return _membership(text, asked, branch)
        case "emptiness":
            return _emptiness(text, asked, branch)
        case "was":
            return was(text, asked, branch)
        case _:
            return changed(text, asked, branch)


def _comparison(text: str, asked: FieldName, branch: Branch) -> Comparison:
    _, operator, operand = branch.children
    if kind(operand) == "list":
        problem, hint = f"{operator} takes one value, not a list", "Write IN (...) for several values."
        raise JqlError(problem, text=text, span=span(operand), hint=hint)
    found = value(text, operand)
    return Comparison(field=asked, operator=str(operator), value=found, span=span(branch))


def _membership(text: str, asked: FieldName, branch: Branch) -> Membership:
    operand = branch.children[-1]
    if isinstance(operand, Token):
        hint = f"Write IN ({operand}), or = {operand}."
        raise JqlError("IN takes a list in brackets", text=text, span=span(operand), hint=hint)
    return Membership(
        field=asked,
        negated=_is_negated(branch),
        values=values(text, operand),
        bracketed=operand.data == "list",
        span=span(branch),
    )


def _emptiness(text: str, asked: FieldName, branch: Branch) -> Emptiness:
    operand = branch.children[-1]
    if kind(operand) != "EMPTY":
        hint = did_you_mean(str(operand), ("EMPTY",)) or "Compare with a value by = or !=."
        raise JqlError("IS goes with EMPTY only", text=text, span=span(operand), hint=hint)
    return Emptiness(field=asked, negated=_is_negated(branch), span=span(branch))


def _is_negated(branch: Branch) -> bool:
    return any(kind(part) == "NOT" for part in branch.children)
