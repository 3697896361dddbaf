"""What the rules of the goals found, as tables and as JSON objects."""

from collections.abc import Iterable, Iterator, Sequence

from pmreport.app.goals import TagSummary
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, Json, instant
from pmreport.goals.coverage import RuleId
from pmreport.goals.difference import Difference
from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.glance import keys
from pmreport.goals.goal import Goal, Polarity

MOST_TOLD = 20  # pieces of one kind; the JSON holds all


def tag_tables(summary: TagSummary) -> tuple[Grid, ...]:
    """How many items speak for and against each active goal; of a dry run also every piece that changes."""
    active = [goal for goal in summary.goals if goal.active]
    difference = summary.difference
    kept = f"Kept in {summary.path}." if summary.path else "A dry run: nothing was kept."
    coverage = summary.coverage
    totals = Grid(
        title="Evidence for the active goals",
        columns=(
            Column(title="Goal"),
            Column(title="For", is_number=True),
            Column(title="Against", is_number=True),
            Column(title="Judged", is_number=True),
        ),
        rows=tuple(_tag_row(goal, summary.evidence) for goal in active),
        empty="No goal is active: see [[goal]] in config.example.toml.",
        notes=(
            f"{_changes(difference)} {kept}",
            f"The rules speak about {coverage.tagged} of {coverage.items} items.",
            *(f"Rule {rule} of goal {goal} found nothing." for goal, rule in coverage.silent),
            *(f"Rule {rule} of goal {goal} found every item." for goal, rule in coverage.greedy),
            *_gone_notes(summary),
            *(f"{remark[:1].upper()}{remark[1:]}." for remark in summary.remarks),
        ),
    )
    return (totals,) if summary.path else (totals, _difference_table(difference))


def tag_json(summary: TagSummary) -> Json:
    """`tag`."""
    coverage, difference = summary.coverage, summary.difference
    return {
        "schema": SCHEMA,
        "goals": [_goal_json(goal, summary.evidence) for goal in summary.goals if goal.active],
        "evidence": [evidence_json(piece) for piece in summary.evidence],
        "added": [_piece_id(piece) for piece in difference.added],
        "gone": [_piece_id(piece) for piece in difference.gone],
        "changed": [{**_piece_id(one.after), "what": list(one.what)} for one in difference.changed],
        "terms_changed": [said.goal for said in summary.terms],
        "items": coverage.items,
        "tagged": coverage.tagged,
        "silent_rules": rules_json(coverage.silent),
        "greedy_rules": rules_json(coverage.greedy),
        "remarks": list(summary.remarks),
        "path": str(summary.path) if summary.path else None,
    }


def evidence_json(piece: Evidence) -> Json:
    """A piece of evidence."""
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
        "rule_gone": piece.rule_gone,
    }


def rules_json(rules: Iterable[RuleId]) -> list[Json]:
    """Rules, each with its goal."""
    return [{"goal_id": goal, "rule_id": rule} for goal, rule in rules]


def _tag_row(goal: Goal, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    speaks = [len(keys(goal, evidence, polarity)) for polarity in (Polarity.EVIDENCE, Polarity.COUNTER)]
    judged = {
        piece.issue_id
        for piece in evidence
        if piece.goal_id == goal.id and piece.state is not EvidenceState.FOUND
    }
    return (f"{goal.id}: {goal.title}", *map(str, speaks), str(len(judged)))


def _changes(difference: Difference) -> str:
    counts = (len(difference.added), len(difference.gone), len(difference.changed))
    return "{} pieces are new, {} gone, {} changed.".format(*counts)


def _gone_notes(summary: TagSummary) -> Iterator[str]:
    """What was judged and is found no more."""
    lost = [piece for piece in summary.evidence if not piece.matches]
    if lost:
        gone = sum(piece.rule_gone for piece in lost)
        because = f", {gone} because their rule is gone" if gone else ""
        yield f"{len(lost)} judged pieces are not found any more{because}; they stay as they were judged."


def _difference_table(difference: Difference) -> Grid:
    """Every piece that comes, goes or changes; a long list of one kind is cut, the JSON holds all."""
    told = [
        *_told("new", [(piece, "") for piece in difference.added]),
        *_told("gone", [(piece, "") for piece in difference.gone]),
        *_told("changed", [(one.after, ", ".join(one.what)) for one in difference.changed]),
    ]
    return Grid(
        title="What this run would change",
        columns=(
            Column(title="Change", whole=True),
            Column(title="Goal", whole=True),
            Column(title="Rule"),
            Column(title="Item", whole=True),
            Column(title="Clause"),
        ),
        rows=tuple(told),
        empty="Nothing would change.",
    )


def _told(change: str, pieces: Sequence[tuple[Evidence, str]]) -> Iterator[tuple[str, ...]]:
    for piece, what in pieces[:MOST_TOLD]:
        word = f"{change}: {what}" if what else change
        yield (word, piece.goal_id, piece.rule_id, piece.issue_key, piece.clause)
    if len(pieces) > MOST_TOLD:
        yield (change, "", "", f"and {len(pieces) - MOST_TOLD} more", "")


def _piece_id(piece: Evidence) -> Json:
    return {"goal_id": piece.goal_id, "rule_id": piece.rule_id, "key": piece.issue_key}


def _goal_json(goal: Goal, evidence: tuple[Evidence, ...]) -> Json:
    return {
        "id": goal.id,
        "title": goal.title,
        "visibility": str(goal.visibility),
        "for": list(keys(goal, evidence, Polarity.EVIDENCE)),
        "against": list(keys(goal, evidence, Polarity.COUNTER)),
    }
