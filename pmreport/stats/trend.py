"""Whether a short series rises or falls, said only as surely as it can be."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt
from statistics import NormalDist, median

from pmreport.stats.proportion import Interval

EXACT_UP_TO = 10  # beyond, the normal approximation is good to the third decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MannKendall:
    """The test against "no monotone trend".

    `s` = rises minus falls over all pairs; `variance` corrected for ties; `p` two-sided, exact up to n = 10
    (ties included), then by the normal approximation with a correction for continuity.
    """

    s: int
    variance: float
    p: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """The median slope of all pairs, for one step of the axis, and its interval."""

    per_step: float
    interval: Interval


def mann_kendall(values: Sequence[float]) -> MannKendall:
    """The Mann-Kendall test of a series, oldest first.

    Source: Kendall, Rank Correlation Methods, 1970; exact distribution by counting inversions of a multiset
    (MacMahon), which is Gilbert's table (1987) where there are no ties.
    """
    n = len(values)
    s = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    ties = tuple(Counter(values).values())
    variance = _variance(values)
    p = _exact_p(s, ties) if n <= EXACT_UP_TO else _normal_p(s, variance)
    return MannKendall(s=s, variance=variance, p=p, n=n)


def theil_sen(
    values: Sequence[float], at: Sequence[float] | None = None, *, confidence: float = 0.95
) -> Slope | None:
    """The Theil-Sen slope of a series; None where fewer than two values lie at different places.

    `at` says where on the axis each value lies (days, when there are gaps), in any order; without it the
    values are a step apart, oldest first. Two values at one place have no slope between them and are passed
    over. Raises ValueError unless there are as many places as values.
    Source: Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1968, with its
    correction for ties on both axes. The interval's ranks are rounded to whole slopes; with very few values
    it is the whole range of slopes.
    """
    places = range(len(values)) if at is None else at
    slopes = sorted(
        (later - earlier) / (j - i)
        for (i, earlier), (j, later) in combinations(zip(places, values, strict=True), 2)
        if i != j
    )
    if not slopes:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    reach = z * sqrt(_variance(values, places))
    low = max(round((len(slopes) - reach) / 2) - 1, 0)
    high = min(round((len(slopes) + reach) / 2), len(slopes) - 1)
    return Slope(per_step=median(slopes), interval=Interval(slopes[low], slopes[high]))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p values of several claims made together, each raised so that all may be believed at once.

    In the order given. Source: Holm, A simple sequentially rejective multiple test procedure, 1979.
    """
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - rank)))
        adjusted[index] = highest
    return tuple(adjusted)


def _variance(*axes: Sequence[float]) -> float:
    """The variance of S when nothing is related, less for the ties on each axis."""
    ties = sum(_spread(size) for axis in axes for size in Counter(axis).values())
    return max(0, _spread(len(axes[0])) - ties) / 18


def _spread(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _normal_p(s: int, variance: float) -> float:
    if s == 0 or variance == 0:
        return 1.0
    return erfc((abs(s) - 1) / sqrt(2 * variance))


def _exact_p(s: int, ties: Sequence[int]) -> float:
    """The share of all orders of these values whose |S| is at least as large; whole numbers until the end."""
    ways = _inversions(ties)
    most = len(ways) - 1  # S = untied pairs - 2 * inversions
    extreme = sum(count for inversions, count in enumerate(ways) if abs(most - 2 * inversions) >= abs(s))
    return extreme / sum(ways)


def _inversions(ties: Sequence[int]) -> list[int]:
    """How many orders of a multiset have 0, 1, 2, ... inversions: the Gaussian multinomial coefficient."""
    product, placed = [1], 0
    for size in ties:
        placed += size
        product = _times(product, _gaussian(placed, size))
    return product


def _gaussian(n: int, k: int) -> list[int]:
    """The coefficients of the Gaussian binomial (n over k), by Pascal's rule."""
    row: list[list[int]] = [[1]] + [[] for _ in range(k)]
    for top in range(1, n + 1):
        for j in range(min(top, k), 0, -1):
            shifted = [0] * j + row[j] if row[j] else []
            row[j] = _plus(row[j - 1], shifted)
    return row[k]


def _plus(left: Sequence[int], right: Sequence[int]) -> list[int]:
    longer, shorter = sorted((left, right), key=len, reverse=True)
    return [value + (shorter[at] if at < len(shorter) else 0) for at, value in enumerate(longer)]


def _times(left: Sequence[int], right: Sequence[int]) -> list[int]:
    product = [0] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            product[i + j] += a * b
    return product
