"""The flow of a set of items as numbers that may be shown."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from pmreport.metrics.flow_counts import DROPPED, Durations
from pmreport.metrics.flow_summary import FlowSummary, average_days
from pmreport.metrics.flow_times import Percentile, ServiceLevel
from pmreport.metrics.little import LittlesLaw
from pmreport.metrics.throughput import mean
from pmreport.metrics.value import Value
from pmreport.metrics.waiting import Waiting
from pmreport.stats.proportion import Interval

_PERCENTS_OF_LEAD = (50, 85)
_HUNDRED = 100


def values(summary: FlowSummary, subject: str) -> tuple[Value, ...]:
    """The numbers of one set of items; `subject` makes their ids unique beside those of another."""
    return (
        _throughput(summary, subject),
        *_percentiles("cycle-time", "Cycle time", summary.cycle_percentiles, summary.cycle, subject),
        _service_level(summary.level, summary.cycle, subject),
        *_percentiles(
            "lead-time",
            "Lead time",
            [one for one in summary.lead_percentiles if one.percent in _PERCENTS_OF_LEAD],
            summary.lead,
            subject,
        ),
        _in_progress(summary, subject),
        _oldest(summary, subject),
        _net_flow(summary, subject),
        _efficiency(summary.waiting, subject),
        _little(summary.little, len(summary.window_weeks), subject),
    )


def _throughput(summary: FlowSummary, subject: str) -> Value:
    weeks = summary.window_weeks
    average = mean(weeks)
    finished = sorted(week.finished for week in weeks)
    note = f"{finished[0]} to {finished[-1]} a week" if weeks else "nothing was started or finished yet"
    return Value(
        id=f"{subject}.throughput",
        definition="throughput",
        label=f"Throughput, mean of {len(weeks)} weeks",
        value=average,
        unit="a week",
        n=len(weeks),
        excluded=((DROPPED, summary.dropped),) if summary.dropped else (),
        note=note,
    )


def _percentiles(
    definition: str, label: str, found: Iterable[Percentile], durations: Durations, subject: str
) -> Iterable[Value]:
    for one in found:
        yield Value(
            id=f"{subject}.{definition}-p{one.percent}",
            definition=definition,
            label=f"{label}, P{one.percent}",
            value=None if one.days is None else Decimal(one.days),
            unit="days",
            n=durations.days.n,
            excluded=durations.excluded,
            interval=one.interval,
            note=one.note,
        )


def _service_level(level: ServiceLevel, cycle: Durations, subject: str) -> Value:
    interval = level.interval
    promise = f"{_percent(level.promised)} % promised"
    if level.share is None:
        note = f"nothing was finished; {promise}"
    elif interval is not None and interval.high < level.promised:
        note = f"missed: {promise}"
    elif interval is not None and interval.low >= level.promised:
        note = f"kept: {promise}"
    else:
        note = f"too few to say whether it is kept: {promise}"
    return Value(
        id=f"{subject}.service-level",
        definition="service-level",
        label=f"Done in {level.days} days or less",
        value=None if level.share is None else level.share * _HUNDRED,
        unit="%",
        n=level.n,
        excluded=cycle.excluded,
        interval=None if interval is None else Interval(*(edge * _HUNDRED for edge in interval)),
        note=note,
    )


def _in_progress(summary: FlowSummary, subject: str) -> Value:
    off = sum(one.ages.n for one in summary.ageing.columns if one.column == summary.workflow.column_at(None))
    return Value(
        id=f"{subject}.work-in-progress",
        definition="work-in-progress",
        label="In progress now",
        value=Decimal(summary.ageing.n),
        unit="items",
        n=summary.ageing.n,
        note=f"{off} of them in no column of the board" if off else "",
    )


def _oldest(summary: FlowSummary, subject: str) -> Value:
    ageing = summary.ageing
    slow = tuple(item.issue_key for item in ageing.items if item.is_slow)
    note = f"{len(slow)} of the {len(ageing.items)} oldest are slow for their column" if slow else ""
    return Value(
        id=f"{subject}.work-item-age",
        definition="work-item-age",
        label="Oldest in progress",
        value=None if ageing.ages.largest is None else Decimal(ageing.ages.largest),
        unit="days",
        n=ageing.ages.n,
        excluded=(("begun before the calendar", ageing.before_calendar),) if ageing.before_calendar else (),
        items=slow,
        note=note if ageing.n else "nothing is in progress",
    )


def _net_flow(summary: FlowSummary, subject: str) -> Value:
    weeks = summary.window_weeks
    started, left = sum(week.started for week in weeks), sum(week.left for week in weeks)
    return Value(
        id=f"{subject}.net-flow",
        definition="net-flow",
        label="Net flow",
        value=Decimal(started - left) if weeks else None,
        unit="items",
        n=len(weeks),
        note=f"{started} came in, {left} left" if weeks else "nothing was started or finished yet",
    )


def _efficiency(waiting: Waiting, subject: str) -> Value:
    share = waiting.efficiency
    causes = ", ".join(f"{cause} {_share(ms, waiting.total_ms)} %" for cause, ms in waiting.causes)
    note = "nothing was finished" if share is None else "no better than the flags people set"
    return Value(
        id=f"{subject}.flow-efficiency",
        definition="flow-efficiency",
        label="Flow efficiency",
        value=None if share is None else _decimal(share * _HUNDRED),
        unit="%",
        n=waiting.items,
        note=f"{note}; waiting by {causes}" if causes else note,
    )


def _little(law: LittlesLaw, weeks: int, subject: str) -> Value:
    residual = law.residual
    if residual is None:
        note = "nothing was finished"
    elif not law.is_usable:
        note = "; ".join(("averages are not usable for forecasting", *law.failed))
    else:
        days = average_days(law)
        wip = float(law.average_wip)
        held = "; ".join(law.failed) or "every condition holds"
        note = f"average: {wip:.1f} in progress, {days:.1f} days; {held}"
    return Value(
        id=f"{subject}.littles-law",
        definition="littles-law",
        label="Little's Law, residual",
        value=None if residual is None else _decimal(residual),
        unit="",
        n=weeks,
        note=note,
    )


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / exact.denominator


def _percent(share: Decimal) -> str:
    return f"{(share * _HUNDRED).normalize():f}"


def _share(part: int, whole: int) -> int:
    return round(Fraction(part * _HUNDRED, whole))
