"""Percentiles that are real values: "k of n items took at most this long"."""

from collections.abc import Sequence
from typing import Any, TypeVar

Value = TypeVar("Value", bound=Any)


def nearest_rank(values: Sequence[Value], percent: int) -> Value | None:
    """The smallest value that at least `percent` per cent of the values do not exceed.

    None without values. The rank is computed in integers: `ceil(p / 100 * n)` is one too high for 7 % of 100,
    because 0.07 * 100 is a little more than 7. Raises ValueError outside 0 to 100.
    Source: Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996, definition 1.
    """
    if not 0 <= percent <= 100:  # noqa: PLR2004  # per cent
        raise ValueError(f"a percentile lies between 0 and 100: {percent}")
    if not values:
        return None
    rank = max(1, -(-percent * len(values) // 100))
    return sorted(values)[rank - 1]
