"""Exact probabilities of hits, and what they say about a claimed chance."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats.binomial import as_unlikely, at_least, at_most, probability


def test_e_ea12_hits_against_the_claim() -> None:
    """E-EA12: 6 of 10 is hard to square with a claim of 90 %; 14 of 20 does not contradict 85 %."""
    assert at_most(6, 10, 0.9) == pytest.approx(0.012795, abs=5e-7)
    assert at_most(14, 20, 0.85) == pytest.approx(0.067308, abs=5e-7)
    assert as_unlikely(14, 20, 0.85) == pytest.approx(0.106068, abs=5e-7)


@pytest.mark.parametrize(("hits", "chance", "expected"), [(0, 0.0, 1.0), (1, 0.0, 0.0), (5, 1.0, 1.0)])
def test_a_certain_chance_is_certain(hits: int, chance: float, expected: float) -> None:
    """What never or always happens has no logarithm, and needs none."""
    assert probability(hits, 5, chance) == expected


def test_both_sides_of_an_even_chance_are_alike() -> None:
    """With one half, 2 of 10 is as unlikely as 8 of 10, though their chances differ in the last digit."""
    assert as_unlikely(2, 10, 0.5) == pytest.approx(2 * sum(comb(10, k) for k in (0, 1, 2)) / 1024)


@pytest.mark.parametrize(("hits", "n", "chance"), [(-1, 5, 0.5), (6, 5, 0.5), (1, 5, 1.5), (1, 5, -0.1)])
def test_what_is_no_outcome_is_a_mistake(hits: int, n: int, chance: float) -> None:
    """More hits than tries, and a chance beyond certainty."""
    with pytest.raises(ValueError, match="no binomial outcome"):
        at_most(hits, n, chance)


@settings(max_examples=25)
@given(st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0, 1))
def test_the_two_tails_share_the_outcome(outcome: tuple[int, int], chance: float) -> None:
    """At most k and at least k overlap in k alone, and no probability leaves 0 to 1."""
    hits, n = outcome
    low, high = at_most(hits, n, chance), at_least(hits, n, chance)

    assert low + high == pytest.approx(1 + probability(hits, n, chance))
    assert all(0 <= each <= 1 for each in (low, high, as_unlikely(hits, n, chance)))
