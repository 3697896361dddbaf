"""A person's word on a piece of evidence, kept in their journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from pmreport.app import goals as tagging
from pmreport.app import journal
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.goals import catalog, judgement
from pmreport.goals.goal import Goal
from pmreport.model.journal_goals import EvidenceDecision, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a person says of an item (its key) under a goal, or under one rule of it, and why."""

    key: str
    goal: str
    verdict: Verdict
    note: str
    rule: str | None = None


def judge(workspace: Workspace, word: Word, *, now: datetime) -> EvidenceDecision:
    """Keep a word on what an item says about a goal.

    Raises UsageError for a goal that is none, an item that no rule of it has found, and without a note: a
    word that nobody can follow is worth nothing in three months.
    """
    goal = known_goal(workspace, word.goal)
    note = word.note.strip()
    if not note:
        raise UsageError("a judgement needs a note", hint='write one: --note "why it counts, or does not"')
    about = [
        piece
        for piece in tagging.load_evidence(workspace)
        if piece.goal_id == goal.id and piece.issue_key == word.key and word.rule in {None, piece.rule_id}
    ]
    if not about:
        raise _nothing_found(goal, word)
    said = judgement.decision(about, word.verdict, note, rule=word.rule)
    journal.write(workspace, said, now=now)
    return said


def _nothing_found(goal: Goal, word: Word) -> UsageError:
    rule = f"the rule {word.rule} of the goal {goal.id} has not" if word.rule else f"no rule of {goal.id} has"
    return UsageError(
        f"{rule} found {word.key}",
        hint=f"`pmreport tag explain {word.key}` says why; `pmreport goals log {goal.id} TEXT --link URL` "
        "writes down what no rule can find",
    )


def known_goal(workspace: Workspace, goal_id: str) -> Goal:
    """The goal of this id, on the shelf or not. Raises UsageError with the nearest."""
    goals = catalog.resolve(workspace.config.goals)
    for goal in goals:
        if goal.id == goal_id:
            return goal
    raise UsageError(f"there is no goal {goal_id}", hint=_nearest(goal_id, [goal.id for goal in goals]))


def _nearest(asked: str, known: Iterable[str]) -> str:
    names = list(known)
    if not names:
        return "write one in the configuration: see [[goal]] in config.example.toml"
    near = get_close_matches(asked, names, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
