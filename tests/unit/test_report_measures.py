"""The number behind each goal."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pmreport.goals.goal import Goal
from pmreport.metrics.estimation import Accuracy, EstimationSummary
from pmreport.metrics.sprint import SprintLedger
from pmreport.report import measures
from pmreport.report.inputs import Measure
from tests.support.report_inputs import closed_sprint, estimation, frame_of, goals, running_sprint


def goal_by(metric: str | None) -> Goal:
    """A goal that wants at most 1.5 of this number."""
    return replace(goals()[0], metric=metric)


def measured(
    metric: str | None, ledgers: tuple[SprintLedger, ...] = (), estimates: EstimationSummary | None = None
) -> Measure:
    """The measure of a goal by this number."""
    goal = goal_by(metric)
    return measures.of_goals([goal], ledgers, estimates or estimation())[goal.id]


def unmeasured() -> EstimationSummary:
    """Sprints of which no item has both a time estimate and logged work."""
    nothing = Accuracy(bias_factor=None, typical_factor=None, n=0, excluded=())
    known = estimation()
    return replace(known, items=nothing, sprints=tuple(replace(one, items=nothing) for one in known.sprints))


def test_the_typical_factor_is_that_of_the_newest_six_sprints() -> None:
    """Pooled over their items, with the verdict against the target and the word of the statistics."""
    measure = measured("typical-factor")

    assert measure.value is not None
    assert round(measure.value, 3) == Decimal("1.467")
    assert (measure.unit, measure.n, measure.baseline, len(measure.trend)) == ("x", 48, None, 6)
    assert measure.verdict.startswith("Met. Too few to say whether it changed")


def test_with_more_than_six_sprints_the_oldest_six_are_where_it_began() -> None:
    """Two windows of the same length."""
    known = estimation()
    measure = measured("typical-factor", estimates=replace(known, sprints=known.sprints[:1] + known.sprints))

    assert measure.baseline is not None
    assert round(measure.baseline, 3) == Decimal("1.580")


def test_without_hours_the_typical_factor_is_missing_with_its_reason() -> None:
    """Missing data is never zero."""
    measure = measured("typical-factor", estimates=unmeasured())

    assert (measure.value, measure.missing) == (
        None,
        "no completed item has both a time estimate and logged work",
    )


def test_net_growth_leaves_out_incomplete_sprints_and_counts_them() -> None:
    """What grew from an unknown beginning is not known to have grown."""
    whole, partly = closed_sprint(23, 20, 10), replace(closed_sprint(22, 2, 1), is_incomplete=True)
    measure = measured("net-scope-growth", (partly, whole))

    assert measure.n == 1
    assert measure.excluded == (("began before the history that was read", 1),)


def test_net_growth_is_a_ratio_of_sums_over_the_newest_six_sprints() -> None:
    """Each of these sprints grew by 2; open and empty sprints and other boards' do not count."""
    six = tuple(closed_sprint(number, 20, 10) for number in range(18, 24))
    empty = frame_of("Sprint 1", 1, "2026-01-05 08:00", "2026-01-16 08:00", "2026-01-16 08:00")
    other = replace(closed_sprint(17, 20, 10), is_own=False)
    measure = measured("net-scope-growth", (*six, running_sprint(), empty, other))

    assert (measure.value, measure.unit, measure.scale, measure.n) == (Decimal(10), "%", Decimal(100), 6)
    assert measure.trend == (Decimal(10),) * 6
    assert (measure.baseline, measure.verdict) == (None, "Met.")


def test_with_more_than_six_closed_sprints_net_growth_has_a_beginning() -> None:
    """The oldest six."""
    seven = tuple(closed_sprint(number, 20, 10) for number in range(17, 24))

    assert measured("net-scope-growth", seven).baseline == Decimal(10)


def test_without_closed_sprints_net_growth_is_missing() -> None:
    """A running sprint is no measure."""
    measure = measured("net-scope-growth", (running_sprint(),))

    assert (measure.value, measure.missing) == (None, "no sprint with a commitment has closed yet")


@pytest.mark.parametrize(
    ("metric", "missing"),
    [
        ("promises-kept", "the days first agreed are not counted yet"),
        ("cpi", "there is no budget baseline yet"),
        ("unheard-of", "no number is bound to this goal"),
        (None, "no number is bound to this goal"),
    ],
)
def test_a_goal_that_nothing_measures_says_so(metric: str | None, missing: str) -> None:
    """In words a person can act on."""
    measure = measured(metric)

    assert (measure.value, measure.missing) == (None, missing)
