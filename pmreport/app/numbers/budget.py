"""The budgets of the initiatives at one moment."""

from datetime import datetime, timedelta

from pmreport.app.numbers import days, initiatives
from pmreport.app.rates import rates_of
from pmreport.app.wiring import Workspace
from pmreport.metrics import budget as budgeting
from pmreport.metrics import cost, earned, logging_coverage, planned_value, remaining
from pmreport.metrics.budget import Budget, Facts
from pmreport.metrics.earned import Earned, Measure
from pmreport.metrics.planned_value import Plan
from pmreport.metrics.rates import Rates
from pmreport.metrics.settings import InitiativeSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.members import MemberRow
from pmreport.model.query import Query
from pmreport.store.session import Reader

_WEEK = timedelta(days=7)


def budgets(workspace: Workspace, *, as_of: datetime, initiative: str | None = None) -> tuple[Budget, ...]:
    """The budget of one initiative, else of every one in the order of the configuration.

    Raises ConfigurationError without any initiative or for a file of rates that cannot be used, UsageError
    for an initiative that is not known.
    """
    chosen = initiatives.chosen(workspace.config, initiative)
    rates = rates_of(workspace.config)
    calendar = days.stored_calendar(workspace, as_of)
    with workspace.store.reading() as reader:
        return tuple(
            read(reader, workspace, one, as_of=as_of, calendar=calendar, rates=rates) for one in chosen
        )


def read(
    reader: Reader,
    workspace: Workspace,
    initiative: InitiativeSettings,
    *,
    as_of: datetime,
    calendar: WorkCalendar,
    rates: Rates | None,
) -> Budget:
    """The budget of an initiative as an open store tells it."""
    site_id = workspace.site_id()
    items = initiatives.members_of(workspace, reader, initiative, as_of=as_of)
    span = reader.rows(remaining.sprints_query(items, site_id, as_of))
    plan = remaining.plan_of(initiative.start, initiative.finish, span, calendar)
    logged = reader.rows(
        cost.query(items, site_id, as_of, before=as_of - _WEEK, calendar_id=calendar.calendar_id)
    )
    until = planned_value.days_over(as_of, calendar)
    people = reader.rows(logging_coverage.query(items, site_id, as_of))
    now = earned.from_rows(reader.rows(_earned_query(workspace, items, as_of, calendar)))
    facts = Facts(
        cost=cost.from_rows(
            logged,
            rates=rates,
            calendar=calendar,
            recent_since=until - timedelta(days=budgeting.BURN_DAYS),
        ),
        earned=now,
        at_start=_at_start(reader, workspace, items, plan, now.measure, (as_of, calendar)),
        remaining=remaining.from_rows(reader.rows(remaining.query(items, site_id, as_of))),
        coverage=logging_coverage.from_rows(people, as_of=as_of, calendar=calendar, rates=rates),
    )
    return budgeting.budget_of(initiative, plan, facts, as_of=as_of, calendar=calendar)


def _at_start(
    reader: Reader,
    workspace: Workspace,
    items: Query[MemberRow],
    plan: Plan | str,
    measure: Measure,
    moments: tuple[datetime, WorkCalendar],
) -> Earned | None:
    """The items when the plan began, weighed as now; None where there is no plan or it has not begun."""
    as_of, calendar = moments
    if isinstance(plan, str) or calendar.day_start(plan.start) > as_of:
        return None
    starts = calendar.day_start(plan.start)
    rows = reader.rows(_earned_query(workspace, items, starts, calendar))
    return earned.from_rows(rows, measure=measure)


def _earned_query(
    workspace: Workspace, items: Query[MemberRow], as_of: datetime, calendar: WorkCalendar
) -> Query[earned.EarnedRow]:
    return earned.query(
        items,
        workspace.site_id(),
        as_of,
        calendar_id=calendar.calendar_id,
        dropped_resolutions=workspace.config.done.dropped_resolutions,
    )
