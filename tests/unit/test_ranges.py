"""Ranges given in advance, the ordinary up and down of a series, and what may be said of so few."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats import beta
from pmreport.stats.gates import next_within, sayable
from pmreport.stats.process import natural_limits
from pmreport.stats.proportion import Interval, jeffreys, wilson
from pmreport.stats.ranges import holds, interval_score, pinball_loss, relative_width
from tests.unit.test_stats import COMPLETED


def test_e_ea10_limits_of_eight_sprints() -> None:
    """E-EA10: what the team completes varies from 14.49 to 35.01 without anything having changed."""
    told = natural_limits(COMPLETED)

    assert told is not None
    assert told.mean == 24.75
    assert told.mean_range == pytest.approx(3.857143, abs=5e-7)
    assert (told.low, told.high) == pytest.approx((14.49, 35.01), abs=5e-3)
    assert told.signals == ()


def test_a_value_outside_and_a_run_of_eight_are_signals() -> None:
    """One far off is told, and so are eight on one side; seven are not."""
    far = natural_limits((5, 6, 5, 6, 5, 6, 5, 30))
    seven = natural_limits((9, *(4, 6) * 3, 4, 9))
    eight = natural_limits((*(4, 5) * 4, *(10, 11) * 4))

    assert far is not None
    assert far.signals == (7,)
    assert seven is not None
    assert seven.signals == ()
    assert eight is not None
    assert eight.signals == tuple(range(16))
    assert natural_limits((5,)) is None


def test_e_ea11_jeffreys() -> None:
    """E-EA11: 5 of 8 after Jeffreys, beside Wilson's interval; closed at none and at all."""
    assert jeffreys(5, 8) == pytest.approx((0.294823, 0.880961), abs=5e-7)
    none, all_of_them = jeffreys(0, 5), jeffreys(5, 5)
    assert none is not None
    assert all_of_them is not None
    assert none.low == 0
    assert all_of_them.high == 1
    assert none.high == pytest.approx(1 - all_of_them.low)
    assert jeffreys(0, 0) is None
    with pytest.raises(ValueError, match="6 of 5"):
        jeffreys(6, 5)


@pytest.mark.parametrize(
    ("low", "high", "came", "score"), [(3, 8, 5, 5), (3, 8, 10, 45), (2, 13, 10, 11), (3, 8, 2, 25)]
)
def test_e_ea12_the_score_of_a_range(low: float, high: float, came: float, score: float) -> None:
    """E-EA12: a range pays for its width and twenty times for what a claim of 90 % misses."""
    assert interval_score(Interval(low, high), came, 0.9) == pytest.approx(score)


def test_e_ea12_the_loss_of_a_percentile() -> None:
    """E-EA12: an 85th percentile that was too low costs more than one that was too high."""
    assert pinball_loss(10, 12, 85) == pytest.approx(1.7)
    assert pinball_loss(10, 8, 85) == pytest.approx(0.3)


def test_a_range_holds_its_edges_and_has_a_width() -> None:
    """3 to 8 holds 3; its width is a little less than its middle; around zero there is no share."""
    given_range = Interval(3, 8)

    assert holds(given_range, 3)
    assert not holds(given_range, 8.1)
    assert relative_width(given_range) == pytest.approx(5 / 5.5)
    assert relative_width(Interval(-1, 1)) is None
    with pytest.raises(ValueError, match=r"1\.5"):
        interval_score(given_range, 4, 1.5)


@pytest.mark.parametrize(
    ("percent", "fewest"), [(50, 5), (70, 11), (85, 20), (95, 59), (80, 20), (15, 20), (25, 20)]
)
def test_a_percentile_waits_for_enough(percent: int, fewest: int) -> None:
    """The gates of section 0.6; the first quartile is as far from the middle as the third."""
    assert sayable(percent, fewest)
    assert not sayable(percent, fewest - 1)


def test_beyond_the_95th_nothing_is_said() -> None:
    """No number of items a team finishes shows the 99th percentile."""
    assert not sayable(99, 100_000)


@pytest.mark.parametrize(
    ("n", "share"), [(3, 0.5), (5, 0.667), (7, 0.75), (11, 0.833), (20, 0.905), (30, 0.935)]
)
def test_the_next_value_lies_within_the_range_seen(n: int, share: float) -> None:
    """Section 0.6: (n - 1) / (n + 1)."""
    assert next_within(n) == pytest.approx(share, abs=5e-4)
    assert next_within(0) is None


@pytest.mark.parametrize(
    ("x", "a", "b", "share"),
    [
        (-1, 2, 2, 0),
        (2, 2, 2, 1),
        (0.5, 3, 3, 0.5),
        (0.25, 1, 1, 0.25),
        (0.5, 2, 1, 0.25),
        (0.9, 1, 3, 0.999),
    ],
)
def test_the_beta_distribution_where_it_can_be_told_by_hand(
    x: float, a: float, b: float, share: float
) -> None:
    """Powers, symmetry and the ends."""
    assert beta.below(x, a, b) == pytest.approx(share, abs=1e-12)


@settings(max_examples=40)
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_two_ways_to_the_interval_of_a_share_agree(share: tuple[int, int]) -> None:
    """Jeffreys' interval holds the share and lies close to Wilson's."""
    one, other = jeffreys(*share), wilson(*share)

    assert one is not None
    assert other is not None
    assert 0 <= one.low <= share[0] / share[1] <= one.high <= 1
    assert one.high - one.low == pytest.approx(other.high - other.low, abs=0.25)
