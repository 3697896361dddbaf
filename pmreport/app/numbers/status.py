"""The numbers of the weekly report and of the team's that other families hold: read in one go."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pmreport.app import journal
from pmreport.app.numbers import budget, days, flow, quality, scope
from pmreport.app.numbers.forecast import forecasts
from pmreport.app.rates import rates_of
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.metrics import milestones
from pmreport.metrics.budget import Budget
from pmreport.metrics.forecast_summary import Asked, ForecastSummary
from pmreport.metrics.milestones import Milestone
from pmreport.metrics.quality.finding import Finding
from pmreport.metrics.scope_summary import Scope
from pmreport.metrics.settings import InitiativeSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.journal import Entry
from pmreport.model.members import everything
from pmreport.report.inputs import BoardFlow, Initiative, Lateness, Outlook
from pmreport.report.sections.initiative_pictures import DRAWN
from pmreport.store.session import Reader

_LIKELY = 85
_EXAMPLES = 100  # of what a check found: as many as a link to Jira holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The initiatives in the order of the configuration, the milestones, and what is odd in the data."""

    initiatives: tuple[Initiative, ...]
    milestones: tuple[Milestone, ...]
    findings: tuple[Finding, ...]


class _Known(NamedTuple):
    settings: InitiativeSettings
    scope: Scope | None
    scope_missing: str
    budget: Budget


def status(workspace: Workspace, *, as_of: datetime, typed_by: datetime) -> Status:
    """Everything at one moment. Call it outside of `reading`, which shuts the writer out.

    Raises ConfigurationError for an initiative or a file of rates that cannot be used, and BadDataError for a
    journal that cannot be read.
    """
    calendar = days.stored_calendar(workspace, as_of)
    rates, entries = rates_of(workspace.config), journal.read(workspace).entries
    found: list[_Known] = []
    with workspace.store.reading() as reader:
        for one in workspace.config.initiatives:
            told, why = _scope(reader, workspace, one, entries, as_of)
            held = budget.read(reader, workspace, one, as_of=as_of, calendar=calendar, rates=rates)
            found.append(_Known(one, told, why, held))
        site_id = workspace.site_id()
        seen = reader.rows(milestones.query(everything(site_id), site_id, as_of))
    return Status(
        initiatives=tuple(
            _initiative(workspace, each, as_of, calendar, drawn=place < DRAWN)
            for place, each in enumerate(found)
        ),
        milestones=milestones.from_rows(seen, as_of=as_of, calendar=calendar),
        findings=quality.quality(workspace, as_of=as_of, typed_by=typed_by, most=_EXAMPLES),
    )


def board_flow(workspace: Workspace, *, as_of: datetime, board: int | None = None) -> tuple[BoardFlow, ...]:
    """How work flows on every board, or on one. Raises UsageError for a board that is not known."""
    return tuple(
        BoardFlow(id=subject.id, name=subject.name, summary=summary, notes=subject.notes)
        for subject, summary in flow.flow(workspace, as_of=as_of, board=board)
    )


def _scope(
    reader: Reader,
    workspace: Workspace,
    one: InitiativeSettings,
    entries: tuple[Entry, ...],
    as_of: datetime,
) -> tuple[Scope | None, str]:
    try:
        return scope.read(reader, workspace, one, entries, as_of=as_of), ""
    except UsageError as error:  # no baseline, and no start: nothing to hold it against
        return None, error.what


def _initiative(
    workspace: Workspace, known: _Known, as_of: datetime, calendar: WorkCalendar, *, drawn: bool
) -> Initiative:
    due = None if known.budget.schedule.performance.number is not None else known.settings.finish
    told = _forecast(workspace, known, as_of) if drawn or due is not None else None
    return Initiative(
        id=known.settings.id,
        name=known.settings.name,
        scope=known.scope,
        scope_missing=known.scope_missing,
        budget=known.budget,
        lateness=None if told is None or due is None else _lateness(known, told, due, calendar),
        outlook=None if told is None or not drawn else _outlook(told, known.settings.finish),
    )


def _forecast(workspace: Workspace, known: _Known, as_of: datetime) -> ForecastSummary | None:
    """When it is finished; None where nothing was ever planned or done."""
    if not known.budget.weeks:
        return None
    ((_, told),) = forecasts(workspace, Asked(), as_of=as_of, initiative=known.settings.id)
    return told


def _outlook(told: ForecastSummary, due: date | None) -> Outlook:
    return Outlook(
        today=told.today,
        open=told.forecast.low,
        days=tuple((one.percent, told.finish(one.weeks)) for one in told.forecast.when),
        due=due,
        note=told.forecast.note,
        tested=told.backtest.verdict,
    )


def _lateness(known: _Known, told: ForecastSummary, due: date, calendar: WorkCalendar) -> Lateness | None:
    """The P85 finish against the due day; None where nothing can be forecast."""
    likely = next((one for one in told.forecast.when if one.percent == _LIKELY), None)
    if likely is None:
        return None
    finish = told.finish(likely.weeks)
    return Lateness(
        finish=finish,
        due=due,
        late_days=max(0, calendar.working_days_between(due, finish)),
        duration_days=max(0, calendar.working_days_between(known.budget.weeks[0].first_day, due)),
    )
