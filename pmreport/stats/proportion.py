"""How sure a share of a few things can be."""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from pmreport.stats.beta import quantile


class Interval(NamedTuple):
    """From `low` to `high`, both included."""

    low: float
    high: float


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """The interval of a share that holds up with few observations and at 0 and 1. None when n is 0.

    Raises ValueError unless 0 <= successes <= n.
    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(
        low=0.0 if successes == 0 else centre - reach, high=1.0 if successes == n else centre + reach
    )


def jeffreys(successes: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """The equal-tailed interval of a share after Jeffreys' prior; closed at 0 and 1. None when n is 0.

    Raises ValueError unless 0 <= successes <= n.
    Source: Brown, Cai and DasGupta, Interval estimation for a binomial proportion, Statistical Science 16,
    2001.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    if n == 0:
        return None
    tail, a, b = (1 - confidence) / 2, successes + 0.5, n - successes + 0.5
    return Interval(
        low=0.0 if successes == 0 else quantile(tail, a, b),
        high=1.0 if successes == n else quantile(1 - tail, a, b),
    )
