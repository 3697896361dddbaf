"""The numbers of a budget, each with what it rests on."""

from collections.abc import Iterator
from decimal import Decimal

from pmreport.metrics.budget import Budget, Day
from pmreport.metrics.evm import EarnedValue
from pmreport.metrics.reckoning import Reckoning
from pmreport.metrics.remaining import Remaining
from pmreport.metrics.value import Value

_FACTOR, _SHARE, _WEEKS = "x", "%", "weeks"
_HUNDRED = Decimal(100)
_FROM_CPI = frozenset({"cpi", "eac-typical", "eac-both", "etc", "vac", "tcpi-estimate"})


def values(budget: Budget) -> tuple[Value, ...]:
    """Every number of one initiative; ids begin with its own."""
    return (
        *_amounts(budget),
        *_forecasts(budget),
        *_schedule(budget),
        *_confidence(budget),
    )


def _amounts(budget: Budget) -> Iterator[Value]:
    at, unit = budget.position, budget.cost.unit
    yield _value(budget, "budget-at-completion", "Budget (BAC)", at.budget, unit)
    yield _value(budget, "planned-value", "Planned value (PV)", at.planned, unit, note=_plan(budget))
    yield _value(budget, "earned-value", "Earned value (EV)", at.earned, unit, note=_measured(budget))
    yield _cost(budget)
    yield _value(budget, "cost-variance", "Cost variance (CV)", at.cost_variance, unit)
    yield _value(budget, "schedule-variance", "Schedule variance (SV)", at.schedule_variance, unit)
    yield _value(budget, "cpi", "Cost performance (CPI)", at.cost_performance, _FACTOR)
    early = _early(budget)
    yield _value(budget, "spi", "Schedule performance (SPI)", at.schedule_performance, _FACTOR, note=early)
    yield _value(budget, "percent-complete", "Complete", _percent(_complete(budget)), _SHARE)
    yield _value(budget, "percent-spent", "Spent", _percent(at.share_spent), _SHARE)


def _forecasts(budget: Budget) -> Iterator[Value]:
    at, unit = budget.position, budget.cost.unit
    yield _value(budget, "eac-typical", "At completion, as so far (EAC)", at.estimate_typical, unit)
    yield _value(budget, "eac-atypical", "At completion, rest as planned", at.estimate_atypical, unit)
    yield _value(budget, "eac-both", "At completion, cost and delay", at.estimate_both, unit)
    yield _bottom_up(budget, at, budget.remaining)
    yield _value(budget, "etc", "Still to spend (ETC)", at.estimate_to_complete, unit)
    yield _value(budget, "vac", "Left at completion (VAC)", at.variance_at_completion, unit)
    yield _value(budget, "tcpi-budget", "Needed for the budget (TCPI)", at.needed_for_budget, _FACTOR)
    yield _value(budget, "tcpi-estimate", "Needed for the EAC (TCPI)", at.needed_for_estimate, _FACTOR)
    yield _day(budget, "runway", "Budget spent on", budget.runway, note="at the burn of the last four weeks")


def _schedule(budget: Budget) -> Iterator[Value]:
    at = budget.schedule
    yield _value(budget, "earned-schedule", "Earned schedule (ES)", at.earned, _WEEKS)
    yield _value(budget, "schedule-variance-time", "Ahead or behind, SV(t)", at.variance, _WEEKS)
    yield _value(budget, "spi-time", "Pace, SPI(t)", at.performance, _FACTOR, note=_early(budget))
    yield _value(budget, "ieac-time", "Duration at this pace, IEAC(t)", at.forecast, _WEEKS)
    yield _day(budget, "finish-by-pace", "Finish at this pace", budget.finish)
    for baseline, day in budget.finish_by_velocity:
        yield _day(
            budget,
            "finish-by-velocity",
            f"Finish at this velocity, {baseline}",
            day,
            own_id=f"finish-by-velocity-{baseline.split()[0]}",
        )


def _confidence(budget: Budget) -> Iterator[Value]:
    coverage, cost = budget.coverage, budget.cost
    yield Value(
        id=f"{budget.initiative.id}-logging-coverage",
        definition="logging-coverage",
        label="Hours logged of those expected",
        value=_percent(coverage.share).number,
        unit=_SHARE,
        n=coverage.people,
        note=coverage.share.reason or budget.incomplete_cost,
    )
    yield Value(
        id=f"{budget.initiative.id}-late-cost",
        definition="late-cost",
        label="Restated since a week ago",
        value=cost.restated,
        unit=cost.unit,
        n=cost.entries,
        note=_restated(budget),
    )


def _value(
    budget: Budget, definition: str, label: str, reckoning: Reckoning, unit: str, note: str = ""
) -> Value:
    number, reason = reckoning.number, reckoning.reason
    if definition in _FROM_CPI and number is not None and budget.incomplete_cost:
        number, reason = None, budget.incomplete_cost
    earned = budget.earned
    return Value(
        id=f"{budget.initiative.id}-{definition}",
        definition=definition,
        label=label,
        value=number,
        unit=unit,
        n=earned.items,
        excluded=_counted(("dropped", earned.dropped), ("without an estimate", earned.unestimated)),
        note=reason if number is None else note,
    )


def _cost(budget: Budget) -> Value:
    cost = budget.cost
    unrated = f"{cost.unrated_hours:.1f} h of people without a rate are left out"
    return Value(
        id=f"{budget.initiative.id}-actual-cost",
        definition="actual-cost",
        label="Actual cost (AC)",
        value=budget.position.spent.number,
        unit=cost.unit,
        n=cost.entries,
        excluded=_counted(
            ("people without a rate", cost.unrated_people),
            ("work that has not begun", cost.future_entries),
            ("work on no day of the calendar", cost.undated_entries),
        ),
        note=unrated if cost.unrated_people else budget.incomplete_cost,
    )


def _bottom_up(budget: Budget, at: EarnedValue, left: Remaining) -> Value:
    note = f"{left.without} of {left.items} open items have no remaining estimate" if left.without else ""
    reckoning = at.estimate_bottom_up
    return Value(
        id=f"{budget.initiative.id}-eac-bottom-up",
        definition="eac-bottom-up",
        label="At completion, by re-estimate",
        value=reckoning.number,
        unit=budget.cost.unit,
        n=left.items - left.without,
        excluded=_counted(("without a remaining estimate", left.without)),
        note=reckoning.reason or note,
    )


def _day(budget: Budget, definition: str, label: str, day: Day, *, note: str = "", own_id: str = "") -> Value:
    return Value(
        id=f"{budget.initiative.id}-{own_id or definition}",
        definition=definition,
        label=label,
        value=day.day,
        unit="date",
        n=budget.earned.items,
        note=day.reason or note,
    )


def _complete(budget: Budget) -> Reckoning:
    """What is done is said without a budget too: EV / BAC is the done part of the items."""
    return budget.earned.share


def _percent(share: Reckoning) -> Reckoning:
    return share if share.number is None else Reckoning(share.number * _HUNDRED)


def _plan(budget: Budget) -> str:
    return budget.plan if isinstance(budget.plan, str) else f"plan {budget.plan.source}"


def _early(budget: Budget) -> str:
    """What makes the schedule look good: work that was done before its plan began."""
    done, measure = budget.done_before, budget.earned.measure
    return f"{_plain(done)} {measure} were done before the plan began" if done else ""


def _measured(budget: Budget) -> str:
    earned = budget.earned
    return f"{_plain(earned.done)} of {_plain(earned.total)} {earned.measure} are done"


def _restated(budget: Budget) -> str:
    cost = budget.cost
    if not cost.late and not cost.withdrawn:
        return ""
    return "typed late about work before that, minus what was deleted"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _counted(*reasons: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((reason, count) for reason, count in reasons if count)
