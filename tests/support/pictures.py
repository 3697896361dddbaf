"""One believable picture of every kind that `pmreport.report.pictures` makes, for tests that draw them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from pmreport.metrics.budget import Budget, WeekSoFar
from pmreport.metrics.scope_summary import Scope
from pmreport.report.inputs import Inputs
from pmreport.report.pictures import burndown, costs, waterfall
from pmreport.report.view import Chart
from tests.support import initiatives
from tests.support.report_inputs import empty_inputs, running_sprint, utc, weekdays


def inputs() -> Inputs:
    """The fifth day of a sprint of ten."""
    days = weekdays(date(2026, 11, 16), date(2026, 11, 27))
    return replace(empty_inputs(), as_of=utc("2026-11-20 17:00"), working_days=days)


def scope() -> Scope:
    """A scope that everything happened to: of 31 that came in 17 were approved, 12 not, 2 split off."""
    line = replace(initiatives.line(120, 31, 3, 4), approved=Decimal(17), unapproved=Decimal(12))
    return replace(initiatives.scope(line), change_label="change-request")


def budget(weeks: int = 12) -> Budget:
    """A budget of so many weeks, the last of which still runs."""
    first = date(2026, 8, 31) + timedelta(weeks=12 - weeks)
    told = tuple(
        WeekSoFar(
            first_day=first + timedelta(weeks=number),
            planned=Decimal(7000 * (number + 1)),
            earned=Decimal(5600 * (number + 1)),
            spent=Decimal(6400 * (number + 1)),
        )
        for number in range(weeks)
    )
    return replace(initiatives.budget(spent=76800, earned=67200, whole=120000), weeks=told)


def charts() -> dict[str, Chart]:
    """The pictures by their specification."""
    drawn = (
        burndown.picture(inputs(), running_sprint()),
        waterfall.picture(scope()),
        costs.picture(inputs(), initiatives.initiative(), budget()),
    )
    return {one.spec: one for one in drawn if isinstance(one, Chart)}
