"""How long things take when some are still going on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.stats.percentile import nearest_rank
from pmreport.stats.survival import Lasting, kaplan_meier, median_lasting

ENDED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
GOING_ON = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)


def test_remission_of_twenty_one_patients() -> None:
    """Published: Freireich et al., Blood 21, 1963, the textbook case; the median remission is 23 weeks."""
    told = [Lasting(each, ended=True) for each in ENDED] + [Lasting(each, ended=False) for each in GOING_ON]

    steps = kaplan_meier(told)
    assert [step.duration for step in steps] == [6, 7, 10, 13, 16, 22, 23]
    assert [step.share for step in steps] == pytest.approx(
        [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4
    )
    assert median_lasting(told) == 23


def test_while_most_go_on_there_is_no_median() -> None:
    """Two of five ended: how long half of them take is not known yet."""
    assert median_lasting([Lasting(n, ended=n < 3) for n in range(1, 6)]) is None
    assert median_lasting([]) is None


@settings(max_examples=30)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_with_nothing_going_on_it_is_the_nearest_rank(durations: list[int]) -> None:
    """Half has ended at the median of what ended."""
    assert median_lasting(Lasting(each, ended=True) for each in durations) == nearest_rank(durations, 50)
