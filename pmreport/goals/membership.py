"""The items of a rule over time: from when until when each of them satisfied it.

Every clause is a handful of stretches of an item's life, each with a weight. One sweep over their ends keeps
the sum of what covers the moment, and gives the merged stretches in which it is high enough: for OR one part
is enough, for AND it takes all of them, and a clause that is turned is undone by the heavy weight of what it
excludes. So the work grows with the number of changes, never with their pairs.

A rule over time means: what it would have found at each moment. `openSprints()` follows the sprints: an item
is a member while its sprint is open, and what WAS or CHANGED asks for is so from its moment on. `now()`,
`-2w` and the like are fixed at the plan's moment: a member of `created >= -2w` was created in the two weeks
before it. Names, categories of statuses, keys, descriptions and releases are today's, as everywhere.
"""

from pmreport.goals.check import AllOf, AnyOf, Check, Node
from pmreport.goals.plan import Plan
from pmreport.goals.relations import any_value, bound_in, lifetime, wanted_value
from pmreport.goals.sweep import Weighed, sweep
from pmreport.model.members import MemberRow
from pmreport.model.query import Query, Scalar, sql_text

_DECIDES = 1_000_000_000  # outweighs any number of values that an item has at once


def members_query(plan: Plan) -> Query[MemberRow]:
    """Every stretch of every item in which it satisfied the plan.

    Stretches of one item neither overlap nor touch, and lie within its life: from its creation until it went
    out of sight. They reach as far as the store knows: what is asked as of a moment must be cut there.
    """
    sets = _sets(plan.root, 0)
    named = ",\n".join(f"set_{number} AS ({text})" for number, text in enumerate(sets))
    text = _text("members", sets=named, last=len(sets) - 1)
    own: dict[str, Scalar] = {"site_id": plan.context.site_id}
    return Query(text, MemberRow, own | bound_in(text, plan.checks))


def _sets(node: Node, first: int) -> tuple[str, ...]:
    """The sets that make up a node, its own last; a set is named by its number, counted from `first`."""
    if isinstance(node, Check):
        return (sweep(_clause(node), needed=1),)
    texts: tuple[str, ...] = ()
    parts: list[Weighed] = []
    for part in node.parts:
        if isinstance(node, AnyOf) and isinstance(part, Check) and _only_adds(part):
            parts += _clause(part)  # what overlaps is merged by the OR itself
            continue
        texts += _sets(part, first + len(texts))
        parts.append((_text("set", number=first + len(texts) - 1), 1))
    return (*texts, sweep(parts, needed=len(node.parts) if isinstance(node, AllOf) else 1))


def _clause(check: Check) -> tuple[Weighed, ...]:
    """What makes a clause hold, and what keeps it from holding."""
    if check.negated:
        excluded = ((wanted_value(check), -_DECIDES),) if check.names_values else ()
        return ((any_value(check), 1), *excluded)
    wanted = ((wanted_value(check), _DECIDES),) if check.names_values or not check.or_empty else ()
    return (*wanted, (lifetime(), 1), (any_value(check), -1)) if check.or_empty else wanted


def _only_adds(check: Check) -> bool:
    return all(weight > 0 for _, weight in _clause(check))


def _text(name: str, **parts: str | int) -> str:
    return sql_text("pmreport.goals", f"sql/{name}.sql").format(**parts)
