"""The forecast of one board, one initiative or everything at one moment, as values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pmreport.metrics.backtest import Backtest, backtest
from pmreport.metrics.flow_counts import FlowCounts, counts_from_rows
from pmreport.metrics.flow_query import CountRow
from pmreport.metrics.flow_summary import Basis
from pmreport.metrics.forecast import Forecast, forecast
from pmreport.metrics.forecast_days import finish_day, finish_day_by_working_days
from pmreport.metrics.throughput import Week, throughput
from pmreport.metrics.value import Value
from pmreport.stats.proportion import Interval

HORIZON_WEEKS = 4
_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be forecast: `low` to `high` items (None: all that are open), and so many weeks ahead.

    `by_working_days` counts the sampled weeks in working days, so that holidays ahead move the days.
    """

    low: int | None = None
    high: int | None = None
    horizon_weeks: int = HORIZON_WEEKS
    by_working_days: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastSummary:
    """A forecast, what it rests on, and how reliable forecasts like it were.

    `weeks` are the sampled ones, oldest first. `finish` gives the day to a number of weeks from today on.
    """

    weeks: tuple[Week, ...]
    in_progress: int
    waiting_to_start: int
    forecast: Forecast
    backtest: Backtest
    today: date
    by_working_days: bool
    finish: Callable[[int], date]


def summary_from_rows(
    rows: list[CountRow], basis: Basis, asked: Asked, *, sample_weeks: int
) -> ForecastSummary:
    """The forecast from the last `sample_weeks` whole weeks, and the backtest over all that are known."""
    counts = counts_from_rows(rows, dropped_resolutions=basis.dropped_resolutions)
    known = throughput(counts, basis.window, basis.calendar, known_since=basis.known_since)
    sampled = known[-sample_weeks:]
    low, high = _left(counts, asked)
    finished = tuple(week.finished for week in known)

    def finish(weeks: int) -> date:
        if asked.by_working_days and sampled:
            days = [week.first for week in sampled]
            return finish_day_by_working_days(basis.today, weeks, basis.calendar, days)
        return finish_day(basis.today, weeks, basis.calendar)

    return ForecastSummary(
        weeks=sampled,
        in_progress=counts.in_progress,
        waiting_to_start=counts.waiting_to_start,
        forecast=forecast(finished[-sample_weeks:], low, high, horizon_weeks=asked.horizon_weeks),
        backtest=backtest(finished, horizon_weeks=asked.horizon_weeks, sample_weeks=sample_weeks),
        today=basis.today,
        by_working_days=asked.by_working_days,
        finish=finish,
    )


def values(summary: ForecastSummary, subject: str) -> tuple[Value, ...]:
    """The reliability of forecasts first, then the forecast; `subject` makes the ids unique."""
    return (*_coverages(summary, subject), *_whens(summary, subject), *_how_many(summary, subject))


def _left(counts: FlowCounts, asked: Asked) -> tuple[int, int]:
    low = counts.still_open if asked.low is None else asked.low
    return low, max(low, low if asked.high is None else asked.high)


def _coverages(summary: ForecastSummary, subject: str) -> tuple[Value, ...]:
    tested = summary.backtest
    return tuple(
        Value(
            id=f"{subject}.backtest-p{one.percent}",
            definition="backtest",
            label=f"Came true, of P{one.percent}",
            value=Decimal(one.kept * _HUNDRED) / one.n if one.n else None,
            unit="%",
            n=one.n,
            interval=None if one.interval is None else Interval(*(edge * _HUNDRED for edge in one.interval)),
            note=tested.verdict
            if one.claimed is None
            else f"{tested.verdict}; claimed {percent(one.claimed)} %",
        )
        for one in tested.coverages
    )


def _whens(summary: ForecastSummary, subject: str) -> tuple[Value, ...]:
    answers = {one.percent: one for one in summary.forecast.when}
    return tuple(
        Value(
            id=f"{subject}.forecast-when-p{wanted}",
            definition="forecast-when",
            label=f"Finished by, P{wanted}",
            value=summary.finish(answers[wanted].weeks) if wanted in answers else None,
            unit="date",
            n=len(summary.weeks),
            note=f"{_weeks(answers[wanted].weeks)}, {percent(answers[wanted].chance)} %"
            if wanted in answers
            else summary.forecast.note or "it takes more than ten years",
        )
        for wanted in (one.percent for one in summary.backtest.coverages)
    )


def _how_many(summary: ForecastSummary, subject: str) -> tuple[Value, ...]:
    weeks = summary.forecast.horizon_weeks
    answers = {one.percent: one for one in summary.forecast.how_many}
    return tuple(
        Value(
            id=f"{subject}.forecast-how-many-p{wanted}",
            definition="forecast-how-many",
            label=f"Finished in {_weeks(weeks)}, P{wanted}",
            value=Decimal(answers[wanted].items) if wanted in answers else None,
            unit="items",
            n=len(summary.weeks),
            note=f"{percent(answers[wanted].chance)} %" if wanted in answers else summary.forecast.note,
        )
        for wanted in (one.percent for one in summary.backtest.coverages)
    )


def percent(chance: Fraction) -> str:
    """A probability in per cent to one place, rounded down: 84.996 % is not 85 %."""
    tenths = chance.numerator * 10 * _HUNDRED // chance.denominator
    return f"{tenths // 10}.{tenths % 10}"


def _weeks(number: int) -> str:
    return f"{number} week" if number == 1 else f"{number} weeks"
