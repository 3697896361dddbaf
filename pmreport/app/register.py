"""The register of goals: what the rules found, what was measured, and what the person wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pmreport.app import goals as tagging
from pmreport.app import journal, lookups
from pmreport.app.goals_measures import measured
from pmreport.app.judging import known_goal
from pmreport.app.moments import known_at
from pmreport.app.numbers import estimates, sprints
from pmreport.app.numbers.moment import moment
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError
from pmreport.goals import catalog, register, terms
from pmreport.goals.claims import Came, ScoredClaim, scored
from pmreport.goals.evidence import Evidence, strongest_first
from pmreport.goals.glance import Glance, glances
from pmreport.goals.goal import Goal
from pmreport.goals.indicators import Measure as Judged
from pmreport.goals.indicators import Verdict
from pmreport.goals.readings import smart
from pmreport.goals.register import Claim, KnownTerms, Written
from pmreport.model.instant import from_ms
from pmreport.model.problem import Problem
from pmreport.report.indicators import measure
from pmreport.report.inputs import Measure


class Named(NamedTuple):
    """A measure with its name, and its target as a sentence to be checked; empty for a number of the team."""

    name: str
    measure: Measure
    promise: str


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
    told, why_not = measured_now(workspace, active, now)
    return Overview(
        goals=glances(goals, tagging.load_evidence(workspace), read.entries, now),
        measures={goal: found[0].measure for goal, found in told.items() if found},
        unmeasured=why_not,
        problems=read.problems,
        tagged_at=tagging.evidence_as_of(workspace),
        zone=workspace.config.calendar.time_zone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Everything about one goal.

    The first of the `measures` is the one the goal is known by. `changes` are those of its target, window and
    state, oldest first, each with a sentence. `unmeasured` says why nothing could be measured; empty where it
    could.
    """

    goal: Goal
    measures: tuple[Named, ...]
    unmeasured: str
    evidence: tuple[Evidence, ...]
    written: tuple[Written, ...]
    claims: tuple[ScoredClaim, ...]
    changes: tuple[tuple[KnownTerms, str], ...]
    problems: tuple[Problem, ...]
    zone: str

    @property
    def measure(self) -> Measure | None:
        """The measure the goal is known by; None where nothing was read."""
        return self.measures[0].measure if self.measures else None


def detail(workspace: Workspace, goal_id: str, *, now: datetime) -> Detail:
    """Everything about one goal, on the shelf or not. Raises UsageError where there is none of this id."""
    goal = known_goal(workspace, goal_id)
    read = journal.read(workspace)
    told, why_not = measured_now(workspace, (goal,), now)
    said = register.claims(read.entries, now, goal.id)
    return Detail(
        goal=goal,
        measures=told.get(goal.id, ()),
        unmeasured=why_not,
        evidence=strongest_first(
            piece for piece in tagging.load_evidence(workspace) if piece.goal_id == goal.id
        ),
        written=register.written(read.entries, now, goal.id),
        claims=tuple(scored(claim, None) for claim in said) if why_not else _scored(workspace, said, now),
        changes=tuple(terms.changes(register.terms(read.entries, now).get(goal.id, ()))),
        problems=read.problems,
        zone=workspace.config.calendar.time_zone,
    )


def _scored(workspace: Workspace, said: tuple[Claim, ...], now: datetime) -> tuple[ScoredClaim, ...]:
    """The ranges against what the store knows by now."""
    if not said:
        return ()
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        as_of = known_at(lookups.site(reader, site_id), now, workspace.config.calendar.time_zone)
        sprint_of = estimates.sprints_by_number(sprints.totals(reader, workspace, as_of))
        found = [estimates.came(reader, site_id, as_of, claim.range, sprint_of) for claim in said]
    known = [None if one is None else Came(amount=one.amount, at=from_ms(one.at_ms)) for one in found]
    return tuple(scored(claim, came) for claim, came in zip(said, known, strict=True))


def _promise(judged: Judged) -> str:
    return "" if judged.verdict is Verdict.CONTEXT else smart(judged)


def measured_now(
    workspace: Workspace, goals: tuple[Goal, ...], now: datetime
) -> tuple[Mapping[str, tuple[Named, ...]], str]:
    """The measures of each goal by id, and why there are none: what was written is there without a store."""
    if not goals:
        return {}, ""
    try:
        known = measured(workspace, goals, as_of=moment(workspace, now), typed_by=now)
    except BadDataError as error:
        return {}, error.what
    return {
        goal: tuple(Named(one.indicator.name, measure(one), _promise(one)) for one in judged)
        for goal, judged in known.items()
    }, ""
