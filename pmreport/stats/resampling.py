"""How sure a number is that no formula covers: by drawing from what was seen, again and again.

The seed is fixed, so the same data give the same interval on every machine. Below eight observations such
intervals are too narrow, and whoever shows one shows the observations beside it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pmreport.stats.proportion import Interval

TIMES = 10_000
SEED = 20_120_801
FEWEST_TO_TRUST = 8
_AT_ONCE = 4_000_000  # numbers held in memory


def resampled_interval(
    columns: Sequence[Sequence[float]],
    statistic: Callable[..., Any],
    *,
    confidence: float = 0.95,
    times: int = TIMES,
    seed: int = SEED,
) -> Interval | None:
    """The percentile bootstrap interval of a statistic of things that each have a value in every column.

    `statistic` gets an array for each column, one resample a row, and gives one number a row. None for fewer
    than two things, or where a resample has no number.
    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13; numpy's PCG64.
    """
    import numpy as np

    arrays = [np.asarray(column, dtype=float) for column in columns]
    n = len(arrays[0])
    if n < 2:  # noqa: PLR2004 - one thing can only be drawn as it is
        return None
    dice = np.random.Generator(np.random.PCG64(seed))
    at_once = max(1, _AT_ONCE // n)
    found = []
    for start in range(0, times, at_once):
        drawn = dice.integers(0, n, size=(min(at_once, times - start), n))
        with np.errstate(divide="ignore", invalid="ignore"):
            found.append(statistic(*(column[drawn] for column in arrays)))
    return edges(np.concatenate(found), confidence)


def edges(values: Any, confidence: float = 0.95) -> Interval | None:
    """The middle part of resampled numbers, by nearest rank; None where one of them is no number."""
    import numpy as np

    if not np.isfinite(values).all():
        return None
    ordered, tail = np.sort(values), round(len(values) * (1 - confidence) / 2)
    return Interval(
        float(ordered[max(0, tail - 1)]), float(ordered[min(len(values) - tail, len(values)) - 1])
    )


def ratio_of_sums(above: Any, under: Any) -> Any:
    """The ratio of the sums of each resample."""
    return above.sum(axis=1) / under.sum(axis=1)
