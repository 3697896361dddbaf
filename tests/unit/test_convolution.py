"""Sums of draws, exactly: published numbers, and the same answer as counting every way by hand."""

from collections import Counter
from fractions import Fraction
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats.convolution import chances_to_reach, ways_by_sum

BOWLER = (1, 3, 5, 3, 7, 8, 0, 5, 3, 1, 8, 2)
FEW_COUNTS = st.lists(st.integers(0, 6), min_size=1, max_size=5)


def test_e_fc1_the_chance_to_have_finished_twenty_items() -> None:
    """E-FC1: the exact distribution of the weeks that 20 items take."""
    chances = dict(enumerate(islice(chances_to_reach(BOWLER, 20, 20), 10), start=1))

    assert (chances[1], chances[2]) == (Fraction(0), Fraction(0))
    assert (chances[3], chances[4]) == (Fraction(25, 576), Fraction(4483, 20736))
    assert [round(float(chances[weeks]), 6) for weeks in range(5, 11)] == [
        0.467826,
        0.695898,
        0.849960,
        0.935044,
        0.974874,
        0.991191,
    ]
    assert chances[7] < Fraction(85, 100)


@given(counts=FEW_COUNTS, draws=st.integers(0, 4))
@settings(max_examples=40)
def test_the_ways_are_those_that_can_be_counted(counts: list[int], draws: int) -> None:
    """Every outcome written down, and none lost: together they are n^k, the mass is 1."""
    ways = ways_by_sum(counts, draws)

    by_hand = Counter(sum(drawn) for drawn in product(counts, repeat=draws))
    assert {total: n for total, n in enumerate(ways) if n} == by_hand
    assert sum(ways) == len(counts) ** draws


@given(counts=FEW_COUNTS, low=st.integers(1, 12), more=st.integers(0, 5))
@settings(max_examples=40)
def test_a_range_is_the_average_of_its_totals(counts: list[int], low: int, more: int) -> None:
    """Each total of the range is as likely, and each single one agrees with the ways themselves."""
    totals = range(low, low + more + 1)
    expected = []
    for draws in range(1, 7):
        ways, outcomes = ways_by_sum(counts, draws), len(counts) ** draws
        reached = sum(sum(ways[total:]) for total in totals)
        expected.append(Fraction(reached, outcomes * len(totals)))

    assert list(islice(chances_to_reach(counts, low, low + more), 6)) == expected


@given(counts=FEW_COUNTS)
@settings(max_examples=20)
def test_the_order_of_the_counts_says_nothing(counts: list[int]) -> None:
    """Weeks are drawn one like another, whichever came first."""
    turned = sorted(counts, reverse=True)

    assert ways_by_sum(counts, 3) == ways_by_sum(turned, 3)
    assert list(islice(chances_to_reach(counts, 3, 5), 4)) == list(islice(chances_to_reach(turned, 3, 5), 4))


def test_long_sums_need_more_room_and_stay_exact() -> None:
    """Beyond 32 draws the numbers are laid out anew; nothing is lost."""
    ways = ways_by_sum((0, 1, 3), 70)
    expected = Fraction(sum(ways[100:]), 3**70)

    assert next(islice(chances_to_reach((0, 1, 3), 100, 100), 69, None)) == expected


def test_nothing_is_never_enough() -> None:
    """Where every count is 0 no number of draws reaches one."""
    assert list(islice(chances_to_reach((0, 0), 1, 2), 3)) == [0, 0, 0]


@pytest.mark.parametrize("counts", [(), (1, -1)])
def test_counts_that_make_no_sense_are_refused(counts: tuple[int, ...]) -> None:
    """No counts, and one below zero."""
    with pytest.raises(ValueError, match="at least one count"):
        ways_by_sum(counts, 1)
    with pytest.raises(ValueError, match="at least one count"):
        chances_to_reach(counts, 1, 1)


def test_draws_and_ranges_that_make_no_sense_are_refused() -> None:
    """Fewer than no draws; a total of nothing; a range the wrong way round."""
    with pytest.raises(ValueError, match="-1 draws"):
        ways_by_sum((1,), -1)
    with pytest.raises(ValueError, match="from 0 to 3"):
        chances_to_reach((1,), 0, 3)
    with pytest.raises(ValueError, match="from 4 to 3"):
        chances_to_reach((1,), 4, 3)
