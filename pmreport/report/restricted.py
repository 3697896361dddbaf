"""The door of every report: what must not be named is taken out before any section is built."""

from dataclasses import replace
from typing import TypeVar

from pmreport.goals.review import TALKERS, Audience, shown
from pmreport.metrics.ageing import AgeingItem
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.finished_items import FinishedItem
from pmreport.metrics.followups import FollowUps, unnamed
from pmreport.metrics.held_items import Waiting
from pmreport.metrics.ledger import SprintLedger, SprintTotals
from pmreport.report.draft import KEY, named_without, without
from pmreport.report.inputs import Blocked, BoardFlow, Delivered, Inputs, Note, Tracked
from pmreport.report.links import WITHHELD

Flowing = TypeVar("Flowing", AgeingItem, FinishedItem)


def withhold(inputs: Inputs) -> Inputs:
    """The inputs without the names of issues that have a security level, and without restricted comments.

    Such issues stay in every number; their key becomes empty and their summary "Restricted item". Comments
    left out are counted.
    """
    closed = restricted_keys(inputs)
    notes = tuple(
        replace(note, text=named_without(note.text, closed, WITHHELD))
        for note in inputs.notes
        if not _is_closed(inputs, note)
    )
    hidden = len(inputs.notes) - len(notes)
    return replace(
        inputs,
        ledgers=tuple(_ledger(inputs, ledger) for ledger in inputs.ledgers),
        delivered=tuple(_delivered(inputs, item) for item in inputs.delivered),
        blocked=tuple(_blocked(inputs, item) for item in inputs.blocked),
        followups=None if inputs.followups is None else _followups(inputs.followups, closed),
        tracked=None if inputs.tracked is None else _tracked(inputs.tracked, closed),
        evidence=tuple(
            replace(found, issue_key="") if is_restricted(inputs, found.issue_id) else found
            for found in inputs.evidence
        ),
        cards={
            issue_id: replace(card, key="", summary=WITHHELD, owner=None) if card.restricted else card
            for issue_id, card in inputs.cards.items()
        },
        notes=notes,
        draft=None if inputs.draft is None else without(inputs.draft, closed, WITHHELD),
        draft_before=None if inputs.draft_before is None else without(inputs.draft_before, closed, WITHHELD),
        restatements=tuple(
            replace(one, why=KEY.sub(lambda key: WITHHELD if key[0] in closed else key[0], one.why))
            for one in inputs.restatements
        ),
        flow=tuple(_flow(board, closed) for board in inputs.flow),
        estimation=None if inputs.estimation is None else _estimation(inputs.estimation, closed),
        estimates=None if inputs.estimates is None else _estimates(inputs.estimates, closed),
        dependencies=tuple(
            replace(one, item=_end(inputs, one.item), blocked_by=_end(inputs, one.blocked_by))
            for one in inputs.dependencies
        ),
        problems=tuple(
            replace(problem, subject=WITHHELD, detail="") if problem.subject in closed else problem
            for problem in inputs.problems
        ),
        left_out=(*inputs.left_out, *((("restricted comment", hidden),) if hidden else ())),
    )


def shown_to(inputs: Inputs, audience: Audience) -> Inputs:
    """The inputs with the goals of this audience only, and with nothing that belongs to other goals.

    What was said in talks stays between the two who talk, whoever else may see the goal.
    """
    known = shown(inputs.goals, inputs.evidence, audience)
    ids = {goal.id for goal in known.goals}
    talked = ids if audience in TALKERS else frozenset[str]()
    return replace(
        inputs,
        goals=known.goals,
        evidence=known.evidence,
        measures={goal_id: measure for goal_id, measure in inputs.measures.items() if goal_id in ids},
        also={goal_id: also for goal_id, also in inputs.also.items() if goal_id in ids},
        talks={goal_id: talk for goal_id, talk in inputs.talks.items() if goal_id in talked},
    )


def is_restricted(inputs: Inputs, issue_id: int) -> bool:
    """Whether an issue has a security level, so that it is counted and never named."""
    card = inputs.cards.get(issue_id)
    return card is not None and card.restricted


def restricted_keys(inputs: Inputs) -> frozenset[str]:
    """The keys that must not be named."""
    return frozenset(card.key for card in inputs.cards.values() if card.restricted)


def _is_closed(inputs: Inputs, note: Note) -> bool:
    return note.restricted or is_restricted(inputs, note.issue_id)


def _ledger(inputs: Inputs, ledger: SprintTotals) -> SprintTotals:
    if not isinstance(ledger, SprintLedger):
        return ledger  # amounts name nobody
    if not any(is_restricted(inputs, issue.issue_id) for issue in ledger.issues):
        return ledger
    return replace(
        ledger,
        issues=tuple(
            replace(issue, issue_key="", summary=WITHHELD) if is_restricted(inputs, issue.issue_id) else issue
            for issue in ledger.issues
        ),
    )


def _delivered(inputs: Inputs, item: Delivered) -> Delivered:
    if is_restricted(inputs, item.issue_id):
        return replace(item, key="", summary=WITHHELD, epic_key=None, epic=None)
    return replace(item, epic_key=None, epic=None) if item.epic_key in restricted_keys(inputs) else item


def _blocked(inputs: Inputs, item: Blocked) -> Blocked:
    if not is_restricted(inputs, item.issue_id):
        return item
    return replace(item, key="", summary=WITHHELD, reason=None)


def _followups(known: FollowUps, closed: frozenset[str]) -> FollowUps:
    items = (unnamed(item) if item.issue_key in closed else item for item in known.open_items)
    return replace(known, open_items=tuple(items))


def _tracked(known: Tracked, closed: frozenset[str]) -> Tracked:
    """Without the follow-ups that must not be named: a row without a name would have no link and no key."""
    told = tuple(
        replace(item, statement=named_without(item.statement, closed, WITHHELD))
        for item in known.items
        if item.issue_key not in closed and not item.restricted
    )
    return replace(known, items=told, withheld=known.withheld + len(known.items) - len(told))


def _estimates(known: Estimates, closed: frozenset[str]) -> Estimates:
    sizes = tuple(
        replace(size, keys=tuple("" if key in closed else key for key in size.keys))
        for size in known.consistency.buckets
    )
    consistency = replace(known.consistency, buckets=sizes)
    return replace(known, summary=_estimation(known.summary, closed), consistency=consistency)


def _estimation(known: EstimationSummary, closed: frozenset[str]) -> EstimationSummary:
    misses = tuple(replace(miss, issue_key="") if miss.issue_key in closed else miss for miss in known.misses)
    return replace(known, misses=misses)


def _end(inputs: Inputs, end: Waiting) -> Waiting:
    if not is_restricted(inputs, end.issue_id):
        return end
    return replace(end, issue_key="", summary=WITHHELD, status="")


def _flow(board: BoardFlow, closed: frozenset[str]) -> BoardFlow:
    ageing = replace(board.summary.ageing, items=_unnamed(board.summary.ageing.items, closed))
    finished = _unnamed(board.summary.finished, closed)
    return replace(board, summary=replace(board.summary, ageing=ageing, finished=finished))


def _unnamed(items: tuple[Flowing, ...], closed: frozenset[str]) -> tuple[Flowing, ...]:
    return tuple(
        replace(item, issue_key="", summary=WITHHELD) if item.issue_key in closed else item for item in items
    )
