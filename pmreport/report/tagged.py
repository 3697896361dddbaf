"""The evidence of a goal in the order it is told."""

from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Goal, Polarity
from pmreport.report.inputs import Inputs


def of(inputs: Inputs, goal: Goal) -> tuple[Evidence, ...]:
    """All evidence of a goal: accepted first, then the strongest, then the newest."""
    found = [one for one in inputs.evidence if one.goal_id == goal.id]
    return tuple(sorted(found, key=_order))


def standing(inputs: Inputs, goal: Goal, polarity: Polarity) -> tuple[Evidence, ...]:
    """One piece an item, its strongest, without what a person has rejected."""
    kept: dict[int, Evidence] = {}
    for one in of(inputs, goal):
        if one.polarity is polarity and one.state is not EvidenceState.REJECTED:
            kept.setdefault(one.issue_id, one)
    return tuple(kept.values())


def _order(one: Evidence) -> tuple[bool, int, float, str, str]:
    return (
        one.state is not EvidenceState.ACCEPTED,
        -one.strength,
        -one.since.timestamp(),
        one.issue_key,
        one.rule_id,
    )
