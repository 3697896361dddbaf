"""One believable picture of every kind that `pmreport.report.pictures` makes, for tests that draw them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import sin

from pmreport.goals.goal import Goal
from pmreport.metrics.budget import Budget, WeekSoFar
from pmreport.metrics.consistency import Consistency
from pmreport.metrics.consistency import consistency as told_of
from pmreport.metrics.effort import Group
from pmreport.metrics.estimated import Sized
from pmreport.metrics.estimation import Accuracy, EstimationSummary, SprintAccuracy
from pmreport.metrics.milestones import Milestone, Report, trend
from pmreport.metrics.scope_summary import BurnUpPoint, Scope
from pmreport.report.inputs import Initiative, Inputs, Outlook
from pmreport.report.pictures import bias, burndown, costs, fan, hours, progress, sizes, slips, waterfall
from pmreport.report.view import Chart, Table
from tests.support import initiatives
from tests.support.report_inputs import empty_inputs, goals, measure, running_sprint, utc, weekdays

TABLE = Table(id="behind", caption="The same values", columns=(), rows=())


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


def outlook() -> Outlook:
    """Thirty items open, due before they are likely to be done."""
    return Outlook(
        today=date(2026, 11, 20),
        open=30,
        days=(
            (50, date(2027, 1, 15)),
            (70, date(2027, 1, 22)),
            (85, date(2027, 1, 29)),
            (95, date(2027, 2, 19)),
        ),
        due=date(2026, 12, 18),
        note="",
        tested="too hopeful",
    )


def forecast() -> Initiative:
    """An initiative with a history of eleven weeks and an outlook."""
    points = tuple(
        BurnUpPoint(
            day=min(date(2026, 9, 6) + timedelta(weeks=week), date(2026, 11, 20)),
            scope_count=60 + 5 * (week > 3) + 3 * (week > 7),
            done_count=round(3.4 * week),
            scope=Decimal(0),
            done=Decimal(0),
        )
        for week in range(12)
    )
    return initiatives.initiative(scope=replace(scope(), burn_up=points), outlook=outlook())


def estimation(sprints: int = 14) -> EstimationSummary:
    """Sprints whose items take now more and now less than estimated."""
    told = tuple(
        SprintAccuracy(
            board_id=7,
            sprint_id=number,
            sprint_name=f"Sprint {number}",
            items=Accuracy(
                bias_factor=1.15 + 0.45 * sin(number * 1.7),
                typical_factor=1.4,
                n=2 + (number * 5) % 11,
                excluded=(),
            ),
            log_ratio=None,
        )
        for number in range(1, sprints + 1)
    )
    overall = Accuracy(bias_factor=1.12, typical_factor=1.4, n=90, excluded=())
    return EstimationSummary(sprints=told, items=overall, commitments=overall)


def groups() -> tuple[Group, ...]:
    """Small estimates that are far too small, large ones that are about right; one size is too rare."""
    return (
        Group("size", "up to 2 h", 120, 2.4, 2.6),
        Group("size", "over 2 to 4 h", 85, 1.6, 1.8),
        Group("size", "over 4 to 8 h", 40, 1.2, 1.5),
        Group("size", "over 8 to 16 h", 3, None, None),
        Group("size", "over 16 to 40 h", 9, 0.9, 1.4),
        Group("type", "Bug", 200, 1.4, 1.6),
    )


def consistency() -> Consistency:
    """Sizes of which the larger ones take longer, the largest too rare for a median."""
    days = {1: (1, 2, 2, 3, 1), 2: (2, 3, 4, 2, 5), 3: (3, 5, 4, 6, 8), 5: (5, 9, 7, 12, 6), 8: (9, 21)}
    return told_of(
        Sized(points=float(points), days=day, n=1 if points == 8 else 6)
        for points, known in days.items()
        for day in known
    )


def milestones() -> tuple[Milestone, ...]:
    """One that slid twice, one that came back, and one that kept its date."""
    first = date(2026, 9, 4)
    moves = {"Beta": (28, 28, 49, 63), "Payment by invoice": (70, 84, 77, 77), "Launch": (91, 91, 91, 91)}
    return tuple(
        replace(
            initiatives.milestone(name, first + timedelta(days=planned[0]), first),
            trend=trend(
                [
                    Report(first + timedelta(weeks=week), first + timedelta(days=planned[week // 3]))
                    for week in range(12)
                ]
            ),
        )
        for name, planned in moves.items()
    )


def goal() -> Goal:
    """A goal with a target."""
    return goals()[0]


def charts() -> dict[str, Chart]:
    """The pictures by their specification."""
    drawn = (
        burndown.picture(inputs(), running_sprint()),
        waterfall.picture(scope()),
        costs.picture(inputs(), initiatives.initiative(), budget()),
        fan.picture(forecast(), outlook()),
        bias.picture(estimation()),
        hours.picture(groups()),
        sizes.picture(consistency(), TABLE),
        slips.picture(milestones(), TABLE),
        progress.picture(goal(), replace(measure(), interval=(Decimal("1.3"), Decimal("1.52")))),
    )
    return {one.spec: one for one in drawn if isinstance(one, Chart)}
