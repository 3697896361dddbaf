"""Forecasts as tables for people: how reliable they were, then what they say."""

from collections.abc import Sequence

from pmreport.cli.grid import Column, Grid
from pmreport.cli.show.bars import bars
from pmreport.cli.tables import NOT_KNOWN
from pmreport.metrics.backtest import Backtest, Coverage
from pmreport.metrics.forecast_summary import ForecastSummary, percent


def forecast_tables(name: str, summary: ForecastSummary, *, notes: Sequence[str]) -> tuple[Grid, ...]:
    """The tables of one board or initiative."""
    return (
        _reliability(name, summary.backtest),
        _finished_by(name, summary, notes),
        _how_many(name, summary),
        _samples(name, summary),
    )


def _reliability(name: str, tested: Backtest) -> Grid:
    how = f"{tested.origins} forecasts of {tested.horizon_weeks} weeks"
    return Grid(
        title=f"{name}: did such forecasts come true? {tested.verdict.capitalize()} ({how})",
        columns=(
            Column(title="Forecast", whole=True),
            Column(title="Claimed", is_number=True),
            Column(title="Came true", is_number=True),
            Column(title="Share", is_number=True),
            Column(title="Interval", is_number=True),
            Column(title="p", is_number=True),
        ),
        rows=tuple(map(_coverage, tested.coverages)) if tested.origins else (),
        empty="No past week has seven weeks before it and a whole horizon after it.",
        notes=("Fewer than ten forecasts prove nothing.",) if tested.verdict == "untested" else (),
    )


def _coverage(one: Coverage) -> tuple[str, ...]:
    known = one.interval is not None and one.claimed is not None and one.p is not None
    if not known or one.interval is None or one.claimed is None or one.p is None:
        return (f"P{one.percent}", NOT_KNOWN, f"{one.kept} of {one.n}", NOT_KNOWN, NOT_KNOWN, NOT_KNOWN)
    return (
        f"P{one.percent}",
        f"{percent(one.claimed)} %",
        f"{one.kept} of {one.n}",
        f"{100 * one.kept / one.n:.0f} %",
        f"{100 * one.interval.low:.0f} to {100 * one.interval.high:.0f} %",
        f"{one.p:.2f}",
    )


def _finished_by(name: str, summary: ForecastSummary, notes: Sequence[str]) -> Grid:
    told = summary.forecast
    items = f"{told.low}" if told.low == told.high else f"{told.low} to {told.high}"
    days = (
        "Weeks are counted in working days, as many as the sampled ones had on average."
        if summary.by_working_days
        else "Every week counts alike, with holidays or without."
    )
    return Grid(
        title=f"{name}: when are {items} items finished?",
        columns=(
            Column(title="Chance of at least", short="At least", whole=True),
            Column(title="Finished by", whole=True),
            Column(title="Weeks", is_number=True),
            Column(title="Exact chance", short="Exact", is_number=True),
        ),
        rows=tuple(
            (f"{one.percent} %", f"{summary.finish(one.weeks)}", f"{one.weeks}", f"{percent(one.chance)} %")
            for one in told.when
        ),
        empty=f"No forecast: {told.note or 'it takes more than ten years'}.",
        notes=(
            f"Open: {summary.in_progress} in progress, {summary.waiting_to_start} waiting to start.",
            *((days,) if told.when else ()),
            *(f"Note: {note}." for note in notes),
        ),
        short_note="Exact: the chance itself.",
    )


def _how_many(name: str, summary: ForecastSummary) -> Grid:
    told = summary.forecast
    return Grid(
        title=f"{name}: how many in the next {told.horizon_weeks} weeks?",
        columns=(
            Column(title="Chance of at least", short="At least", whole=True),
            Column(title="Items or more", is_number=True),
            Column(title="Exact chance", short="Exact", is_number=True),
        ),
        rows=tuple((f"{one.percent} %", f"{one.items}", f"{percent(one.chance)} %") for one in told.how_many),
        empty=f"No forecast: {told.note}.",
    )


def _samples(name: str, summary: ForecastSummary) -> Grid:
    finished = [week.finished for week in summary.weeks]
    return Grid(
        title=f"{name}: the {len(finished)} weeks it is made from",
        columns=(
            Column(title="Week from", whole=True),
            Column(title="Finished", is_number=True),
            Column(title="", whole=True),
        ),
        rows=tuple(
            (f"{week.first}", f"{week.finished}", bar)
            for week, bar in zip(summary.weeks, bars(finished), strict=True)
        ),
        empty="Nothing was started or finished yet.",
    )
