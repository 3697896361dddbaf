"""The number behind each goal, by the id that the catalogue of goals binds it to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from pmreport.goals.goal import Goal
from pmreport.goals.indicators import Reading, verdict
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.ledger import SprintTotals
from pmreport.report.inputs import Measure
from pmreport.report.recent import RECENT, left_out, measured, pooled
from pmreport.report.sprints import BEGAN_BEFORE
from pmreport.report.trends import trend_words
from pmreport.report.words import capital, exact

_PERCENT = Decimal(100)
_NOT_COUNTED = {
    "promises-kept": Measure(
        value=None, unit="%", decimals=0, scale=_PERCENT, missing="the days first agreed are not counted yet"
    ),
    "cpi": Measure(value=None, decimals=2, missing="there is no budget baseline yet"),
}
_UNBOUND = Measure(value=None, decimals=2, missing="no number is bound to this goal")


def of_goals(
    goals: Iterable[Goal], ledgers: Sequence[SprintTotals], estimates: EstimationSummary
) -> Mapping[str, Measure]:
    """The measure of every goal, by goal id; a goal that nothing measures has one that says so."""
    return {goal.id: _measure(goal, ledgers, estimates) for goal in goals}


def _measure(goal: Goal, ledgers: Sequence[SprintTotals], estimates: EstimationSummary) -> Measure:
    measured: Mapping[str, Callable[[], Measure]] = {
        "typical-factor": lambda: _typical_factor(goal, estimates),
        "net-scope-growth": lambda: _net_growth(goal, ledgers),
    }
    metric = goal.metric or ""
    if metric in measured:
        return measured[metric]()
    return _NOT_COUNTED.get(metric, _UNBOUND)


def _typical_factor(goal: Goal, estimates: EstimationSummary) -> Measure:
    """typical-factor of the items of the newest sprints, beside that of the oldest."""
    told = measured(estimates.sprints)
    value, n = pooled(told[-RECENT:])
    baseline, _ = pooled(told[:RECENT])
    if value is None:
        missing = "no completed item has both a time estimate and logged work"
        return Measure(value=None, unit="x", decimals=2, missing=missing)
    said = verdict(goal, Reading(value=value, n=n))
    return Measure(
        value=exact(value),
        unit="x",
        decimals=2,
        n=n,
        baseline=exact(baseline) if baseline and len(told) > RECENT else None,
        trend=tuple(exact(one.items.typical_factor or 0) for one in told[-RECENT:]),
        excluded=left_out(estimates.sprints[-RECENT:]),
        definition="typical-factor",
        verdict=f"{capital(said)}. {trend_words(estimates.item_trend)}",
    )


def _net_growth(goal: Goal, ledgers: Sequence[SprintTotals]) -> Measure:
    """net-scope-growth over the newest closed sprints: a ratio of sums, never a mean of ratios."""
    committed = [one for one in ledgers if one.is_own and one.close is not None and one.amounts.commitment]
    closed = sorted(
        (one for one in committed if not one.is_incomplete),
        key=lambda one: (one.close, one.board_id, one.sprint_id),
    )
    too_early = len(committed) - len(closed)
    recent = closed[-RECENT:]
    if not recent:
        missing = "no sprint with a commitment has closed yet"
        return Measure(value=None, unit="%", decimals=0, scale=_PERCENT, missing=missing)
    growth = _growth(recent)
    before = closed[:RECENT]
    return Measure(
        value=growth * _PERCENT,
        unit="%",
        decimals=0,
        scale=_PERCENT,
        n=len(recent),
        baseline=_growth(before) * _PERCENT if len(closed) > RECENT else None,
        trend=tuple(None if one.net_growth is None else one.net_growth * _PERCENT for one in recent),
        excluded=((BEGAN_BEFORE, too_early),) if too_early else (),
        definition="net-scope-growth",
        verdict=f"{capital(verdict(goal, Reading(value=float(growth), n=len(recent))))}.",
    )


def _growth(sprints: Sequence[SprintTotals]) -> Decimal:
    committed = sum((one.amounts.commitment for one in sprints), Decimal(0))
    final = sum((one.amounts.final_scope for one in sprints), Decimal(0))
    return (final - committed) / committed
