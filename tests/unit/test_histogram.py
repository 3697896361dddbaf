"""Percentiles of counts: the same as those of the values one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats.histogram import Histogram, histogram
from pmreport.stats.order import percentile_interval
from pmreport.stats.percentile import nearest_rank

CYCLE_TIMES = (1, 2, 2, 3, 3, 4, 5, 5, 6, 8, 8, 9, 11, 12, 13, 15, 18, 21, 25, 40)


def of(values: tuple[int, ...] | list[int]) -> Histogram:
    """The histogram of these values."""
    return histogram((value, 1) for value in values)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ((15, 20, 35, 40, 50), 5, 15),
        ((15, 20, 35, 40, 50), 30, 20),
        ((15, 20, 35, 40, 50), 40, 20),
        ((15, 20, 35, 40, 50), 50, 35),
        ((15, 20, 35, 40, 50), 100, 50),
    ],
)
def test_e_fl1_the_published_percentiles(values: tuple[int, ...], percent: int, expected: int) -> None:
    """E-FL1: nearest rank on the five values of the encyclopaedia."""
    assert of(values).percentile(percent) == expected


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        (range(1, 11), 50, 5),
        (range(1, 11), 85, 9),
        (range(1, 11), 0, 1),
        (range(1, 11), 100, 10),
        (range(1, 21), 85, 17),
        (range(1, 41), 85, 34),
        (range(1, 101), 85, 85),
        ((9, 1, 5, 5, 3), 50, 5),
        ((), 50, None),
        ((7,), 50, 7),
    ],
)
def test_e_fl2_the_percentiles_of_jirametrics(
    values: tuple[int, ...], percent: int, expected: int | None
) -> None:
    """E-FL2: nearest rank, none without values."""
    assert of(tuple(values)).percentile(percent) == expected


def test_e_fl3_twenty_cycle_times() -> None:
    """E-FL3: nearest rank P50 8, P70 12, P85 18, P95 25; 5 of the 8 above 10 took at most 18."""
    days = of(CYCLE_TIMES)

    assert [days.percentile(percent) for percent in (50, 70, 85, 95)] == [8, 12, 18, 25]
    older = days.beyond(10)
    assert (older.at_most(18), older.n) == (5, 8)
    assert days.percentile_interval(85) == (11, 40)  # ranks 13 and 20, which cover 95.5 %
    assert (days.smallest, days.largest) == (1, 40)


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 99))
@settings(max_examples=50)
def test_counts_answer_as_values_do(values: list[int], percent: int) -> None:
    """In any order, and P50 is never above P85."""
    days = of(values)

    assert days.percentile(percent) == nearest_rank(values, percent)
    assert days.percentile_interval(percent) == percentile_interval(values, percent)
    assert days.n == len(values)
    assert (days.percentile(50) or 0) <= (days.percentile(85) or 0)


def test_counts_come_together_and_nothing_is_nothing() -> None:
    """The same value told twice is one; a count of 0 is not there; an empty one has no ends."""
    assert histogram([(2, 1), (1, 3), (2, 2), (9, 0)]).counts == ((1, 3), (2, 3))
    assert (Histogram().smallest, Histogram().largest, Histogram().n) == (None, None, 0)


@pytest.mark.parametrize("rank", [0, 3])
def test_a_rank_that_nobody_has_is_refused(rank: int) -> None:
    """Ranks run from 1 to n."""
    with pytest.raises(ValueError, match="no value of 2"):
        of((1, 5)).at_rank(rank)
