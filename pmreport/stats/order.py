"""How sure a percentile of a few values is: between which of them the true one lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isqrt

from pmreport.stats.binomial import probability
from pmreport.stats.proportion import Interval

_REACH = 9  # standard deviations; what lies beyond is less than 1e-18


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """From the value of rank `low` to that of rank `high`, 1 being the smallest; `coverage` is exact."""

    low: int
    high: int
    coverage: float


def percentile_ranks(n: int, percent: int, *, confidence: float = 0.95) -> Ranks | None:
    """Which order statistics of `n` values hold the true percentile with at least this confidence.

    The fewest ranks that do; of those as narrow, the ones that cover most. None where not even the smallest
    and the largest do, which for the 85th percentile is so below 19 values. No distribution is assumed, only
    that the values are independent. Raises ValueError unless 0 < percent < 100.
    Source: David and Nagaraja, Order Statistics, 2003, section 7.1.
    """
    if not 0 < percent < 100:  # noqa: PLR2004  # per cent
        raise ValueError(f"a percentile with an interval lies between 0 and 100: {percent}")
    first, below = _at_most(n, percent / 100)
    found: Ranks | None = None
    end = 0
    for start, left in enumerate(below):  # the ranks from first + start + 1 to first + end + 1
        while end < len(below) and below[end] - left < confidence:
            end += 1
        if end == len(below):
            break
        one = Ranks(low=first + start + 1, high=first + end + 1, coverage=below[end] - left)
        found = (
            one if found is None else min(found, one, key=lambda each: (each.high - each.low, -each.coverage))
        )
    return found


def percentile_interval(
    values: Sequence[float], percent: int, *, confidence: float = 0.95
) -> Interval | None:
    """The interval of a percentile between two of the values; None where they are too few for it."""
    ranks = percentile_ranks(len(values), percent, confidence=confidence)
    if ranks is None:
        return None
    ordered = sorted(values)
    return Interval(ordered[ranks.low - 1], ordered[ranks.high - 1])


def _at_most(n: int, share: float) -> tuple[int, list[float]]:
    """The first count that matters, and from there on the probability of at most so many of `n` below."""
    reach = _REACH * (isqrt(int(n * share * (1 - share))) + 1)
    first, last = max(0, int(n * share) - reach), min(n - 1, int(n * share) + reach)
    return first, list(accumulate(probability(k, n, share) for k in range(first, last + 1)))
