"""The small-sample statistics, held against published and hand-worked numbers."""

from datetime import date
from itertools import combinations, permutations
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.stats.factors import bias_factor, log_ratio, typical_factor
from pmreport.stats.percentile import nearest_rank
from pmreport.stats.proportion import wilson
from pmreport.stats.trend import holm, mann_kendall, theil_sen

ESTIMATES = (4, 8, 2, 16, 8, 24)
ACTUALS = (5, 8, 4, 12, 16, 20)
HOLY_CROSS = (12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7)
COMMITTED = (30, 32, 28, 35, 30, 33, 31, 34)
COMPLETED = (18, 22, 20, 27, 24, 29, 27, 31)


def log_ratios() -> list[float]:
    """ln(actual / estimate) of E-EA1."""
    found = [log_ratio(e, a) for e, a in zip(ESTIMATES, ACTUALS, strict=True)]
    return [ratio for ratio in found if ratio is not None]


def test_e_ea1_factors() -> None:
    """E-EA1: work takes 1.209 times what was said, and is usually within a factor of 1.414."""
    assert bias_factor(log_ratios()) == pytest.approx(1.209136, abs=5e-7)
    assert typical_factor(log_ratios()) == pytest.approx(2**0.5, abs=1e-12)


def test_e_ea3_twice_and_half_are_equally_far_off() -> None:
    """E-EA3: an estimate of half and one of twice the actual have opposite logarithms."""
    assert log_ratio(50, 100) == pytest.approx(0.693147, abs=5e-7)
    assert log_ratio(200, 100) == pytest.approx(-0.693147, abs=5e-7)


@pytest.mark.parametrize(("estimate", "actual"), [(0, 5), (5, 0), (-1, 5), (5, -1)])
def test_there_is_no_ratio_with_nothing(estimate: float, actual: float) -> None:
    """Nothing and less than nothing have no logarithm, and no infinity comes of them."""
    assert log_ratio(estimate, actual) is None


def test_no_pairs_have_no_factors() -> None:
    """Without a pair there is nothing to say."""
    assert bias_factor([]) is None
    assert typical_factor([]) is None


def test_e_ea8_holy_cross() -> None:
    """E-EA8: Mann-Kendall by hand, with a tie, and its slope."""
    tested, slope = mann_kendall(HOLY_CROSS), theil_sen(HOLY_CROSS)

    assert tested.s == 54
    assert tested.variance == pytest.approx(332.6667, abs=5e-5)
    assert tested.p == pytest.approx(0.003663, abs=5e-7)
    assert slope is not None
    assert slope.per_step == pytest.approx(0.5666667, abs=5e-8)
    assert slope.interval == pytest.approx((0.325, 0.866667), abs=5e-7)


@pytest.mark.parametrize(
    ("n", "s", "p"),
    [
        (5, 10, 0.016667),
        (5, 8, 0.083333),
        (6, 15, 0.002778),
        (6, 13, 0.016667),
        (6, 11, 0.055556),
        (7, 17, 0.010714),
        (7, 15, 0.030159),
        (7, 13, 0.069048),
        (8, 28, 0.0000496),
        (8, 20, 0.014137),
        (8, 18, 0.031151),
    ],
)
def test_e_ea9_exact_p(n: int, s: int, p: float) -> None:
    """E-EA9: the exact two-sided p of S, which no normal approximation gives."""
    tested = mann_kendall(order_with(n, s))

    assert tested.s == s
    assert tested.p == pytest.approx(p, abs=6e-7)


def order_with(n: int, s: int) -> list[int]:
    """Some order of 1 to n with this many rises more than falls: each swap of neighbours costs two."""
    values = list(range(1, n + 1))
    for _ in range((n * (n - 1) // 2 - s) // 2):
        at = next(i for i in range(n - 1) if values[i] < values[i + 1])
        values[at], values[at + 1] = values[at + 1], values[at]
    return values


def test_e_ea10_eight_sprints() -> None:
    """E-EA10: the completion ratio rose over eight sprints, beyond doubt."""
    ratios = [done / said for done, said in zip(COMPLETED, COMMITTED, strict=True)]
    misses = [abs(log_ratio(said, done) or 0) for done, said in zip(COMPLETED, COMMITTED, strict=True)]
    tested, slope, falling = mann_kendall(ratios), theil_sen(ratios), theil_sen(misses)

    assert sum(COMPLETED) / sum(COMMITTED) == pytest.approx(0.782609, abs=5e-7)
    assert (tested.s, tested.n) == (26, 8)
    assert tested.p == pytest.approx(0.000396825, abs=5e-10)
    assert slope is not None
    assert slope.per_step == pytest.approx(0.0413806, abs=5e-8)
    assert slope.interval == pytest.approx((0.035084, 0.055758), abs=5e-7)
    assert falling is not None
    assert falling.per_step == pytest.approx(-0.0535905, abs=5e-8)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (5, 8, 0.305742, 0.863156),
        (17, 20, 0.639581, 0.947631),
        (0, 5, 0, 0.434482),
        (5, 5, 0.565518, 1),
        (6, 10, 0.312674, 0.831820),
    ],
)
def test_e_ea11_wilson(successes: int, n: int, low: float, high: float) -> None:
    """E-EA11: the 95 % interval of a share of a few, also at none and at all."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-7)


def test_no_observations_have_no_share() -> None:
    """A share of nothing is unknown, and more than all is a mistake."""
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="6 of 5"):
        wilson(6, 5)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ((15, 20, 35, 40, 50), 5, 15),
        ((15, 20, 35, 40, 50), 30, 20),
        ((15, 20, 35, 40, 50), 40, 20),
        ((15, 20, 35, 40, 50), 50, 35),
        ((15, 20, 35, 40, 50), 100, 50),
        (range(1, 101), 7, 7),
        (range(1, 101), 28, 28),
        (range(1, 51), 14, 7),
        ((9, 1, 5, 5, 3), 50, 5),
        (range(1, 11), 0, 1),
        ((7,), 85, 7),
    ],
)
def test_e_fl1_e_fl2_a_percentile_is_a_real_value(
    values: tuple[int, ...], percent: int, expected: int
) -> None:
    """E-FL1, E-FL2: nearest rank, with whole-number ranks where floating point is one too high."""
    assert nearest_rank(tuple(values), percent) == expected


def test_a_percentile_needs_values_and_a_per_cent() -> None:
    """Nothing has no percentile, and 101 per cent is a mistake."""
    assert nearest_rank((), 50) is None
    with pytest.raises(ValueError, match="101"):
        nearest_rank((1,), 101)


@pytest.mark.parametrize("values", [(1, 1, 2, 3, 3), (1, 2, 2, 2, 4, 5), (3, 1, 2, 1), (2, 2, 2)])
def test_exact_p_with_ties_is_the_share_of_all_orders(values: tuple[int, ...]) -> None:
    """Counting inversions of a multiset gives what going through every order gives."""
    orders = list(permutations(values))
    extreme = sum(abs(rises_over_falls(order)) >= abs(rises_over_falls(values)) for order in orders)

    assert mann_kendall(values).p == pytest.approx(extreme / len(orders))


def rises_over_falls(values: tuple[int, ...]) -> int:
    """Rises minus falls over all pairs."""
    return sum((b > a) - (b < a) for a, b in combinations(values, 2))


@pytest.mark.parametrize("values", [(), (5.0,), (5.0,) * 12])
def test_a_flat_or_empty_series_shows_no_trend(values: tuple[float, ...]) -> None:
    """Without a difference p is 1 and nothing is divided by nothing."""
    tested = mann_kendall(values)

    assert (tested.s, tested.p) == (0, 1.0)


def test_a_slope_needs_two_values() -> None:
    """One value has no slope, nor have two at the same place."""
    assert theil_sen([5.0]) is None
    assert theil_sen([5.0, 7.0], [3, 3]) is None


def test_a_slope_over_days_with_gaps() -> None:
    """The forecasts of E-OT3 moved 0.375248 days a day, in whatever order they are read."""
    told = [date(2025, *day) for day in ((3, 31), (4, 30), (5, 31), (6, 30), (7, 31))]
    forecast = [date(2025, *day) for day in ((6, 30), (6, 30), (7, 14), (7, 31), (8, 8))]
    days, finish = [each.toordinal() for each in told], [each.toordinal() for each in forecast]

    slope = theil_sen(finish, days)
    assert slope is not None
    assert slope.per_step == pytest.approx(0.375248, abs=5e-7)
    assert theil_sen(finish[::-1], days[::-1]) == slope


def test_two_values_at_one_place_leave_the_slope_to_the_others() -> None:
    """Two sprints closed on one day: no slope between them, and no division by nothing."""
    slope = theil_sen([1, 9, 2, 3], [0, 1, 1, 2])

    assert slope is not None
    assert slope.per_step == pytest.approx(1)


def test_holm_raises_each_claim_for_the_others() -> None:
    """The smallest p counts as often as there are claims, and no later one falls below it."""
    assert holm([0.04, 0.01, 0.03]) == pytest.approx((0.06, 0.03, 0.06))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=9))
def test_a_trend_turned_around_is_as_sure(values: list[int]) -> None:
    """Read backwards, rises become falls, and p and the size of the slope stay."""
    forwards, backwards = mann_kendall(values), mann_kendall(values[::-1])
    up, down = theil_sen(values), theil_sen(values[::-1])

    assert backwards.s == -forwards.s
    assert backwards.p == forwards.p
    assert 0 < forwards.p <= 1
    assert up is not None
    assert down is not None
    assert down.per_step == pytest.approx(-up.per_step)
    assert up.interval.low <= up.per_step <= up.interval.high


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval(share: tuple[int, int]) -> None:
    """The interval holds the share and stays between nothing and all."""
    successes, n = share
    interval = wilson(successes, n)

    assert interval is not None
    assert 0 <= interval.low <= successes / n <= interval.high <= 1


@given(st.lists(st.floats(-5, 5), min_size=1), st.floats(0.1, 10))
def test_scaling_every_estimate_scales_the_bias_alone(ratios: list[float], factor: float) -> None:
    """Estimates k times as large make the bias k times as small."""
    scaled = bias_factor([ratio - log(factor) for ratio in ratios])
    plain = bias_factor(ratios)
    spread = typical_factor(ratios)

    assert scaled is not None
    assert plain is not None
    assert spread is not None
    assert scaled * factor == pytest.approx(plain)
    assert spread >= 1
