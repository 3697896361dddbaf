"""The register of goals: what the rules found, what was measured, and what the person wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pmreport.app import goals as tagging
from pmreport.app import journal, lookups
from pmreport.app.moments import known_at
from pmreport.app.numbers import estimates, sprints
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError
from pmreport.goals import catalog
from pmreport.goals.glance import Glance, glances
from pmreport.goals.goal import Goal
from pmreport.model.problem import Problem
from pmreport.report import measures
from pmreport.report.inputs import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Every goal, and the measure of the active ones by id.

    `unmeasured` says why nothing could be measured; empty where it could. `problems` are the lines of the
    journal that cannot be read. `tagged_at` is the moment the rules last looked at; None: they never did.
    """

    goals: tuple[Glance, ...]
    measures: Mapping[str, Measure]
    unmeasured: str
    problems: tuple[Problem, ...]
    tagged_at: datetime | None
    zone: str


def overview(workspace: Workspace, *, now: datetime) -> Overview:
    """All goals of the person, private ones too. Works before the first sync: then nothing is measured."""
    goals = catalog.resolve(workspace.config.goals)
    read = journal.read(workspace)
    active = tuple(goal for goal in goals if goal.active)
    measured, why_not = measured_now(workspace, active, now)
    return Overview(
        goals=glances(goals, tagging.load_evidence(workspace), read.entries, now),
        measures=measured,
        unmeasured=why_not,
        problems=read.problems,
        tagged_at=tagging.evidence_as_of(workspace),
        zone=workspace.config.calendar.time_zone,
    )


def measured_now(
    workspace: Workspace, goals: tuple[Goal, ...], now: datetime
) -> tuple[Mapping[str, Measure], str]:
    """The measure of each goal by id, and why there is none: what was written can be read without a store."""
    if not goals:
        return {}, ""
    try:
        with workspace.store.reading() as reader:
            facts = lookups.site(reader, workspace.site_id())
            moment = known_at(facts, now, workspace.config.calendar.time_zone)
            ledgers = sprints.read(reader, workspace, moment)
            accuracy = estimates.read(reader, workspace, moment, ledgers)
    except BadDataError as error:
        return {}, error.what
    return measures.of_goals(goals, ledgers, accuracy), ""
