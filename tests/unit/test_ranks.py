"""Orders that agree, groups that overlap, and how sure either is."""

from itertools import combinations
from math import sqrt
from statistics import correlation, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats import resampling
from pmreport.stats.ranks import agreement, vargha_delaney
from pmreport.stats.resampling import ratio_of_sums, resampled_interval
from tests.unit.test_stats import COMMITTED, COMPLETED, HOLY_CROSS

IQ = (106, 100, 86, 101, 99, 103, 97, 113, 112, 110)
TELEVISION = (7, 27, 2, 50, 28, 29, 20, 12, 6, 17)
BY_POINTS = {1: (1, 1, 2, 3), 2: (1, 2, 3, 5), 3: (2, 3, 4, 8), 5: (3, 5, 8, 13)}
POINTS = [points for points, days in BY_POINTS.items() for _ in days]
DAYS = [day for days in BY_POINTS.values() for day in days]


def test_e_ea6_a_published_rank_correlation() -> None:
    """E-EA6: intelligence and hours of television, the worked example of an encyclopedia."""
    told = agreement(IQ, TELEVISION, times=0)

    assert told is not None
    assert told.rho == pytest.approx(-29 / 165, abs=1e-12)
    assert told.p == pytest.approx(0.627188, abs=5e-7)
    assert told.tau == pytest.approx(-0.111111, abs=5e-7)
    assert told.rho_interval is None


def test_e_ea7_points_and_cycle_times() -> None:
    """E-EA7: points and days agree well, and neighbouring sizes overlap all the same."""
    told = agreement(POINTS, DAYS)

    assert told is not None
    assert told.rho == pytest.approx(0.695467, abs=5e-7)
    assert told.tau == pytest.approx(0.584876, abs=5e-7)
    assert correlation(POINTS, DAYS) == pytest.approx(0.658921, abs=5e-7)
    sizes = BY_POINTS
    assert vargha_delaney(sizes[2], sizes[1]) == 11 / 16
    assert vargha_delaney(sizes[3], sizes[2]) == 11 / 16
    assert vargha_delaney(sizes[5], sizes[3]) == 12 / 16
    assert vargha_delaney(sizes[5], sizes[1]) == 31 / 32
    assert [median(days) for days in sizes.values()] == [1.5, 2.5, 3.5, 6.5]
    per_point = [median(days) / points for points, days in sizes.items()]
    assert per_point == pytest.approx([1.5, 1.25, 1.1667, 1.3], abs=5e-5)


def test_e_ea8_and_10_tau_of_a_series() -> None:
    """E-EA8, E-EA10: the order of the series and that of time agree by 0.596694, and by 0.928571."""
    by_hand = agreement(range(len(HOLY_CROSS)), HOLY_CROSS, times=0)
    ratios = [done / said for said, done in zip(COMMITTED, COMPLETED, strict=True)]
    improving = agreement(range(8), ratios, times=0)

    assert by_hand is not None
    assert by_hand.tau == pytest.approx(0.596694, abs=5e-7)
    assert improving is not None
    assert improving.tau == pytest.approx(0.928571, abs=5e-7)


def test_the_intervals_are_the_same_each_time_and_hold_the_coefficients() -> None:
    """A fixed seed; and too many different values have no interval rather than a slow one."""
    told, again = agreement(POINTS, DAYS), agreement(POINTS, DAYS)

    assert told is not None
    assert told == again
    assert told.rho_interval is not None
    assert told.tau_interval is not None
    assert told.rho_interval.low < told.rho < told.rho_interval.high
    assert told.tau_interval.low < told.tau < told.tau_interval.high
    many = agreement(range(700), range(700))
    assert many is not None
    assert many.rho == pytest.approx(1)
    assert many.rho_interval is None


@pytest.mark.parametrize(
    ("left", "right"), [((), ()), ((1, 2), (1, 2)), ((1, 1, 1), (1, 2, 3)), ((1, 2, 3), (2, 2, 2))]
)
def test_without_an_order_there_is_no_agreement(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    """Two things, or one size only: nothing can agree."""
    assert agreement(left, right) is None


def test_nothing_overlaps_with_nothing() -> None:
    """A size without items has no neighbour."""
    assert (vargha_delaney((), (1,)), vargha_delaney((1,), ())) == (None, None)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=3, max_size=25))
def test_tau_is_what_counting_pairs_gives(pairs: list[tuple[int, int]]) -> None:
    """Tau-b from the table is tau-b from every pair, and the order of the things is none of its business."""
    told = agreement(*zip(*pairs, strict=True), times=0)
    signs = [(((a > c) - (a < c)), ((b > d) - (b < d))) for (a, b), (c, d) in combinations(pairs, 2)]
    untied = [sum(sign[side] != 0 for sign in signs) for side in (0, 1)]

    assert (told is None) == (0 in untied)
    if told is not None:
        assert told.tau == pytest.approx(sum(x * y for x, y in signs) / sqrt(untied[0] * untied[1]))
        assert agreement(*zip(*pairs[::-1], strict=True), times=0) == told
        assert -1 <= told.rho <= 1 + 1e-12
        assert 0 <= told.p <= 1


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=12), st.lists(st.integers(0, 9), min_size=1, max_size=12)
)
def test_the_two_sides_of_an_overlap_make_one(one: list[int], other: list[int]) -> None:
    """A12 of a over b and of b over a share every pair."""
    there, back = vargha_delaney(one, other), vargha_delaney(other, one)

    assert there is not None
    assert back is not None
    assert there + back == pytest.approx(1)


def test_a_ratio_of_sums_is_drawn_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interval of 198/253 holds it and is the same each time, however many fit in memory."""
    told = resampled_interval((COMPLETED, COMMITTED), ratio_of_sums)
    assert told is not None
    assert told.low < 198 / 253 < told.high
    assert told == resampled_interval((COMPLETED, COMMITTED), ratio_of_sums)

    monkeypatch.setattr(resampling, "_AT_ONCE", 8_000)
    in_parts = resampled_interval((COMPLETED, COMMITTED), ratio_of_sums)
    assert in_parts == told


def test_what_cannot_be_resampled_has_no_interval() -> None:
    """One thing is always drawn as it is, and a resample without a number spoils the lot."""
    assert resampled_interval(((1.0,),), lambda column: column.mean(axis=1)) is None
    assert resampled_interval(((1.0, 2.0), (0.0, 1.0)), ratio_of_sums) is None
    assert resampled_interval(((3.0, 3.0),), lambda column: np.median(column, axis=1)) == (3, 3)
