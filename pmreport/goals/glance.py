"""A person's goals at a glance: what speaks for and against each, and what was last written under it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pmreport.goals import register
from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Goal, Polarity
from pmreport.goals.register import Written
from pmreport.model.journal import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """One goal.

    `speaks_for` and `speaks_against` are the keys of the items, each once, without what was rejected;
    `judged` counts the items that a person has judged. `last` is what was written last; None: nothing yet.
    """

    goal: Goal
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    judged: int
    last: Written | None
    open_actions: int


def glances(
    goals: Iterable[Goal], evidence: Sequence[Evidence], entries: Sequence[Entry], as_of: datetime
) -> tuple[Glance, ...]:
    """The goals as they stand: the active ones first, then the shelf, each in the order they were written."""
    found = tuple(_glance(goal, evidence, entries, as_of) for goal in goals)
    return tuple(sorted(found, key=lambda one: not one.goal.active))


def keys(goal: Goal, evidence: Iterable[Evidence], polarity: Polarity) -> tuple[str, ...]:
    """The items that speak for or against a goal, by key; rejected evidence speaks no more."""
    return tuple(
        sorted(
            {
                piece.issue_key
                for piece in evidence
                if piece.goal_id == goal.id
                and piece.polarity is polarity
                and piece.state is not EvidenceState.REJECTED
            }
        )
    )


def _glance(goal: Goal, evidence: Sequence[Evidence], entries: Sequence[Entry], as_of: datetime) -> Glance:
    written = register.written(entries, as_of, goal.id)
    return Glance(
        goal=goal,
        speaks_for=keys(goal, evidence, Polarity.EVIDENCE),
        speaks_against=keys(goal, evidence, Polarity.COUNTER),
        judged=len(
            {
                piece.issue_id
                for piece in evidence
                if piece.goal_id == goal.id and piece.state is not EvidenceState.FOUND
            }
        ),
        last=register.newest(written),
        open_actions=sum(one.is_open for one in written),
    )
