"""How much of the work the rules speak about, as a table and as a JSON object."""

from pmreport.app.goals import TagSummary
from pmreport.cli.goal_shapes import rules_json
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, Json
from pmreport.goals.coverage import Coverage, RuleId


def coverage_tables(summary: TagSummary) -> tuple[Grid, ...]:
    """What every rule finds, and what that leaves."""
    known = summary.coverage
    return (
        Grid(
            title="What the rules of the active goals speak about",
            columns=(
                Column(title="Goal", whole=True),
                Column(title="Rule"),
                Column(title="Items", is_number=True),
                Column(title="Share", is_number=True),
                Column(title="Worth a look"),
            ),
            rows=tuple(
                (*rule, str(count), _share(count, known), _look(rule, known)) for rule, count in known.found
            ),
            empty="No goal is active, so there is no rule.",
            notes=(
                _untagged(known),
                *(f"{remark[:1].upper()}{remark[1:]}." for remark in summary.remarks),
            ),
        ),
    )


def coverage_json(summary: TagSummary) -> Json:
    """`tag coverage`."""
    known = summary.coverage
    return {
        "schema": SCHEMA,
        "items": known.items,
        "tagged": known.tagged,
        "untagged_share": known.untagged_share,
        "rules": [{"goal_id": goal, "rule_id": rule, "items": count} for (goal, rule), count in known.found],
        "silent_rules": rules_json(known.silent),
        "greedy_rules": rules_json(known.greedy),
        "together": [
            {"rules": rules_json((pair.first, pair.second)), "items": pair.items} for pair in known.together
        ],
        "remarks": list(summary.remarks),
    }


def _share(count: int, known: Coverage) -> str:
    return f"{100 * count / known.items:.0f} %" if known.items else ""


def _look(rule: RuleId, known: Coverage) -> str:
    if rule in known.silent:
        return "found nothing"
    if rule in known.greedy:
        return "found every item"
    others = [
        "/".join(pair.second if pair.first == rule else pair.first)
        for pair in known.together
        if rule in {pair.first, pair.second}
    ]
    return f"the same items as {', '.join(others)}" if others else ""


def _untagged(known: Coverage) -> str:
    share = known.untagged_share
    if share is None:
        return "There is no item yet, so there is no share."
    left = known.items - known.tagged
    return f"{left} of {known.items} items ({100 * share:.0f} %) are spoken about by no rule."
