"""A rule made ready for one site: every name an id, every NOT carried down to the clause it turns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pmreport.goals.check import AllOf, AnyOf, Check, Node
from pmreport.goals.clauses import check_of
from pmreport.goals.context import JqlContext
from pmreport.goals.tree import And, Condition, Jql, Not, Or


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
            check = replace(check_of(jql, condition, context), number=next(numbers))
            return _opposite(check) if turned else check


def _opposite(check: Check) -> Check:
    return replace(check, negated=not check.negated, text=f"NOT {check.text}")


def _checks(node: Node) -> Iterator[Check]:
    if isinstance(node, Check):
        yield node
        return
    for part in node.parts:
        yield from _checks(part)
