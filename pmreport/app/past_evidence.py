"""The evidence as it was known at a moment, and as the rules would have found it before anybody asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pmreport.app import goals as tags
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.goals import catalog, judgement, tagging
from pmreport.goals.context import JqlContext
from pmreport.goals.evidence import Evidence, Match, collect
from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Source
from pmreport.goals.jql_error import JqlError
from pmreport.goals.readings import bindings
from pmreport.store.session import Reader


@dataclass(frozen=True, slots=True)
class Known:
    """The evidence that was known, and the moment the rules looked from; None: they never did."""

    evidence: tuple[Evidence, ...]
    looked_at: datetime | None


def known_at(
    workspace: Workspace, reader: Reader, goals: Iterable[Goal], *, as_of: datetime, typed_by: datetime
) -> Known:
    """The evidence about the goals as it was known at a moment, with what a person had said of it by then.

    It is that of the last run of the rules. Where that looked later, they are asked of `as_of` anew.
    """
    looked_at = tags.evidence_as_of(workspace)
    if looked_at is None or looked_at <= typed_by:
        return Known(tags.load_evidence(workspace, by=typed_by), looked_at)
    active = tuple(goal for goal in goals if goal.active)
    return Known(_asked(workspace, reader, active, as_of, said_by=typed_by), as_of)


def evidence_then(
    workspace: Workspace, goals: Iterable[Goal], then: datetime, *, said_by: datetime
) -> tuple[Evidence, ...]:
    """What the rules that are counted would have found at `then`, without what a person had rejected by now.

    The rules are those of today: the same question, asked of an earlier day. Nothing where there was no issue
    yet, and nothing for a goal with a rule that cannot be asked.
    """
    counted = tuple(filter(None, map(_counted, goals)))
    if not counted:
        return ()
    with workspace.store.reading() as reader:
        pieces = _asked(workspace, reader, counted, then, said_by=said_by)
    return tuple(piece for piece in pieces if piece.matches)


def _asked(
    workspace: Workspace, reader: Reader, goals: Iterable[Goal], then: datetime, *, said_by: datetime
) -> tuple[Evidence, ...]:
    """What the rules of the goals find at `then`; nothing where there was no issue yet."""
    asked = tuple(goals)
    try:
        context = tags.jql_context(workspace, reader, then)
    except UsageError:
        return ()
    found = [match for goal in asked for match in _found(workspace, reader, goal, context)]
    said = tags.said_by(workspace, said_by)
    rules = tags.rule_ids(catalog.resolve(workspace.config.goals)) | tags.rule_ids(asked)
    return judgement.judged(collect((), found), said, rules)


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
