"""How far time estimates of delivered items lay from the work logged on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, inf
from typing import NamedTuple

from pmreport.metrics.estimated import Delivered
from pmreport.stats.factors import bias_factor, log_ratio, typical_factor
from pmreport.stats.gates import DOTS_ONLY_BELOW
from pmreport.stats.guessing import Guessing, against_guessing
from pmreport.stats.misses import (
    Pair,
    mean,
    mean_absolute_error,
    mean_error,
    middle,
    relative_errors,
    share_close,
)
from pmreport.stats.order import percentile_interval
from pmreport.stats.proportion import Interval

_HOUR = 3600
_SIZES = (
    (2, "up to 2 h"),
    (4, "over 2 to 4 h"),
    (8, "over 4 to 8 h"),
    (16, "over 8 to 16 h"),
    (40, "over 16 to 40 h"),
)
_LARGEST = "over 40 h"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The accuracy of `n` pairs of estimate and work, both in seconds and above zero.

    The factors are those of `metrics.estimation`; `median_factor` = exp(median |ln(actual / estimate)|) with
    its interval of 95 % between two real items. `error` (ME) and `absolute_error` (MAE) are in seconds.
    `mmre` and `close` (PRED(25)) are for comparison with the literature only: they favour saying too little.
    Everything but `n` is None without pairs, `guessing` also where there is nothing to guess.
    """

    n: int
    bias_factor: float | None
    typical_factor: float | None
    median_factor: float | None
    median_interval: Interval | None
    error: float | None
    absolute_error: float | None
    mmre: float | None
    close: float | None
    guessing: Guessing | None


class Group(NamedTuple):
    """The factors of the items of one `name` `by` size, type or component; None below five items."""

    by: str
    name: str
    n: int
    bias_factor: float | None
    typical_factor: float | None


def effort(pairs: Sequence[Pair]) -> Effort:
    """median-factor, mean-absolute-error, mean-error, standardised-accuracy, mmre, close-estimates: of a set.

    The order of the pairs says nothing.
    """
    ratios = _ratios(pairs)
    distances = [abs(ratio) for ratio in ratios]
    interval = percentile_interval(distances, 50)
    median_distance = middle(distances)
    return Effort(
        n=len(pairs),
        bias_factor=bias_factor(ratios),
        typical_factor=typical_factor(ratios),
        median_factor=None if median_distance is None else exp(median_distance),
        median_interval=None if interval is None else Interval(exp(interval.low), exp(interval.high)),
        error=mean_error(pairs),
        absolute_error=mean_absolute_error(pairs),
        mmre=mean(relative_errors(pairs)),
        close=share_close(pairs),
        guessing=against_guessing([round(pair.said) for pair in pairs], [round(pair.came) for pair in pairs]),
    )


def groups(delivered: Delivered) -> tuple[Group, ...]:
    """By size, smallest first, then by type and by component, by name; the mix never hides what moved."""
    sizes = tuple((name, _of_size(delivered.efforts, low, high)) for low, high, name in _edges())
    return (
        *_groups("size", sizes),
        *_groups("type", delivered.by_type),
        *_groups("component", delivered.by_component),
    )


def _groups(by: str, named: Iterable[tuple[str, tuple[Pair, ...]]]) -> tuple[Group, ...]:
    return tuple(_group(by, name, pairs) for name, pairs in named if pairs)


def _group(by: str, name: str, pairs: Sequence[Pair]) -> Group:
    ratios = _ratios(pairs) if len(pairs) >= DOTS_ONLY_BELOW else []
    return Group(by, name, len(pairs), bias_factor(ratios), typical_factor(ratios))


def _ratios(pairs: Iterable[Pair]) -> list[float]:
    return [ratio for pair in pairs if (ratio := log_ratio(pair.said, pair.came)) is not None]


def _edges() -> tuple[tuple[float, float, str], ...]:
    lows = (0.0, *(hours * _HOUR for hours, _ in _SIZES))
    highs = (*(hours * _HOUR for hours, _ in _SIZES), inf)
    return tuple(zip(lows, highs, (*(name for _, name in _SIZES), _LARGEST), strict=True))


def _of_size(pairs: Iterable[Pair], low: float, high: float) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if low < pair.said <= high)
