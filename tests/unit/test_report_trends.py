"""What may be said of shares from one sprint or week to the next."""

import pytest

from pmreport.report.trends import change_words

TIED = "carried work ties neighbouring sprints together, so this is on the hopeful side"


@pytest.mark.parametrize(
    ("shares", "time", "said"),
    [
        ([], "week", "Too early to call: 0 weeks of the 8 that a claim needs."),
        ([0.1] * 7, "sprint", "Too early to call: 7 sprints of the 8 that a claim needs."),
        ([0.1, 0.2] * 4, "sprint", "No trend shown over 8 sprints (p = 0.686)."),
        (
            [n / 10 for n in range(8)],
            "week",
            "It rose: the median went from 15 % to 55 % over 8 weeks (p below 0.001).",
        ),
        (
            [n / 10 for n in range(9, 0, -1)],
            "sprint",
            f"It fell: the median went from 75 % to 25 % over 9 sprints (p below 0.001; {TIED}).",
        ),
    ],
)
def test_a_change_is_claimed_by_its_test_alone(shares: list[float], time: str, said: str) -> None:
    """Eight values at least; what is tied together says so."""
    assert change_words(shares, time) == said
