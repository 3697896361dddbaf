"""Where an initiative stands against its budget and its plan."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from pmreport.metrics import evm, planned_value
from pmreport.metrics.agile_evm import (
    AgileEarnedValue,
    Baseline,
    Costs,
    ReleasePlan,
    SprintResult,
    agile_earned_value,
)
from pmreport.metrics.cost import Cost
from pmreport.metrics.earned import Earned
from pmreport.metrics.earned_schedule import EarnedSchedule, earned_schedule
from pmreport.metrics.evm import EarnedValue
from pmreport.metrics.logging_coverage import Coverage
from pmreport.metrics.planned_value import Plan
from pmreport.metrics.reckoning import Reckoning, known, reckon, unknown
from pmreport.metrics.remaining import Remaining
from pmreport.metrics.settings import InitiativeSettings
from pmreport.model.calendar import WorkCalendar

BURN_DAYS = 28  # the burn is that of the last four weeks
LEAST_COVERAGE = Decimal("0.8")  # below, what was not logged would make the costs look good
NO_BUDGET = "no budget is configured"
NO_BURN = "nothing was spent in the last four weeks"
SPENT = "the budget is spent already"
_FURTHEST_DAYS = 2600  # ten years of working days
_WEEK = timedelta(days=7)
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSoFar:
    """The cumulative amounts at the end of a week, by its first day; None: not known."""

    first_day: date
    planned: Decimal | None
    earned: Decimal | None
    spent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day that was worked out, or None and the `reason` why there is none."""

    day: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One initiative: its earned value and earned schedule, and what they rest on.

    `runway` is the day on which the budget is spent if the last four weeks go on; `finish` the day the plan's
    work is done at the pace of its earned schedule; `finish_by_velocity` the same at the velocity since the
    start, against what was open then and against what is open now. `done_before` was done when the plan
    began, in the measure of `earned`: it counts as earned, and makes the schedule look good.
    """

    initiative: InitiativeSettings
    plan: Plan | str
    cost: Cost
    earned: Earned
    remaining: Remaining
    coverage: Coverage
    position: EarnedValue
    schedule: EarnedSchedule
    runway: Day
    finish: Day
    finish_by_velocity: tuple[tuple[Baseline, Day], ...]
    done_before: Decimal
    weeks: tuple[WeekSoFar, ...]

    @property
    def incomplete_cost(self) -> str:
        """Why the actual cost is too incomplete for a CPI; empty where it is not.

        What was not logged and what has no rate are missing alike, so the two gaps are taken together.
        """
        share, rated = self.coverage.share.number, self.cost.rated_share
        covered = min(Decimal(1) if share is None else share, Decimal(1)) * (1 if rated is None else rated)
        if covered >= LEAST_COVERAGE:
            return ""
        hours = "logged hours" if rated in (None, 1) else "hours with a rate"
        of = "those logged" if share is None else "those expected"
        return f"no CPI: {hours} cover {covered * 100:.0f} % of {of}, below 80 %"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store says about an initiative; `at_start` is None where the plan has not begun."""

    cost: Cost
    earned: Earned
    at_start: Earned | None
    remaining: Remaining
    coverage: Coverage


def budget_of(
    initiative: InitiativeSettings,
    plan: Plan | str,
    facts: Facts,
    *,
    as_of: datetime,
    calendar: WorkCalendar,
) -> Budget:
    """The position of one initiative at `as_of`."""
    until = planned_value.days_over(as_of, calendar)
    share = facts.earned.share
    budget = unknown(NO_BUDGET) if initiative.budget is None else known(initiative.budget)
    position = EarnedValue(
        budget=budget,
        planned=reckon(lambda bac, part: bac * part, budget, _planned_share(plan, calendar, until)),
        earned=reckon(lambda bac, part: bac * part, budget, share),
        spent=known(facts.cost.total),
        reestimate=_reestimate(facts),
    )
    schedule = _schedule(plan, share, calendar, until)
    return Budget(
        initiative=initiative,
        plan=plan,
        cost=facts.cost,
        earned=facts.earned,
        remaining=facts.remaining,
        coverage=facts.coverage,
        position=position,
        schedule=schedule,
        runway=_runway(position, facts.cost.recent, until, calendar),
        finish=_finish(plan, schedule, calendar),
        finish_by_velocity=_by_velocity(plan, facts, schedule, calendar),
        done_before=Decimal(0) if facts.at_start is None else facts.at_start.done,
        weeks=_weeks(plan, budget, facts, until, calendar),
    )


def _planned_share(plan: Plan | str, calendar: WorkCalendar, until: date) -> Reckoning:
    if isinstance(plan, str):
        return unknown(plan)
    return known(planned_value.planned_share(plan, calendar, until) or 0)


def _reestimate(facts: Facts) -> Reckoning:
    left, cost = facts.remaining, facts.cost
    if left.items and left.without == left.items:
        return unknown(evm.NO_REESTIMATE)
    if not left.hours:
        return known(0)
    if not cost.hours:
        return unknown("no hour was logged whose price is known")
    return known(left.hours * cost.labour / cost.hours)


def _schedule(plan: Plan | str, share: Reckoning, calendar: WorkCalendar, until: date) -> EarnedSchedule:
    reason = plan if isinstance(plan, str) else share.reason
    if isinstance(plan, str) or share.number is None:
        nothing = unknown(reason)
        return EarnedSchedule(earned=nothing, actual=nothing, duration=nothing)
    passed = planned_value.weeks_passed(plan, calendar, until)
    return earned_schedule(planned_value.weekly_shares(plan, calendar), share.number, passed)


def _finish(plan: Plan | str, schedule: EarnedSchedule, calendar: WorkCalendar) -> Day:
    weeks = schedule.forecast
    if isinstance(plan, str) or weeks.number is None:
        return Day(day=None, reason=weeks.reason)
    if not schedule.actual.number:
        return Day(day=None, reason="the plan has not begun yet")
    day = planned_value.day_of_weeks(plan, calendar, weeks.number)
    return Day(day=day, reason="" if day else "not in any year that has a date")


def _runway(position: EarnedValue, recent: Decimal, until: date, calendar: WorkCalendar) -> Day:
    """runway: the working day on which AC reaches BAC at the burn of the last four weeks."""
    budget, spent = position.budget.number, position.spent.number
    if budget is None or spent is None:
        return Day(day=None, reason=position.budget.reason)
    days = calendar.working_days_between(until - timedelta(days=BURN_DAYS), until)
    if spent >= budget:
        return Day(day=None, reason=SPENT)
    if recent <= 0 or days <= 0:
        return Day(day=None, reason=NO_BURN)
    left = ((budget - spent) * days / recent).quantize(Decimal(1), ROUND_CEILING)
    if left > _FURTHEST_DAYS:
        return Day(day=None, reason="not within ten years at the burn of the last four weeks")
    return Day(day=calendar.add_working_days(until - timedelta(days=1), int(left)))


def _by_velocity(
    plan: Plan | str, facts: Facts, schedule: EarnedSchedule, calendar: WorkCalendar
) -> tuple[tuple[Baseline, Day], ...]:
    """finish-by-velocity: AgileEVM by weeks; what was done before the start is neither scope nor velocity."""
    if isinstance(plan, str):
        return tuple((baseline, Day(day=None, reason=plan)) for baseline in Baseline)
    weeks = int(schedule.actual.number or 0)
    if facts.at_start is None or not weeks:
        return tuple((baseline, Day(day=None, reason="no whole week has passed")) for baseline in Baseline)
    open_then = facts.at_start.total - facts.at_start.done
    completed = max(facts.earned.done - facts.at_start.done, Decimal(0))
    added = facts.earned.total - facts.at_start.total
    results = (
        *(SprintResult(completed=Decimal(0)) for _ in range(weeks - 1)),
        SprintResult(completed=completed, added=added),
    )
    release = ReleasePlan(
        budget=Decimal(0),
        points=open_then,
        sprints=int(schedule.duration.number or 0),
        sprint_days=_WEEK_DAYS,
        start=plan.start,
    )
    return tuple(
        (one, _release_day(agile_earned_value(release, results, baseline=one, costs=Costs.PERIOD), calendar))
        for one in Baseline
    )


def _release_day(value: AgileEarnedValue, calendar: WorkCalendar) -> Day:
    day, reason = value.release_date(whole_sprints=True)
    return Day(day=day and planned_value.last_working_day(calendar, day), reason=reason)


def _weeks(
    plan: Plan | str, budget: Reckoning, facts: Facts, until: date, calendar: WorkCalendar
) -> tuple[WeekSoFar, ...]:
    """Every week from the first with work, or from the start of the plan, to the one that runs."""
    known_weeks = [*facts.cost.by_week, *facts.earned.by_week]
    if not isinstance(plan, str):
        known_weeks.append(calendar.week_of(plan.start))
    last = calendar.week_of(until - timedelta(days=1))
    first = min((week for week in known_weeks if week <= last), default=None)
    if first is None:
        return ()
    return tuple(
        _week(plan, budget, facts, first + number * _WEEK, until, calendar)
        for number in range((last - first).days // _WEEK_DAYS + 1)
    )


def _week(
    plan: Plan | str, budget: Reckoning, facts: Facts, week: date, until: date, calendar: WorkCalendar
) -> WeekSoFar:
    share = _planned_share(plan, calendar, min(week + _WEEK, until))
    done = sum((amount for of, amount in facts.earned.by_week.items() if of <= week), Decimal(0))
    total = facts.earned.total
    return WeekSoFar(
        first_day=week,
        planned=reckon(lambda bac, part: bac * part, budget, share).number,
        earned=budget.number * done / total if budget.number is not None and total else None,
        spent=sum((spent for of, spent in facts.cost.by_week.items() if of <= week), Decimal(0)),
    )
