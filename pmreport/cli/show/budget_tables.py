"""The budgets of initiatives as tables and as JSON: a block for each."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json, number
from pmreport.cli.show.answer import Answer, money, values_table
from pmreport.cli.tables import NOT_KNOWN
from pmreport.metrics.budget import Budget, WeekSoFar
from pmreport.metrics.budget_values import values

_LAST_WEEKS = 6


def answer(budgets: Iterable[Budget], as_of: datetime) -> Answer:
    """Every number of every initiative, and how the amounts grew from week to week."""
    held = tuple(budgets)
    return Answer(
        as_of=as_of,
        values=tuple(value for budget in held for value in values(budget)),
        grids=tuple(grid for budget in held for grid in _block(budget)),
        in_grids=True,
        more={"initiatives": [_shape(budget) for budget in held]},
    )


def _block(budget: Budget) -> tuple[Grid, Grid]:
    return values_table(values(budget), _title(budget)), _weeks_table(budget)


def _title(budget: Budget) -> str:
    if isinstance(budget.plan, str):
        return f"{budget.initiative.name}: no plan"
    return f"{budget.initiative.name}: {budget.plan.start} to {budget.plan.finish}"


def _weeks_table(budget: Budget) -> Grid:
    titles = ("Planned", "Earned", "Spent")
    return Grid(
        title=f"{budget.initiative.name}, up to the end of each week ({budget.cost.unit})",
        columns=(Column(title="Week of", whole=True), *(Column(title=one, is_number=True) for one in titles)),
        rows=tuple(_week_row(week) for week in budget.weeks[-_LAST_WEEKS:]),
        empty="No work yet.",
    )


def _week_row(week: WeekSoFar) -> tuple[str, ...]:
    return (week.first_day.isoformat(), *(_whole(one) for one in (week.planned, week.earned, week.spent)))


def _whole(amount: Decimal | None) -> str:
    return NOT_KNOWN if amount is None else money(amount)


def _shape(budget: Budget) -> Json:
    plan = budget.plan
    return {
        "id": budget.initiative.id,
        "name": budget.initiative.name,
        "unit": budget.cost.unit,
        "measured_in": str(budget.earned.measure),
        "plan": None
        if isinstance(plan, str)
        else {"start": plan.start.isoformat(), "finish": plan.finish.isoformat(), "source": plan.source},
        "weeks": [
            {
                "week": week.first_day.isoformat(),
                "planned": number(week.planned),
                "earned": number(week.earned),
                "spent": number(week.spent),
            }
            for week in budget.weeks
        ],
    }
