"""Whether forecasts like this one came true: made again at past weeks, and held against what followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmreport.metrics.forecast import FEWEST_WEEKS, PERCENTS, how_many
from pmreport.stats.binomial import as_unlikely
from pmreport.stats.proportion import Interval, wilson
from pmreport.stats.trend import holm

FEWEST_ORIGINS = 10
_SURE = 0.05
UNTESTED = "untested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often "at least so many, with `percent` per cent" came true: `kept` of `n` times.

    `claimed` is the average of the exact chances of those statements: items are whole, so it is a little
    above `percent`. `p` is the exact probability of a count as far off as `kept` if the claim is right,
    `interval` that of the share that came true; both None without any.
    """

    percent: int
    claimed: Fraction | None
    kept: int
    n: int
    interval: Interval | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """The reliability of forecasts over `horizon_weeks`, and what it comes to in a word or two."""

    horizon_weeks: int
    coverages: tuple[Coverage, ...]
    verdict: str

    @property
    def origins(self) -> int:
        """How many past weeks a forecast was made at."""
        return self.coverages[0].n


def backtest(weeks: Sequence[int], *, horizon_weeks: int, sample_weeks: int) -> Backtest:
    """backtest: how often forecasts of the past came true, by what they claimed.

    A forecast is made where at least seven weeks lie before, from the last `sample_weeks` of them, for the
    next `horizon_weeks`. The horizons do not overlap: those that do would count the same weeks twice. The
    newest weeks are always among them. Fewer than ten forecasts prove nothing.
    """
    newest = len(weeks) - horizon_weeks
    origins = range(newest, FEWEST_WEEKS - 1, -horizon_weeks)
    claims: dict[int, list[tuple[Fraction, bool]]] = {percent: [] for percent in PERCENTS}
    for origin in origins:
        finished = sum(weeks[origin : origin + horizon_weeks])
        for one in how_many(weeks[max(0, origin - sample_weeks) : origin], horizon_weeks):
            claims[one.percent].append((one.chance, finished >= one.items))
    coverages = tuple(_coverage(percent, made) for percent, made in claims.items())
    return Backtest(horizon_weeks=horizon_weeks, coverages=coverages, verdict=_verdict(coverages))


def _coverage(percent: int, made: Sequence[tuple[Fraction, bool]]) -> Coverage:
    n, kept = len(made), sum(came_true for _, came_true in made)
    claimed = sum((chance for chance, _ in made), Fraction()) / n if n else None
    return Coverage(
        percent=percent,
        claimed=claimed,
        kept=kept,
        n=n,
        interval=wilson(kept, n),
        p=None if claimed is None else as_unlikely(kept, n, float(claimed)),
    )


def _verdict(coverages: Sequence[Coverage]) -> str:
    if coverages[0].n < FEWEST_ORIGINS:
        return UNTESTED
    adjusted = holm([1.0 if one.p is None else one.p for one in coverages])
    wrong = [
        one for one, p in zip(coverages, adjusted, strict=True) if p <= _SURE and one.claimed is not None
    ]
    if not wrong:
        return "nothing speaks against it"
    hopeful = sum(one.kept < one.n * (one.claimed or 0) for one in wrong)
    return "too hopeful" if hopeful * 2 >= len(wrong) else "too careful"
