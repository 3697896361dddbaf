"""Whether estimates got better from sprint to sprint, said only as surely as the numbers allow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp
from statistics import median

from pmreport.stats.trend import holm, mann_kendall, theil_sen

FEWEST_FOR_A_CLAIM = 8
SIGNIFICANT = 0.05
LEAST_P = 0.001  # below it no digit means anything


class Verdict(StrEnum):
    """What may honestly be said about a trend."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_TREND = "no trend shown"
    TOO_FEW = "too few to say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How a typical factor moved over `n` sprints, oldest first, tested on its logarithm.

    `s` is rises minus falls (Mann-Kendall), so below zero is better; `p` is two-sided, `p_adjusted` what is
    left of it beside the other claims of the same page (Holm). `slope` is the change of |ln ratio| a sprint
    (Theil-Sen) and `slope_low` to `slope_high` its 95 % interval, None below two sprints. `first` and `last`
    are the median factors of the earlier and the later half, None below two sprints. Carried work ties
    neighbouring sprints together, so p is optimistic.
    """

    verdict: Verdict
    n: int
    s: int = 0
    p: float = 1.0
    p_adjusted: float = 1.0
    slope: float | None = None
    slope_low: float | None = None
    slope_high: float | None = None
    first: float | None = None
    last: float | None = None


UNKNOWN_TREND = Trend(verdict=Verdict.TOO_FEW, n=0)


def trends_together(*series: Sequence[float]) -> tuple[Trend, ...]:
    """estimation-trend: the trend of each series of |ln ratio|, every claim raised for the others (Holm).

    A series of fewer than eight sprints makes no claim, whatever its p.
    """
    trends = [_measured(misses) for misses in series]
    claims = [at for at, trend in enumerate(trends) if trend.n >= FEWEST_FOR_A_CLAIM]
    adjusted = dict(zip(claims, holm([trends[at].p for at in claims]), strict=True))
    return tuple(
        _judged(replace(trend, p_adjusted=adjusted[at])) if at in adjusted else trend
        for at, trend in enumerate(trends)
    )


def _measured(misses: Sequence[float]) -> Trend:
    tested, slope, half = mann_kendall(misses), theil_sen(misses), len(misses) // 2
    if slope is None:
        return replace(UNKNOWN_TREND, n=tested.n)
    return Trend(
        verdict=Verdict.TOO_FEW,
        n=tested.n,
        s=tested.s,
        p=tested.p,
        p_adjusted=tested.p,
        slope=slope.per_step,
        slope_low=slope.interval.low,
        slope_high=slope.interval.high,
        first=exp(median(misses[:half])),
        last=exp(median(misses[-half:])),
    )


def _judged(trend: Trend) -> Trend:
    if trend.p_adjusted > SIGNIFICANT:
        return replace(trend, verdict=Verdict.NO_TREND)
    return replace(trend, verdict=Verdict.IMPROVING if trend.s < 0 else Verdict.WORSENING)


def verdict_words(trend: Trend) -> str:
    """The verdict with all it rests on, in a sentence that claims no more than it can."""
    if trend.verdict is Verdict.TOO_FEW or trend.first is None or trend.last is None or trend.slope is None:
        return f"Too few to say: {trend.n} of the {FEWEST_FOR_A_CLAIM} sprints that a claim needs."
    moved = {Verdict.IMPROVING: "fell", Verdict.WORSENING: "rose"}.get(trend.verdict)
    said = f"median miss {moved} from {trend.first:.2f}x to {trend.last:.2f}x" if moved else "no trend shown"
    p = "p below 0.001" if trend.p_adjusted < LEAST_P else f"p = {trend.p_adjusted:.2g}"
    low, high = trend.slope_low or 0.0, trend.slope_high or 0.0
    return (
        f"{said[0].upper()}{said[1:]}: slope {trend.slope + 0.0:+.3f} of ln per sprint (95 % {low:+.3f} to "
        f"{high:+.3f}), S = {trend.s}, {p}, n = {trend.n}; carried work ties"
        " neighbouring sprints together, so p is optimistic."
    )
