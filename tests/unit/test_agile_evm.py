"""Earned value of a release in points: the published example, both baselines, and the identity."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.agile_evm import (
    MORE_THAN_PLANNED,
    NO_POINTS,
    NO_VELOCITY,
    NOTHING_LEFT_TO_PLAN,
    AgileEarnedValue,
    Baseline,
    Costs,
    ReleasePlan,
    SprintResult,
    accepted_points,
    agile_earned_value,
)
from pmreport.metrics.reckoning import known, unknown

PLAN = ReleasePlan(
    budget=Decimal(100_000), points=Decimal(100), sprints=5, sprint_days=14, start=date(2025, 1, 6)
)


def result(completed: float, added: float = 0, cost: float = 0) -> SprintResult:
    """One sprint."""
    return SprintResult(completed=Decimal(str(completed)), added=Decimal(str(added)), cost=Decimal(str(cost)))


def after(
    *results: SprintResult,
    baseline: Baseline = Baseline.CURRENT,
    costs: Costs = Costs.PERIOD,
    plan: ReleasePlan = PLAN,
) -> AgileEarnedValue:
    """The release after these sprints."""
    return agile_earned_value(plan, results, baseline=baseline, costs=costs)


def test_e_ev3_two_of_five_sprints() -> None:
    """100 points for 100000 in 5 sprints; after two: 30 points, 25000."""
    at = after(result(15, cost=12_500), result(15, cost=12_500)).position

    assert (at.planned, at.earned) == (known(40_000), known(30_000))
    assert (at.schedule_variance, at.cost_variance) == (known(-10_000), known(5000))
    assert (at.cost_performance, at.schedule_performance) == (known(Decimal("1.2")), known(Decimal("0.75")))
    assert float(at.estimate_typical.number or 0) == pytest.approx(83_333.33, abs=0.005)
    assert float(at.needed_for_budget.number or 0) == pytest.approx(0.933333, abs=1e-6)


def test_e_ev3_the_release_date() -> None:
    """Velocity 15: 6.6667 sprints, which is 5 / 0.75; the seventh ends on 2025-04-14."""
    release = after(result(15), result(15))

    assert float(release.sprints_in_all.number or 0) == pytest.approx(6.666667, abs=1e-6)
    assert release.release_date(whole_sprints=True) == (date(2025, 4, 14), "")
    assert release.release_date(whole_sprints=False) == (date(2025, 4, 10), "")


def test_e_ev3_twenty_points_more() -> None:
    """The scope grows to 120: a quarter is done, SPI 0.625, CPI 1.0, eight sprints in all."""
    release = after(result(15, cost=12_500), result(15, added=20, cost=12_500))

    assert release.share_complete == known(Decimal("0.25"))
    assert release.position.earned == known(25_000)
    assert release.position.schedule_performance == known(Decimal("0.625"))
    assert release.position.cost_performance == known(1)
    assert release.position.estimate_typical == known(100_000)
    assert release.sprints_in_all == known(8)


def test_the_original_plan_does_not_follow_what_was_added() -> None:
    """The two baselines differ by what was added; both are to be shown."""
    results = (result(15), result(15, added=20))

    assert after(*results, baseline=Baseline.ORIGINAL).share_complete == known(Decimal("0.3"))
    assert after(*results, baseline=Baseline.CURRENT).share_complete == known(Decimal("0.25"))


def test_e_ev4_the_costs_say_what_they_are() -> None:
    """9000, 18000, 36000: cumulative a CPI of 0.972222, read as costs of each sprint one of 0.5556."""
    results = [result(0, cost=9000), result(0, cost=18_000), result(35, cost=36_000)]

    meant, misread = (after(*results, costs=costs).position for costs in (Costs.CUMULATIVE, Costs.PERIOD))

    assert (meant.spent, misread.spent) == (known(36_000), known(63_000))
    assert float(meant.cost_performance.number or 0) == pytest.approx(0.972222, abs=1e-6)
    assert float(misread.cost_performance.number or 0) == pytest.approx(0.5556, abs=5e-5)


def test_cumulative_costs_that_fall_are_none() -> None:
    """They are costs of single sprints, and adding them up wrongly would be silent."""
    with pytest.raises(ValueError, match="cumulative costs never fall"):
        after(result(1, cost=9), result(1, cost=5), costs=Costs.CUMULATIVE)


def test_only_accepted_work_earns() -> None:
    """A story that is nearly done has earned nothing."""
    assert accepted_points([(Decimal(8), True), (Decimal(13), False), (Decimal(2), True)]) == 10


def test_more_than_the_original_plan_held_is_not_capped() -> None:
    """It is said that the scope has grown, and no number over 100 % is made of it."""
    release = after(result(110, added=30), baseline=Baseline.ORIGINAL)

    assert release.share_complete == release.position.earned == unknown(MORE_THAN_PLANNED)
    assert release.release_date(whole_sprints=True) == (None, MORE_THAN_PLANNED)


def test_without_points_velocity_or_sprints_it_says_what_is_missing() -> None:
    """No sprint yet, nothing done, everything taken out, nothing planned."""
    assert after().sprints_in_all == unknown(NO_VELOCITY)
    assert after(result(0)).release_date(whole_sprints=True) == (None, NO_VELOCITY)
    assert after(result(0, added=-100)).share_complete == unknown(NO_POINTS)
    unplanned = ReleasePlan(
        budget=Decimal(1), points=Decimal(1), sprints=0, sprint_days=14, start=date(2025, 1, 6)
    )
    assert after(result(1), plan=unplanned).position.planned == unknown(NOTHING_LEFT_TO_PLAN)
    assert after(costs=Costs.CUMULATIVE).position.spent == known(0)


def test_a_date_beyond_all_years_is_none() -> None:
    """A crawl towards a mountain of points ends with words, not with a crash."""
    release = after(
        result(0.001),
        plan=ReleasePlan(
            budget=Decimal(1), points=Decimal(10**6), sprints=5, sprint_days=14, start=date(2025, 1, 6)
        ),
    )

    assert release.release_date(whole_sprints=True) == (None, "not in any year that has a date")


@given(
    done=st.lists(st.integers(1, 20), min_size=1, max_size=5),
    added=st.integers(0, 50),
    planned=st.integers(100, 300),
)
@settings(max_examples=50)
def test_the_release_date_is_the_schedule_index_read_as_sprints(
    done: list[int], added: int, planned: int
) -> None:
    """PS / SPI = n + (PRP - RPC) / v, while the planned sprints last."""
    plan = ReleasePlan(
        budget=Decimal(1000), points=Decimal(planned), sprints=5, sprint_days=14, start=date(2025, 1, 6)
    )
    release = after(*(result(each) for each in done[:-1]), result(done[-1], added=added), plan=plan)
    index = release.position.schedule_performance.number

    assert index is not None
    assert float(plan.sprints / index) == pytest.approx(float(release.sprints_in_all.number or 0), rel=1e-15)
