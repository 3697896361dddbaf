"""What a report is made from: values other rooms have read and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pmreport.goals.evidence import Evidence
from pmreport.goals.goal import Goal
from pmreport.goals.talk import Talk
from pmreport.metrics.budget import Budget
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.flow_summary import FlowSummary
from pmreport.metrics.followups import FollowUps
from pmreport.metrics.followups.item import Item as Followed
from pmreport.metrics.held_items import Dependency
from pmreport.metrics.ledger import SprintTotals
from pmreport.metrics.milestones import Milestone
from pmreport.metrics.quality.finding import Finding
from pmreport.metrics.scope_summary import Scope
from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.problem import Problem
from pmreport.report.colours import Colour
from pmreport.report.draft import Draft
from pmreport.report.settings import Thresholds


class Marker(StrEnum):
    """The word a comment begins with when it is written for the report."""

    SUMMARY = "SUMMARY"
    DECISION = "DECISION"
    RISK = "RISK"
    ASK = "ASK"
    ACTION = "ACTION"
    QUESTION = "QUESTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A marked comment. `text` may still begin with its marker; `restricted` notes never enter a report."""

    marker: Marker
    author: str
    written: datetime
    text: str
    issue_id: int
    issue_key: str
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a report says of an issue besides its numbers, as of the report's moment.

    `is_done` is by status category. `rank` orders the work of a sprint, smallest first; None: not known.
    A `restricted` issue has a security level: it is counted, never named.
    """

    key: str
    summary: str
    type_name: str = ""
    status: str = ""
    is_done: bool = False
    in_progress: bool = False
    owner: str | None = None
    rank: int | None = None
    restricted: bool = False
    priority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """An item delivered in the period. `points` None: unestimated. `epic` is the epic's summary, if any."""

    issue_id: int
    key: str
    summary: str
    type_name: str
    done: datetime
    points: Decimal | None = None
    epic_key: str | None = None
    epic: str | None = None
    is_epic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """An open item that is flagged or blocked. `since` None: not known since when."""

    issue_id: int
    key: str
    summary: str
    working_days: int
    owner: str | None = None
    since: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A goal's indicator now. `value` None: not measured, and `missing` says why.

    `trend` holds the last values with the newest last; `verdict` is whole sentences. A goal's target times
    `scale` is in the unit of `value`: a target of 0.1 is 10 where the value is in percent. `interval` is how
    sure the value is, in its unit, with the share `confidence`; None: the data allow none. `guarded` says
    what the counter-measure shows; empty: it was not read.
    """

    value: Decimal | None
    unit: str = ""
    decimals: int = 1
    scale: Decimal = Decimal(1)
    n: int | None = None
    baseline: Decimal | None = None
    trend: tuple[Decimal | None, ...] = ()
    excluded: tuple[tuple[str, int], ...] = ()
    definition: str = ""
    verdict: str = ""
    missing: str | None = None
    interval: tuple[Decimal, Decimal] | None = None
    confidence: Decimal = Decimal("0.95")
    guarded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """A further measure of a goal: its name, its target in words (empty: none), and what was read."""

    name: str
    target: str
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How far the P85 finish of an initiative lies past its due day, and how long it was planned to take.

    Both in working days; 0 late means in time. `finish` is the P85 day.
    """

    finish: date
    due: date
    late_days: int
    duration_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """When the `open` items of an initiative will be finished: by which day with how many per cent, rising.

    `note` says why a day is missing, `tested` what became of forecasts like this one.
    """

    today: date
    open: int
    days: tuple[tuple[int, date], ...]
    due: date | None
    note: str
    tested: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """Where one initiative stands. `scope` or `budget` None: the reason stands in `…_missing`.

    `lateness` is known only where it has no plan to hold its schedule against. `outlook` None: not read.
    """

    id: str
    name: str
    scope: Scope | None = None
    scope_missing: str = ""
    budget: Budget | None = None
    budget_missing: str = ""
    lateness: Lateness | None = None
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFlow:
    """How work flows on one board, or everywhere where there is no board."""

    id: str
    name: str
    summary: FlowSummary
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """One number of a report that was sent: what it said then, what is known now, and why. Empty: unknown."""

    period: str
    label: str
    was: str
    now: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """Every follow-up that is open or was closed lately, by the calendar that tells how late it is.

    `settings` say what makes an issue one; `withheld` counts those that must not be named.
    """

    items: tuple[Followed, ...]
    calendar: WorkCalendar
    settings: FollowUpSettings
    withheld: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything one report is built from, already limited to what was known at `as_of`.

    The period is [period_start, period_end). `data_as_of` is the newest committed complete sync; None: never.
    The `_before` values are the same a week earlier; None: not known. `working_days` are the local working
    days from the first start of a sprint shown, or `data_as_of` if earlier, to the last planned end, or
    `as_of` if later. `delivered_by_week` ends with this period.
    `cards` and `people` look up an issue id and an account id; a report shows only the goals its readers may
    see. By goal id, `measures` holds what a goal is known by, `also` its further measures, `talks` what was
    noted for it.
    `evidence_as_of` is the moment the rules looked at last, None: never; it need not lie in the period.
    `sprint_ids` and `board_id` choose what the sprint report shows. `left_out` counts what no number
    holds, by a singular noun. `draft` is what the person wrote for this period, `draft_before` for the one
    before it; None: nothing, or nothing known where `draft_is_lost`. `findings` are those of the data
    quality. `flow` is read where no board has sprints, and for the team. `dependencies` are read for the
    team, `estimates` for the report about them.
    `plan_sent` is when last week's plan was sent to its readers, None where it is known from the draft alone;
    `restatements` are numbers of the last report sent that are others now.
    `colours_before` are the overall colours that were reported, the newest last and None for a week without a
    report; empty where nothing was kept. `tracked` is read for a workbook alone, and no page tells of it.
    """

    site_url: str
    product: str
    author: str
    period_label: str
    period_start: datetime
    period_end: datetime
    zone: str
    as_of: datetime
    data_as_of: datetime | None
    generator: str
    thresholds: Thresholds = field(default_factory=Thresholds)
    ledgers: tuple[SprintTotals, ...] = ()  # `SprintLedger`s where `sprints.spoken_of` holds
    ledgers_before: tuple[SprintTotals, ...] | None = None
    estimation: EstimationSummary | None = None
    estimation_before: EstimationSummary | None = None
    followups: FollowUps | None = None
    followups_before: FollowUps | None = None
    delivered: tuple[Delivered, ...] = ()
    delivered_by_week: tuple[int | None, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    notes: tuple[Note, ...] = ()
    goals: tuple[Goal, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    evidence_as_of: datetime | None = None
    measures: Mapping[str, Measure] = field(default_factory=dict)
    also: Mapping[str, tuple[Also, ...]] = field(default_factory=dict)
    talks: Mapping[str, Talk] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    working_days: tuple[date, ...] = ()
    cards: Mapping[int, Card] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    issues_known: int | None = None
    sprint_ids: tuple[int, ...] = ()
    board_id: int | None = None
    draft: Draft | None = None
    draft_before: Draft | None = None
    draft_is_lost: bool = False
    initiatives: tuple[Initiative, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    findings: tuple[Finding, ...] = ()
    flow: tuple[BoardFlow, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    estimates: Estimates | None = None
    colours_before: tuple[Colour | None, ...] = ()
    plan_sent: datetime | None = None
    restatements: tuple[Restatement, ...] = ()
    tracked: Tracked | None = None
