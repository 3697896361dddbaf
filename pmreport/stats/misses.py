"""How far numbers that were said lay from the numbers that came: the measures of the literature.

Every function takes pairs of what was said and what came, and gives None without pairs. Those that divide
expect both above zero: what is not has no relative error, and whoever asks leaves it out and counts it.
"""

from collections.abc import Callable, Iterable, Sequence
from math import fsum, log
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


def median_absolute_error(pairs: Iterable[Pair]) -> float | None:
    """MdAE: the median distance, in the unit of the pairs."""
    return middle([_distance(pair) for pair in pairs])


def relative_errors(pairs: Iterable[Pair]) -> list[float]:
    """MRE of each: the distance as a share of what came. It favours saying too little (Tofallis 2015)."""
    return _shares(pairs, lambda pair: pair.came)


def relative_to_said(pairs: Iterable[Pair]) -> list[float]:
    """MER of each: the distance as a share of what was said."""
    return _shares(pairs, lambda pair: pair.said)


def balanced_errors(pairs: Iterable[Pair]) -> list[float]:
    """BRE of each: the distance as a share of the smaller; the same for half and for twice."""
    return _shares(pairs, min)


def bounded_errors(pairs: Iterable[Pair]) -> list[float]:
    """IBRE of each: the distance as a share of the larger; below 1."""
    return _shares(pairs, max)


def balanced_bias(pairs: Iterable[Pair]) -> list[float]:
    """BREbias of each: BRE with its sign; above zero, too little was said."""
    return [(pair.came - pair.said) / min(pair) for pair in pairs]


def share_close(pairs: Sequence[Pair], within: float = CLOSE) -> float | None:
    """PRED: the share of pairs whose relative error is at most `within`, the edge included."""
    if not pairs:
        return None
    return sum(_distance(pair) <= within * pair.came for pair in pairs) / len(pairs)


def mean_squared_log(pairs: Iterable[Pair], *, added: float = 0) -> float | None:
    """MSLE: the mean of ln(came / said) squared; with `added` = 1, of the logarithms of one more (log1p)."""
    return mean([log((pair.came + added) / (pair.said + added)) ** 2 for pair in pairs])


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


def _shares(pairs: Iterable[Pair], of: Callable[[Pair], float]) -> list[float]:
    return [_distance(pair) / of(pair) for pair in pairs]
