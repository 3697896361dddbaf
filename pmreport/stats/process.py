"""Which values of a series are more than its ordinary up and down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import fsum

_REACH = 2.66  # 3 / 1.128: three standard deviations, told from the mean of neighbours' differences
RUN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an unchanged process does: from `low` to `high` around `mean`; `mean_range` between neighbours.

    `signals` are the places, from 0, of values outside the limits or in a run of eight on one side of the
    mean.
    """

    mean: float
    mean_range: float
    low: float
    high: float
    signals: tuple[int, ...]


def natural_limits(values: Sequence[float]) -> Limits | None:
    """The XmR chart of a series, oldest first; None for fewer than two values.

    Source: Wheeler, Understanding Variation, 1993: mean plus and minus 2.66 times the mean moving range.
    """
    if len(values) < 2:  # noqa: PLR2004 - a moving range needs two
        return None
    mean = fsum(values) / len(values)
    mean_range = fsum(abs(later - earlier) for earlier, later in pairwise(values)) / (len(values) - 1)
    low, high = mean - _REACH * mean_range, mean + _REACH * mean_range
    outside = {at for at, value in enumerate(values) if not low <= value <= high}
    signals = tuple(sorted(outside | set(_runs(values, mean))))
    return Limits(mean=mean, mean_range=mean_range, low=low, high=high, signals=signals)


def _runs(values: Sequence[float], mean: float) -> Iterator[int]:
    for side, run in groupby(range(len(values)), key=lambda at: (values[at] > mean) - (values[at] < mean)):
        held = tuple(run)
        if side and len(held) >= RUN:
            yield from held
