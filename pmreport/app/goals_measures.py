"""The measures of the goals: every number, every piece of evidence and every entry they are bound to."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pmreport.app import family_values, journal, past_evidence
from pmreport.app.bound_readings import FAMILY_OF, bound_readings
from pmreport.app.wiring import Workspace
from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Source
from pmreport.goals.indicators import Measure, Reading, Readings, measures
from pmreport.goals.readings import BASELINE_AFTER, Logged, bindings, own_readings
from pmreport.goals.register import written


def measured(
    workspace: Workspace,
    goals: Iterable[Goal],
    *,
    as_of: datetime,
    typed_by: datetime | None = None,
    with_baseline: bool = False,
) -> Mapping[str, tuple[Measure, ...]]:
    """Every measure of the goals, by goal id.

    Each family of numbers is asked once for all goals, and only if a goal needs it; `with_baseline` asks a
    second time, for a quarter before. A family that cannot be asked (no initiative, no rates) gives no
    readings, and its reason stands in the note. Raises BadDataError as the journal does.
    """
    chosen = tuple(goals)
    known_by = as_of if typed_by is None else typed_by
    now = _bound(workspace, chosen, as_of, known_by)
    then = as_of - BASELINE_AFTER
    before = _bound(workspace, chosen, then, then) if with_baseline else {}
    with workspace.store.reading() as reader:
        evidence = past_evidence.known_at(workspace, reader, chosen, as_of=as_of, typed_by=known_by).evidence
    evidence_before = (
        past_evidence.evidence_then(workspace, chosen, then, said_by=known_by) if with_baseline else ()
    )
    entries = _entries(workspace, known_by)
    told = {}
    for goal in chosen:
        own = own_readings(goal, evidence, entries, known_by, before=evidence_before)
        readings = Readings({**own.now, **now[goal.id]}, {**own.before, **before.get(goal.id, {})})
        told[goal.id] = measures(goal, readings)
    return told


def _bound(
    workspace: Workspace, goals: Iterable[Goal], as_of: datetime, typed_by: datetime
) -> Mapping[str, Mapping[str, Reading]]:
    """What the numbers of one moment say of each goal, by goal id."""
    chosen = tuple(goals)
    families = dict.fromkeys(
        FAMILY_OF[binding.id]
        for goal in chosen
        for binding, _ in bindings(goal)
        if binding.source is Source.NUMBER
    )
    told = family_values.told(workspace, families, as_of=as_of, typed_by=typed_by)
    return {goal.id: bound_readings(goal, told) for goal in chosen}


def _entries(workspace: Workspace, typed_by: datetime) -> tuple[Logged, ...]:
    """What was written under the goals by then."""
    return tuple(
        Logged(
            at=one.at,
            kind=str(one.logged.what),
            goal_id=one.logged.goal,
            is_sourced=bool(one.logged.link.strip()),
            subject=one.logged.subject,
        )
        for one in written(journal.read(workspace).entries, typed_by)
    )
