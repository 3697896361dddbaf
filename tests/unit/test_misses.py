"""The measures of estimation error, held against published and hand-worked numbers."""

from math import log
from statistics import stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats.factors import bias_factor, log_ratio
from pmreport.stats.guessing import against_guessing, chance_of_as_good
from pmreport.stats.misses import (
    Pair,
    balanced_bias,
    balanced_errors,
    bounded_errors,
    mean,
    mean_absolute_error,
    mean_error,
    mean_squared_log,
    median_absolute_error,
    middle,
    relative_errors,
    relative_to_said,
    share_close,
    skill,
)
from tests.unit.test_stats import ACTUALS, COMMITTED, COMPLETED, ESTIMATES, log_ratios

PAIRS = [Pair(said, came) for said, came in zip(ESTIMATES, ACTUALS, strict=True)]
WHOLE = st.integers(1, 400)


def test_e_ea1_every_measure_of_six_items() -> None:
    """E-EA1: the measures of the literature, of one set of six items."""
    assert [round(each, 4) for each in relative_errors(PAIRS)] == [0.2, 0, 0.5, 0.3333, 0.5, 0.2]
    assert mean(relative_errors(PAIRS)) == pytest.approx(0.288889, abs=5e-7)
    assert middle(relative_errors(PAIRS)) == pytest.approx(0.266667, abs=5e-7)
    assert share_close(PAIRS) == 3 / 6
    assert mean(relative_to_said(PAIRS)) == pytest.approx(0.444444, abs=5e-7)
    assert mean(balanced_errors(PAIRS)) == pytest.approx(0.463889, abs=5e-7)
    assert middle(balanced_errors(PAIRS)) == pytest.approx(0.291667, abs=5e-7)
    assert mean(bounded_errors(PAIRS)) == pytest.approx(0.269444, abs=5e-7)
    assert mean(balanced_bias(PAIRS)) == pytest.approx(0.286111, abs=5e-7)
    assert mean_absolute_error(PAIRS) == pytest.approx(3.166667, abs=5e-7)
    assert median_absolute_error(PAIRS) == 3
    assert mean_error(PAIRS) == 0.5
    assert sum(ACTUALS) / sum(ESTIMATES) == pytest.approx(1.048387, abs=5e-7)


def test_e_ea1_logarithms_of_six_items() -> None:
    """E-EA1: the same six through ln(actual / estimate)."""
    ratios = log_ratios()

    assert mean(ratios) == pytest.approx(0.1899057, abs=5e-8)
    assert stdev(ratios) == pytest.approx(0.426689, abs=5e-7)
    assert mean([abs(each) for each in ratios]) == pytest.approx(log(2) / 2)
    assert middle(ratios) == pytest.approx(0.1115718, abs=5e-8)
    squared = mean_squared_log(PAIRS)
    assert squared == pytest.approx(0.1877835, abs=5e-8)
    assert squared is not None
    assert squared**0.5 == pytest.approx(0.43334, abs=5e-6)


def test_e_ea2_better_than_guessing() -> None:
    """E-EA2: 16 of 15625 guesses are as good as these estimates."""
    told = against_guessing(ESTIMATES, ACTUALS)

    assert told is not None
    assert told.guess_error == pytest.approx(7.8)
    assert told.guess_error * 5 / 6 == pytest.approx(6.5)  # with the item's own value
    assert told.accuracy == pytest.approx(0.594017, abs=5e-7)
    assert 1 - told.error / 6.5 == pytest.approx(0.512821, abs=5e-7)
    assert told.pair_sd == pytest.approx(4.415126, abs=5e-7)
    assert told.effect == pytest.approx(-1.049423, abs=5e-7)
    assert told.guess_sd == pytest.approx(1.677299, abs=5e-7)
    assert told.p == pytest.approx(16 / 15625, rel=1e-12)


def test_e_ea3_half_and_twice_are_balanced() -> None:
    """E-EA3: MRE rewards the low estimate, the balanced error does not."""
    low, high = Pair(50, 100), Pair(200, 100)

    assert relative_errors([low, high]) == [0.5, 1.0]
    assert balanced_errors([low, high]) == [1, 1]


def test_e_ea4_what_each_measure_asks_for() -> None:
    """E-EA4: of actuals 1, 2, 4, 8, MMRE is least at 1, MAE from 2 to 4, mean q squared at 2.828427."""
    actuals, hundredths = (1, 2, 4, 8), range(50, 1000)

    def constant(said: float) -> list[Pair]:
        return [Pair(said, came) for came in actuals]

    def best(measure: str) -> float:
        measures = {
            "mmre": lambda said: mean(relative_errors(constant(said))),
            "msle": lambda said: mean_squared_log(constant(said)),
        }
        return min(hundredths, key=lambda each: measures[measure](each / 100) or 0) / 100

    assert best("mmre") == 1
    assert best("msle") == 2.83
    assert mean_squared_log(constant(8**0.5)) < mean_squared_log(constant(2.83))  # type: ignore[operator]
    assert {mean_absolute_error(constant(said)) for said in (2, 2.5, 3, 4)} == {2.25}
    assert all((mean_absolute_error(constant(said)) or 0) > 2.25 for said in (1.9, 4.1))


def test_e_ea5_squared_logarithms_of_one_more() -> None:
    """E-EA5: the worked number of scikit-learn's mean_squared_log_error, which takes log1p."""
    pairs = [Pair(said, came) for said, came in zip((2.5, 5, 4, 8), (3, 5, 2.5, 7), strict=True)]

    assert mean_squared_log(pairs, added=1) == pytest.approx(0.03973012298, abs=5e-12)


def test_e_ea10_errors_of_eight_commitments() -> None:
    """E-EA10: commitments missed by 6.875, "mean of the last three" by 3.6, "as last time" by 4.2."""
    commitments = [Pair(said, came) for said, came in zip(COMMITTED, COMPLETED, strict=True)]
    last_three = [Pair(sum(COMPLETED[at - 3 : at]) / 3, COMPLETED[at]) for at in range(3, 8)]
    last = [Pair(COMPLETED[at - 1], COMPLETED[at]) for at in range(3, 8)]
    ratios = [done / said for said, done in commitments]
    logs = [log_ratio(said, done) or 0 for said, done in commitments]

    assert mean(ratios) == pytest.approx(0.779342, abs=5e-7)
    assert bias_factor(logs) == pytest.approx(0.772558, abs=5e-7)
    assert (mean_absolute_error(commitments), mean_error(commitments)) == (6.875, -6.875)
    assert [round(pair.said, 3) for pair in last_three] == [20, 23, 23.667, 26.667, 26.667]
    assert mean_absolute_error(last_three) == pytest.approx(3.6)
    assert mean_error(last_three) == pytest.approx(3.6)
    assert mean_absolute_error(last) == pytest.approx(4.2)
    assert 1 - (skill(3.6, 4.2) or 0) == pytest.approx(0.857143, abs=5e-7)


def test_without_pairs_there_is_nothing_to_say() -> None:
    """No mean, no share, and no skill against a forecast that is never wrong."""
    assert (mean_error([]), mean_absolute_error([]), median_absolute_error([])) == (None, None, None)
    assert (share_close([]), mean_squared_log([]), middle([])) == (None, None, None)
    assert (skill(None, 2), skill(1, 0), skill(1, None)) == (None, None, None)


@pytest.mark.parametrize("actuals", [(), (5,), (5, 5, 5)], ids=["none", "one", "all alike"])
def test_where_nothing_can_be_guessed_nothing_is_said(actuals: tuple[int, ...]) -> None:
    """One item has no other to guess from, and where all took the same guessing is never wrong."""
    assert against_guessing((4,) * len(actuals), actuals) is None


def test_two_items_have_one_distance_and_no_effect() -> None:
    """Every guess is off by the same: nothing to divide by, and the effect is told as none."""
    told = against_guessing((4, 9), (5, 8))

    assert told is not None
    assert (told.pair_sd, told.effect, told.guess_sd) == (0, 0, 0)
    assert told.p == 0  # both guesses are off by 3, the estimates by 1


def test_what_takes_too_long_to_count_is_not_said() -> None:
    """Many items on a fine grid: no p, rather than one by simulation."""
    assert chance_of_as_good(5_000, range(1, 300, 7)) is not None
    assert chance_of_as_good(5_000, range(1, 300, 7), feasible=10**5) is None


@settings(max_examples=30)
@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=2, max_size=7), st.integers(2, 9))
def test_scaling_both_leaves_the_accuracy_alone(pairs: list[tuple[int, int]], factor: int) -> None:
    """Minutes instead of hours, or another order of items: SA, the effect and p stay."""
    estimates, actuals = [said for said, _ in pairs], [came for _, came in pairs]
    plain = against_guessing(estimates, actuals)
    scaled = against_guessing([said * factor for said in estimates], [came * factor for came in actuals])
    turned = against_guessing(estimates[::-1], actuals[::-1])

    assert (plain is None) == (scaled is None) == (turned is None)
    if plain is not None and scaled is not None and turned is not None:
        assert scaled.accuracy == pytest.approx(plain.accuracy)
        assert scaled.effect == pytest.approx(plain.effect)
        assert scaled.p == pytest.approx(plain.p)
        assert turned.p == pytest.approx(plain.p)
        assert plain.p is not None
        assert 0 <= plain.p <= 1


@given(WHOLE, WHOLE, st.integers(1, 50))
def test_the_ratio_turns_around_and_shifts(estimate: int, actual: int, factor: int) -> None:
    """q(a, e) = -q(e, a), and an estimate k times as large lowers q by ln k."""
    ratio = log_ratio(estimate, actual)

    assert ratio is not None
    assert log_ratio(actual, estimate) == pytest.approx(-ratio, abs=1e-12)
    assert log_ratio(estimate * factor, actual) == pytest.approx(ratio - log(factor), abs=1e-12)
