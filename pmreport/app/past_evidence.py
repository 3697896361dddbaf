"""The evidence as the rules would have found it at a moment in the past: what a goal's share began with."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from pmreport.app import goals as tags
from pmreport.app import journal
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.goals import judgement, tagging
from pmreport.goals.context import JqlContext
from pmreport.goals.evidence import Evidence, Match, collect
from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Source
from pmreport.goals.jql_error import JqlError
from pmreport.goals.readings import bindings
from pmreport.store.session import Reader


def evidence_then(workspace: Workspace, goals: Iterable[Goal], then: datetime) -> tuple[Evidence, ...]:
    """What the rules that are counted would have found at `then`, without what a person rejected.

    The rules are those of today: the same question, asked of an earlier day. Nothing where there was no issue
    yet, and nothing for a goal with a rule that cannot be asked.
    """
    counted = tuple(filter(None, map(_counted, goals)))
    if not counted:
        return ()
    said = judgement.decisions(journal.read(workspace).entries)
    with workspace.store.reading() as reader:
        try:
            context = tags.jql_context(workspace, reader, then)
        except UsageError:  # there was no issue yet
            return ()
        found = [match for goal in counted for match in _found(workspace, reader, goal, context)]
    pieces = judgement.judged(collect((), found), said, tags.rule_ids(counted))
    return tuple(piece for piece in pieces if piece.matches)


def _counted(goal: Goal) -> Goal | None:
    """The goal with the rules that its shares count, as if it were active; None where it counts none."""
    ids = {
        rule
        for binding, _ in bindings(goal)
        if binding.source is Source.EVIDENCE
        for rule in (*binding.hits, *binding.misses)
    }
    rules = tuple(rule for rule in goal.rules if rule.id in ids)
    return replace(goal, rules=rules, active=True) if rules else None


def _found(workspace: Workspace, reader: Reader, goal: Goal, context: JqlContext) -> Iterator[Match]:
    try:
        prepared = tagging.prepare((goal,), context)
    except JqlError:  # `tag` tells it, with its place
        return
    desk = tags.desk_of(workspace, context)
    for rule in prepared.rules:
        yield from tags.matches_of(reader, rule, desk)
