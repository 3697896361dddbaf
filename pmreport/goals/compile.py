"""A rule as one portable question to the store: which items match, since when, and by which clauses.

Every clause becomes the set of the items it holds for, AND an intersection, OR a union. Each set carries
since when its condition holds and, as bits of a number, the clauses that made it hold.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pmreport.goals.check import AllOf, AnyOf, Check, Node
from pmreport.goals.context import JqlContext
from pmreport.goals.plan import Plan, resolve
from pmreport.goals.relations import any_value, bound_in, wanted_value
from pmreport.goals.tree import Jql
from pmreport.model.query import Query, Scalar, sql_text

_MOST_BITS = 62  # of a BIGINT; a clause beyond is matched too, and told with every item


class MatchRow(NamedTuple):
    """An item that matches a rule.

    `since_ms`: the rule has held ever since, at the latest. `held` has the bit 2^number of every clause that
    made it match. `restricted` is 1 for an item with a security level, which must not be named in a mail.
    """

    issue_id: int
    issue_key: str
    summary: str
    restricted: int
    since_ms: int
    held: int


def compile_jql(jql: Jql, context: JqlContext) -> Query[MatchRow]:
    """The items that match a query at the context's moment. Raises JqlError as `plan.resolve` does."""
    return match_query(resolve(jql, context))


def match_query(plan: Plan) -> Query[MatchRow]:
    """The items that match a plan, by issue id; deleted items and those not yet created are out."""
    sets = _sets(plan.root, 0)
    named = ",\n".join(f"set_{number} AS ({text})" for number, text in enumerate(sets))
    text = _text("matches", sets=named, last=len(sets) - 1)
    own: dict[str, Scalar] = {"site_id": plan.context.site_id, "as_of_ms": plan.context.as_of_ms}
    return Query(text, MatchRow, own | bound_in(text, plan.checks))


def held_text(plan: Plan, held: int) -> str:
    """The clauses that made an item match, in the order they were written."""
    return " AND ".join(
        check.text for check in plan.checks if check.number >= _MOST_BITS or held >> check.number & 1
    )


def _sets(node: Node, first: int) -> tuple[str, ...]:
    """The sets that make up a node, its own last; a set is named by its number, counted from `first`."""
    if isinstance(node, Check):
        return (_clause(node, first),)
    texts: tuple[str, ...] = ()
    members = []
    for part in node.parts:
        texts += _sets(part, first + len(texts))
        members.append(first + len(texts) - 1)
    return (*texts, _joined(node, members, first + len(texts)))


def _joined(node: AllOf | AnyOf, members: Sequence[int], own: int) -> str:
    together = "UNION ALL\n".join(_text("member", part=part) for part in members)
    if isinstance(node, AllOf):
        return _text("all_of", own=own, members=together, count=len(members))
    return _text("any_of", own=own, members=together)


def _clause(check: Check, own: int) -> str:
    bit = 2**check.number if check.number < _MOST_BITS else 0
    return _text("clause", own=own, bit=bit, holding=_holding(check))


def _holding(check: Check) -> str:
    if check.negated:
        return _lacks(check) if check.names_values else _has(any_value(check))
    if check.or_empty:
        return (
            f"{_has(wanted_value(check))} UNION ALL {_empty(check)}" if check.names_values else _empty(check)
        )
    return _has(wanted_value(check))


def _has(stretches: str) -> str:
    return _text("has", stretches=stretches)


def _empty(check: Check) -> str:
    return _text("empty", any_value=any_value(check))


def _lacks(check: Check) -> str:
    return _text("lacks", any_value=any_value(check), wanted_value=wanted_value(check))


def _text(name: str, **parts: str | int) -> str:
    return sql_text("pmreport.goals", f"sql/{name}.sql").format(**parts)
