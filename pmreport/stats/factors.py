"""Factors between what was said and what came: their middle and their spread."""

from collections.abc import Iterable, Sequence
from math import exp, fsum, log


def log_ratio(estimate: float, actual: float) -> float | None:
    """The natural logarithm of actual / estimate: 0 is perfect, +0.69 twice the estimate, -0.69 half of it.

    Symmetric, unlike percentages. None where either is not above zero.
    Source: Tofallis, A better measure of relative prediction accuracy, JORS 66(8), 2015.
    """
    return log(actual / estimate) if estimate > 0 and actual > 0 else None


def bias_factor(log_ratios: Sequence[float]) -> float | None:
    """The geometric mean of actual / estimate: "takes 1.2 times what we say". None without ratios."""
    return _geometric_mean(log_ratios)


def typical_factor(log_ratios: Sequence[float]) -> float | None:
    """The geometric mean of the larger over the smaller: "usually within a factor of 1.4". At least 1."""
    return _geometric_mean([abs(ratio) for ratio in log_ratios])


def _geometric_mean(logarithms: Sequence[float]) -> float | None:
    return exp(_mean(logarithms)) if logarithms else None


def _mean(values: Iterable[float]) -> float:
    held = tuple(values)
    return fsum(held) / len(held)
