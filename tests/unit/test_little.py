"""Little's Law as a check: exact, and naming what did not hold."""

from dataclasses import replace
from fractions import Fraction

import pytest

from pmreport.metrics.flow_summary import average_days
from pmreport.metrics.little import Balance, littles_law

Span = tuple[int, int | None]
SPANS: tuple[Span, ...] = ((0, 4), (1, 3), (2, 8), (5, 9))


def balance(*spans: Span, length: int = 10) -> Balance:
    """The balance of items in [0, length), each from its start to its finish, None: unfinished."""
    ended = [(start, end) for start, end in spans if end is not None]
    return Balance(
        length=length,
        in_progress_time=sum((length if end is None else end) - start for start, end in spans),
        arrived=len(spans),
        departed=len(ended),
        departed_time=sum(end - start for start, end in ended),
        before=0,
        after=len(spans) - len(ended),
    )


def test_e_fl5_little_holds_exactly_where_all_leave() -> None:
    """E-FL5: average WIP 1.6, throughput 0.4, cycle time 4, residual 0; and all conditions hold."""
    law = littles_law(balance(*SPANS))

    assert (law.average_wip, law.throughput, law.cycle_time) == (Fraction(8, 5), Fraction(2, 5), Fraction(4))
    assert (law.residual, law.failed, law.is_usable) == (Fraction(0), (), True)


def test_e_fl5_an_unfinished_item_raises_it() -> None:
    """E-FL5: an item started at 6 and not finished makes average WIP 2.0 and the residual +.25."""
    law = littles_law(balance(*SPANS, (6, None)))

    assert (law.average_wip, law.residual) == (Fraction(2), Fraction(1, 4))


def test_each_condition_that_fails_is_named() -> None:
    """More came in than left, some were dropped, work in progress grew, and it got older."""
    law = littles_law(
        Balance(
            length=10,
            in_progress_time=300,
            arrived=30,
            departed=10,
            departed_time=20,
            before=10,
            after=30,
            age_before=100,
            age_after=900,
            dropped=5,
        )
    )

    assert law.failed == (
        "30 items came in and 10 left",
        "5 items were dropped, not finished",
        "work in progress went from 10 to 30 items",
        "the average age of work in progress grew to 3.0 times what it was",
    )
    assert (law.residual, law.is_usable) == (Fraction(14), False)


def test_without_a_finish_there_is_no_residual() -> None:
    """Nothing left: no average, no division, and not usable."""
    law = littles_law(balance((0, None)))

    assert (law.residual, law.cycle_time, law.is_usable, average_days(law)) == (None, None, False, None)


def test_ages_that_stay_alike_are_no_failure() -> None:
    """A tenth more is alike; so is one item more."""
    steady = replace(balance(*SPANS), before=2, after=2, age_before=10, age_after=11)

    assert littles_law(steady).failed == ()


def test_a_window_needs_a_length() -> None:
    """A rate over no time is no rate."""
    with pytest.raises(ValueError, match="needs a length"):
        littles_law(balance(*SPANS, length=0))
