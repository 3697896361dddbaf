"""Earned schedule: the published numbers, flat plans, and what may never happen."""

from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.earned_schedule import (
    NOT_BEGUN,
    NOTHING_EARNED,
    NOTHING_PLANNED,
    EarnedSchedule,
    earned_schedule,
)
from pmreport.metrics.reckoning import known, unknown

PLAN = tuple(map(Decimal, (0, 10, 25, 45, 70, 90, 100)))


def at(actual: object, earned: object, plan: tuple[Decimal, ...] = PLAN) -> EarnedSchedule:
    """The earned schedule of so much at a time."""
    return earned_schedule(plan, Decimal(str(earned)), Decimal(str(actual)))


def test_e_ev4_the_earned_schedule() -> None:
    """35 % at period 3 of a plan of 10, 20, 40, 70, 100 %: ES 2.75, SPI(t) 0.916667."""
    found = at(3, 35_000, tuple(map(Decimal, (0, 10_000, 20_000, 40_000, 70_000, 100_000))))

    assert found.earned == known(Decimal("2.75"))
    assert float(found.performance.number or 0) == pytest.approx(0.916667, abs=1e-6)


@pytest.mark.parametrize(
    ("actual", "earned", "schedule", "performance"),
    [(3, 30, "2.25", 0.75), (4, 45, "3", 0.75), (7, 95, "5.5", 0.785714), (8, 100, "6", 0.75)],
)
def test_e_ev5_four_moments_of_one_plan(actual: int, earned: int, schedule: str, performance: float) -> None:
    """Late work stays late: at the end SPI(t) is still 0.75 where SPI has gone to 1."""
    found = at(actual, earned)

    assert found.earned == known(Decimal(schedule))
    assert float(found.performance.number or 0) == pytest.approx(performance, abs=1e-6)
    assert found.duration == known(6)


def test_e_ev5_the_forecast_and_the_variance() -> None:
    """IEAC(t) is 8 of 6 planned periods; at the end SV(t) is 2 periods late."""
    assert at(3, 30).forecast == known(8)
    assert at(8, 100).variance == known(-2)


def test_e_ev5_the_published_pattern() -> None:
    """ES = 5 + (EV - PV of May) / (PV of June - PV of May) at AT = 7."""
    assert at(7, 95).earned == known(5 + (Decimal(95) - 90) / (Decimal(100) - 90))


def test_a_flat_step_counts_to_its_end() -> None:
    """Nothing was planned in the third period, so who has done the second has done the third."""
    assert at(2, 10, tuple(map(Decimal, (0, 5, 10, 10, 20)))).earned == known(3)


def test_a_plan_that_stays_flat_at_its_end_does_not_run_on() -> None:
    """All is earned: the time is the first period at which all was planned."""
    found = at(5, 20, tuple(map(Decimal, (0, 10, 20, 20, 20))))

    assert (found.earned, found.duration) == (known(2), known(2))


def test_part_of_a_period_may_have_passed() -> None:
    """At half of the first period, a quarter of it was earned."""
    assert at("0.5", "2.5").performance == known(Decimal("0.5"))


def test_before_the_start_and_before_the_first_work_no_ratio_is_said() -> None:
    """No time has passed, or nothing is earned: each says so."""
    assert at(0, 0).performance == unknown(NOT_BEGUN)
    assert at(2, 0).forecast == unknown(NOTHING_EARNED)
    assert at(2, 0).performance == known(0)


def test_a_plan_without_value_has_no_schedule() -> None:
    """Nothing planned, nothing earned: no time on its axis."""
    found = at(2, 0, (Decimal(0), Decimal(0)))

    assert (found.earned, found.forecast) == (unknown(NOTHING_PLANNED), unknown(NOTHING_PLANNED))


@pytest.mark.parametrize(
    ("plan", "earned"), [((), 0), ((0, 10, 5), 1), ((0, 10), 11), ((0, 10), -1)], ids=str
)
def test_what_cannot_be_is_refused_and_not_capped(plan: tuple[int, ...], earned: int) -> None:
    """A falling plan, or more earned than there is, is a mistake of whoever asks."""
    with pytest.raises(ValueError, match=r"plan|budget"):
        at(1, earned, tuple(map(Decimal, plan)))


@given(
    steps=st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any),
    share=st.decimals(0, 1, places=6),
    actual=st.integers(0, 30),
)
@settings(max_examples=50)
def test_the_earned_schedule_never_passes_the_planned_duration(
    steps: list[int], share: Decimal, actual: int
) -> None:
    """ES lies between 0 and PD, and whoever earned what was planned at a whole period is there."""
    plan = tuple(map(Decimal, accumulate(steps, initial=0)))
    found = earned_schedule(plan, plan[-1] * share, Decimal(actual))

    assert found.earned.number is not None
    assert found.duration.number is not None
    assert 0 <= found.earned.number <= found.duration.number
