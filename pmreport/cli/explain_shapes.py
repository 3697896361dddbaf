"""Why an item is tagged, or not, as tables and as a JSON object."""

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, Json, instant
from pmreport.goals.explain import Explanation, RuleExplanation


def explanation_tables(explanation: Explanation) -> tuple[Grid, ...]:
    """Every rule with its clauses, and what the words that move were taken for."""
    rules = tuple(_rule_table(rule) for rule in explanation.rules)
    account = explanation.account or "not known: set [me] account, or sync"
    words = Grid(
        title=f"{explanation.issue_key}: every rule of the active goals",
        columns=(Column(title="Word"), Column(title="Taken for")),
        rows=(
            ("now()", str(instant(explanation.as_of))),
            ("currentUser()", account),
            ("days", explanation.zone),
            ("weeks begin on", explanation.week_start),
        ),
        notes=() if rules else ("No goal is active, so there is no rule.",),
    )
    return (words, *rules)


def explanation_json(explanation: Explanation) -> Json:
    """`tag explain`."""
    return {
        "schema": SCHEMA,
        "key": explanation.issue_key,
        "as_of": instant(explanation.as_of),
        "account": explanation.account,
        "zone": explanation.zone,
        "week_start": explanation.week_start,
        "rules": [
            {
                "goal_id": rule.goal_id,
                "goal_title": rule.goal_title,
                "rule_id": rule.rule_id,
                "jql": rule.jql,
                "polarity": str(rule.polarity),
                "strength": rule.strength,
                "matches": rule.matches,
                "clauses": [
                    {"text": clause.text, "holds": clause.holds, "seen": clause.seen}
                    for clause in rule.clauses
                ],
            }
            for rule in explanation.rules
        ],
    }


def _rule_table(rule: RuleExplanation) -> Grid:
    verdict = "matches" if rule.matches else "does not match"
    return Grid(
        title=f"{rule.goal_id} / {rule.rule_id} ({rule.polarity}): {verdict}",
        columns=(Column(title="Holds"), Column(title="Clause"), Column(title="The item has")),
        rows=tuple(("yes" if clause.holds else "no", clause.text, clause.seen) for clause in rule.clauses),
        notes=(rule.jql,),
    )
