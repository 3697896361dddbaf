"""What the rules of the goals found, as tables and as JSON objects."""

from collections.abc import Iterable
from typing import Any

from pmreport.app.goals import TagSummary
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, instant
from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.explain import Explanation, RuleExplanation
from pmreport.goals.goal import Goal, Polarity

Json = dict[str, Any]


def tag_tables(summary: TagSummary) -> tuple[Grid, ...]:
    """How many items speak for and against each active goal, and which rules say nothing."""
    active = [goal for goal in summary.goals if goal.active]
    kept = f"Kept in {summary.path}." if summary.path else "A dry run: nothing was kept."
    coverage = summary.coverage
    return (
        Grid(
            title="Evidence for the active goals",
            columns=(
                Column(title="Goal"),
                Column(title="For", is_number=True),
                Column(title="Against", is_number=True),
            ),
            rows=tuple(_tag_row(goal, summary.evidence) for goal in active),
            empty="No goal is active: see [[goal]] in config.example.toml.",
            notes=(
                f"{summary.added} pieces are new, {summary.gone} gone. {kept}",
                f"The rules speak about {coverage.tagged} of {coverage.items} items.",
                *(f"Rule {rule} of goal {goal} found nothing." for goal, rule in coverage.silent),
                *(f"Rule {rule} of goal {goal} found every item." for goal, rule in coverage.greedy),
                *(f"{remark[:1].upper()}{remark[1:]}." for remark in summary.remarks),
            ),
        ),
    )


def tag_json(summary: TagSummary) -> Json:
    """`tag`."""
    coverage = summary.coverage
    return {
        "schema": SCHEMA,
        "goals": [_goal_json(goal, summary.evidence) for goal in summary.goals if goal.active],
        "evidence": [_evidence_json(piece) for piece in summary.evidence],
        "added": summary.added,
        "gone": summary.gone,
        "items": coverage.items,
        "tagged": coverage.tagged,
        "silent_rules": _rules_json(coverage.silent),
        "greedy_rules": _rules_json(coverage.greedy),
        "remarks": list(summary.remarks),
        "path": str(summary.path) if summary.path else None,
    }


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


def _tag_row(goal: Goal, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    pieces = tuple(evidence)
    speaks = [len(_items(goal, pieces, polarity)) for polarity in (Polarity.EVIDENCE, Polarity.COUNTER)]
    return (f"{goal.id}: {goal.title}", *map(str, speaks))


def _items(goal: Goal, evidence: Iterable[Evidence], polarity: Polarity) -> list[str]:
    """The keys of the items that speak for or against a goal; rejected evidence speaks no more."""
    return sorted(
        {
            piece.issue_key
            for piece in evidence
            if piece.goal_id == goal.id
            and piece.polarity is polarity
            and piece.state is not EvidenceState.REJECTED
        }
    )


def _goal_json(goal: Goal, evidence: tuple[Evidence, ...]) -> Json:
    return {
        "id": goal.id,
        "title": goal.title,
        "visibility": str(goal.visibility),
        "for": _items(goal, evidence, Polarity.EVIDENCE),
        "against": _items(goal, evidence, Polarity.COUNTER),
    }


def _evidence_json(piece: Evidence) -> Json:
    return {
        "goal_id": piece.goal_id,
        "key": piece.issue_key,
        "rule_id": piece.rule_id,
        "clause": piece.clause,
        "since": instant(piece.since),
        "polarity": str(piece.polarity),
        "strength": piece.strength,
        "state": str(piece.state),
        "note": piece.note,
        "matches": piece.matches,
    }


def _rules_json(rules: Iterable[tuple[str, str]]) -> list[Json]:
    return [{"goal_id": goal, "rule_id": rule} for goal, rule in rules]


def _rule_table(rule: RuleExplanation) -> Grid:
    verdict = "matches" if rule.matches else "does not match"
    return Grid(
        title=f"{rule.goal_id} / {rule.rule_id} ({rule.polarity}): {verdict}",
        columns=(Column(title="Holds"), Column(title="Clause"), Column(title="The item has")),
        rows=tuple(("yes" if clause.holds else "no", clause.text, clause.seen) for clause in rule.clauses),
        notes=(rule.jql,),
    )
