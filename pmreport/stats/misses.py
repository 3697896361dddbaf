"""How far numbers that were said lay from the numbers that came: the measures of the literature.

Every function takes pairs of what was said and what came, and gives None without pairs. Those that divide
expect what came above zero: else there is no relative error, and whoever asks leaves it out and counts it.
"""

from collections.abc import Iterable, Sequence
from math import fsum
from statistics import median
from typing import NamedTuple

CLOSE = 0.25  # of Conte, Dunsmore and Shen, Software Engineering Metrics and Models, 1986


class Pair(NamedTuple):
    """What was `said` (estimated, committed, forecast) and what `came`, in one unit."""

    said: float
    came: float


def mean_error(pairs: Iterable[Pair]) -> float | None:
    """ME: the mean of what came less what was said; above zero, too little was said."""
    return mean([pair.came - pair.said for pair in pairs])


def mean_absolute_error(pairs: Iterable[Pair]) -> float | None:
    """MAE: the mean distance, in the unit of the pairs."""
    return mean([_distance(pair) for pair in pairs])


def relative_errors(pairs: Iterable[Pair]) -> list[float]:
    """MRE of each: the distance as a share of what came. It favours saying too little (Tofallis 2015)."""
    return [_distance(pair) / pair.came for pair in pairs]


def share_close(pairs: Sequence[Pair], within: float = CLOSE) -> float | None:
    """PRED: the share of pairs whose relative error is at most `within`, the edge included."""
    if not pairs:
        return None
    return sum(_distance(pair) <= within * pair.came for pair in pairs) / len(pairs)


def skill(error: float | None, naive: float | None) -> float | None:
    """1 - error / naive: how much of a naive forecast's error is saved; below zero, the naive one is better.

    None where either is not known or the naive forecast is never wrong.
    """
    return None if error is None or not naive else 1 - error / naive


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None without values."""
    return fsum(values) / len(values) if values else None


def middle(values: Sequence[float]) -> float | None:
    """The median, between the two middle values where their number is even; None without values."""
    return median(values) if values else None


def _distance(pair: Pair) -> float:
    return abs(pair.came - pair.said)
