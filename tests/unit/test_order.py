"""Between which of the values a percentile lies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats.binomial import at_most
from pmreport.stats.order import percentile_interval, percentile_ranks

E_FL3 = (1, 2, 2, 3, 3, 4, 5, 5, 6, 8, 8, 9, 11, 12, 13, 15, 18, 21, 25, 40)


def test_twenty_values_hold_the_85th_percentile_between_the_13th_and_the_largest() -> None:
    """The ranks of metrics.md section 3: 95.5 %, and with 93 % asked for one rank fewer."""
    wide, narrow = percentile_ranks(20, 85), percentile_ranks(20, 85, confidence=0.93)

    assert wide is not None
    assert (wide.low, wide.high, round(wide.coverage, 3)) == (13, 20, 0.955)
    assert narrow is not None
    assert (narrow.low, narrow.high, round(narrow.coverage, 3)) == (14, 20, 0.939)


@pytest.mark.parametrize(
    ("percent", "confidence", "fewest"),
    [(50, 0.9375, 5), (85, 0.9, 15), (85, 0.95, 19), (95, 0.95, 59)],
    ids=["median", "P85 at 90 %", "P85 at 95 %", "P95 at 95 %"],
)
def test_the_fewest_values_are_those_of_the_gates(percent: int, confidence: float, fewest: int) -> None:
    """Section 0.6: one value fewer, and not even the smallest and the largest are sure enough."""
    assert percentile_ranks(fewest, percent, confidence=confidence) is not None
    assert percentile_ranks(fewest - 1, percent, confidence=confidence) is None


def test_the_interval_is_made_of_real_values_in_any_order() -> None:
    """The 13th and the 20th of E-FL3."""
    assert percentile_interval(E_FL3[::-1], 85) == (11, 40)
    assert percentile_interval(E_FL3[:4], 85) is None
    assert percentile_interval((), 85) is None


def test_the_ends_have_no_interval() -> None:
    """The smallest of all things cannot be seen in a sample."""
    with pytest.raises(ValueError, match="between 0 and 100"):
        percentile_ranks(20, 100)


@settings(max_examples=30)
@given(st.integers(1, 80), st.integers(1, 99))
def test_no_narrower_ranks_would_do(n: int, percent: int) -> None:
    """Going through every pair of ranks finds none that are closer together and as sure."""
    found = percentile_ranks(n, percent)
    share = percent / 100
    below = [0.0, *(at_most(k, n, share) for k in range(n))]
    sure = [
        high - low
        for low in range(1, n + 1)
        for high in range(low + 1, n + 1)
        if below[high] - below[low] >= 0.95 + 1e-9
    ]

    assert (found is None) == (not sure)
    assert found is None or found.high - found.low <= min(sure)
    assert found is None or found.coverage == pytest.approx(below[found.high] - below[found.low])
