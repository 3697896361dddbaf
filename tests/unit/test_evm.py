"""Earned value: the examples of the books, exactly, and what happens at the edges."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx  # noqa: PT013 - it reads as a word here

from pmreport.metrics.evm import (
    ALL_EARNED,
    NO_BUDGET,
    NO_COST,
    NO_PLAN_YET,
    NOT_ACHIEVABLE,
    NOTHING_EARNED,
    EarnedValue,
)
from pmreport.metrics.reckoning import Reckoning, known, reckon, unknown

UNTOLD = unknown("not told")
MONEY = st.decimals(min_value=1, max_value=1_000_000, places=2)


def position(bac: object, pv: object, ev: object, ac: object) -> EarnedValue:
    """The position by its four amounts; None: not told."""
    told = [UNTOLD if each is None else known(Decimal(str(each))) for each in (bac, pv, ev, ac)]
    return EarnedValue(budget=told[0], planned=told[1], earned=told[2], spent=told[3], reestimate=UNTOLD)


def digits(reckoning: Reckoning) -> float:
    """The number, which must be there."""
    assert reckoning.number is not None, reckoning.reason
    return float(reckoning.number)


def test_e_ev1_the_fence() -> None:
    """BAC 4000, PV 3000, EV 2500, AC 2800: exact, and the book's rounded chain within 1."""
    at = position(4000, 3000, 2500, 2800)

    assert (at.cost_variance, at.schedule_variance) == (known(-300), known(-500))
    assert digits(at.cost_performance) == approx(25 / 28, abs=1e-15)
    assert digits(at.schedule_performance) == approx(0.833333, abs=1e-6)
    assert (at.estimate_typical, at.estimate_to_complete) == (known(4480), known(1680))
    assert at.variance_at_completion == known(-480)
    assert at.estimate_atypical == known(4300)
    assert at.estimate_both == known(4816)
    assert at.needed_for_budget == known(Decimal("1.25"))
    assert [digits(at.estimate_typical), digits(at.estimate_to_complete)] == approx([4479, 1679], abs=1)


def test_e_ev2_half_done_and_cheap() -> None:
    """BAC 100000, PV 55000, EV 50000, AC 45000: ahead on cost, behind on time."""
    at = position(100_000, 55_000, 50_000, 45_000)

    assert (at.cost_variance, at.schedule_variance) == (known(5000), known(-5000))
    assert digits(at.cost_performance) == approx(1.111111, abs=1e-6)
    assert digits(at.schedule_performance) == approx(0.909091, abs=1e-6)
    assert at.estimate_typical == known(90_000)


def test_e_ev4_a_schedule_of_five_periods() -> None:
    """BAC 100000, 40 % planned, 35 % done, AC 36000."""
    at = position(100_000, 40_000, 35_000, 36_000)

    assert (at.schedule_variance, at.cost_variance) == (known(-5000), known(-1000))
    assert at.schedule_performance == known(Decimal("0.875"))
    assert digits(at.cost_performance) == approx(0.972222, abs=1e-6)


def test_before_anything_is_spent_planned_or_earned_no_ratio_is_said() -> None:
    """Each missing ratio says why; the differences stay."""
    at = position(1000, 0, 0, 0)

    assert at.cost_performance == unknown(NO_COST)
    assert at.schedule_performance == unknown(NO_PLAN_YET)
    assert at.estimate_typical == at.estimate_both == at.estimate_to_complete == unknown(NOTHING_EARNED)
    assert at.variance_at_completion == unknown(NOTHING_EARNED)
    assert (at.cost_variance, at.estimate_atypical) == (known(0), known(1000))
    assert (at.share_complete, at.share_spent) == (known(0), known(0))


def test_a_budget_that_is_spent_cannot_be_kept() -> None:
    """With work left and nothing to pay it, the needed efficiency has no number."""
    at = position(1000, 900, 800, 1000)

    assert at.needed_for_budget == unknown(NOT_ACHIEVABLE)
    assert at.needed_for(known(900)) == unknown(NOT_ACHIEVABLE)
    assert at.share_spent == known(1)


def test_when_all_is_earned_no_efficiency_is_needed() -> None:
    """Also where the budget was overdrawn."""
    at = position(1000, 1000, 1000, 1200)

    assert (at.needed_for_budget, at.needed_for_estimate) == (unknown(ALL_EARNED), unknown(ALL_EARNED))
    assert at.estimate_typical == known(1200)


def test_a_budget_of_zero_has_no_shares() -> None:
    """A part of nothing is no number."""
    at = position(0, 0, 0, 10)

    assert (at.share_complete, at.share_spent) == (unknown(NO_BUDGET), unknown(NO_BUDGET))
    assert at.needed_for_budget == unknown(ALL_EARNED)


def test_what_is_not_told_is_handed_on_with_its_reason() -> None:
    """The first missing input says why; nothing is taken for zero."""
    at = position(None, 1, None, 2)

    assert at.estimate_typical == UNTOLD
    assert at.estimate_bottom_up == UNTOLD
    assert reckon(lambda one: one + 1, known(1)) == known(2)


def test_the_rest_by_re_estimate_is_added_to_the_cost() -> None:
    """AC + ETC, whatever was earned."""
    at = EarnedValue(budget=UNTOLD, planned=UNTOLD, earned=UNTOLD, spent=known(2800), reestimate=known(900))

    assert at.estimate_bottom_up == known(3700)


@given(bac=MONEY, share=st.decimals(min_value=0, max_value=1, places=3), ac=MONEY, pv=MONEY)
@settings(max_examples=50)
def test_the_forecast_and_the_needed_efficiency_agree(
    bac: Decimal, share: Decimal, ac: Decimal, pv: Decimal
) -> None:
    """The efficiency needed for the typical EAC is the CPI so far; scaling all money changes no ratio."""
    at = position(bac, pv, bac * share, ac)
    scaled = position(bac * 7, pv * 7, bac * share * 7, ac * 7)

    if 0 < share < 1:
        assert digits(at.needed_for_estimate) == approx(digits(at.cost_performance), rel=1e-12)
    assert digits(scaled.cost_performance) == approx(digits(at.cost_performance), rel=1e-12)
    assert digits(at.estimate_atypical) >= float(ac)
