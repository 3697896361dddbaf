"""How far estimates were off, what was left out, and what may be said of the trend."""

from collections.abc import Sequence
from dataclasses import replace
from math import log

import pytest

from pmreport.metrics.estimation import LeftOut, PairRow, from_rows
from pmreport.metrics.improvement import Verdict, trends_together
from pmreport.metrics.sprint import LedgerRow, SprintLedger, StartedSprintRow, ledgers_from_rows
from tests.unit.test_stats import ACTUALS, COMMITTED, COMPLETED, ESTIMATES

DAY_MS = 86_400_000


def sprint(number: int, committed: int, completed: int, *, days: int = 14, board_id: int = 1) -> SprintLedger:
    """A closed sprint that completed so much of its commitment."""
    row = StartedSprintRow(
        board_id=board_id,
        board_name="Web board",
        estimation_field="points",
        sprint_id=number,
        sprint_name=f"Sprint {number}",
        goal=None,
        origin_board_id=1,
        start_ms=number * 14 * DAY_MS,
        planned_end_ms=None,
        close_ms=(number * 14 + days) * DAY_MS,
        soundness="sound",
    )
    blank = LedgerRow(
        board_id, number, 1, 0, "start", None, None, 0, 0, 0, None, None, None, None, 0, 0, 0, 0
    )
    rows = [
        blank._replace(scope_milli=committed * 1000),
        blank._replace(
            kind="close", after_milli=completed * 1000, outcome="completed", issue_key="WEB-1", summary=""
        ),
    ]
    return ledgers_from_rows([row], rows)[0]


def pair(issue_id: int, estimate_hours: float | None, actual_hours: float, **facts: object) -> PairRow:
    """A completed item, with its estimate and the work logged on it."""
    row = PairRow(
        board_id=1,
        sprint_id=1,
        issue_id=issue_id,
        issue_key=f"WEB-{issue_id}",
        done_ms=issue_id,
        estimate_milli=None if estimate_hours is None else int(estimate_hours * 3_600_000),
        spent_seconds=int(actual_hours * 3600),
        spent_after_seconds=0,
        resolution=None,
    )
    return row._replace(**facts)  # type: ignore[arg-type]  # any field of the row


def e_ea10() -> list[SprintLedger]:
    """The eight sprints of E-EA10, oldest first."""
    return [
        sprint(number, committed, completed)
        for number, (committed, completed) in enumerate(zip(COMMITTED, COMPLETED, strict=True), start=1)
    ]


def test_e_ea1_items() -> None:
    """E-EA1: six items, biased by 1.209136 and typically off by 1.414214."""
    rows = [pair(n, e, a) for n, (e, a) in enumerate(zip(ESTIMATES, ACTUALS, strict=True), start=1)]

    told = from_rows([sprint(1, 10, 10)], rows)
    assert told.items.bias_factor == pytest.approx(1.209136, abs=5e-7)
    assert told.items.typical_factor == pytest.approx(1.414214, abs=5e-7)
    assert (told.items.n, told.items.excluded) == (6, ())
    assert told.sprints[0].items == told.items


def test_an_incomplete_sprint_keeps_its_line_and_says_nothing() -> None:
    """Its items and its commitment are counted as left out, with the reason, also in the trend."""
    whole, partly = sprint(2, 10, 10), replace(sprint(1, 10, 1), is_incomplete=True)
    rows = [pair(1, 1, 9), pair(2, 2, 4, sprint_id=2)]

    told = from_rows([partly, whole], rows)
    assert [one.sprint_name for one in told.sprints] == ["Sprint 1", "Sprint 2"]
    assert (told.sprints[0].items.n, told.sprints[0].log_ratio) == (0, None)
    assert told.sprints[0].items.excluded == ((LeftOut.INCOMPLETE_SPRINT, 1),)
    assert (told.items.n, told.items.excluded) == (1, ((LeftOut.INCOMPLETE_SPRINT, 1),))
    assert (told.commitments.n, told.commitments.excluded) == (1, ((LeftOut.INCOMPLETE_SPRINT, 1),))
    assert [miss.issue_key for miss in told.misses] == ["WEB-2"]
    assert told.item_trend.n == 1


def test_e_ea10_commitments() -> None:
    """E-EA10: eight sprints completed 0.772558 of what they said, and their misses fell beyond doubt."""
    told = from_rows(e_ea10(), [])

    trend = told.commitment_trend
    assert told.commitments.bias_factor == pytest.approx(0.772558, abs=5e-7)
    assert told.commitments.n == 8
    assert (trend.verdict, trend.s, trend.n) == (Verdict.IMPROVING, -26, 8)
    assert trend.p == trend.p_adjusted == pytest.approx(0.000396825, abs=5e-10)
    assert trend.slope == pytest.approx(-0.0535905, abs=5e-8)
    assert trend.first is not None
    assert trend.last is not None
    assert trend.first > trend.last > 1
    assert told.item_trend.verdict is Verdict.TOO_FEW


def test_every_item_left_out_is_counted_with_its_reason() -> None:
    """The first reason that applies is the one given, the most frequent stands first."""
    rows = [
        pair(1, 4, 5),
        pair(2, None, 5),
        pair(3, None, 0),
        pair(4, 0, 5),
        pair(5, -1, 5),
        pair(6, 4, 0),
        pair(7, 4, 4, resolution="Won't Do"),
    ]

    told = from_rows([sprint(1, 10, 10)], rows, dropped_resolutions=("Won't Do",))
    assert told.items.n == 1
    assert told.items.excluded == (
        (LeftOut.ZERO_ESTIMATE.value, 2),
        (LeftOut.NO_ESTIMATE.value, 2),
        (LeftOut.DROPPED.value, 1),
        (LeftOut.NO_WORK.value, 1),
    )


def test_sprints_without_commitment_or_completion_are_counted_apart() -> None:
    """A logarithm of nothing does not exist; the sprint is named, not dropped."""
    told = from_rows([sprint(1, 0, 5), sprint(2, 5, 0), sprint(3, 5, 5)], [])

    assert [each.log_ratio for each in told.sprints] == [None, None, 0.0]
    assert told.commitments.n == 1
    assert told.commitments.excluded == (
        (LeftOut.NO_COMMITMENT.value, 1),
        (LeftOut.NOTHING_COMPLETED.value, 1),
    )


def test_an_item_completed_twice_counts_once_where_it_was_done_last() -> None:
    """Reopened and done again in a later sprint: one item overall, in each of the two sprints one."""
    rows = [pair(1, 4, 4), pair(1, 4, 8, sprint_id=2, done_ms=99)]

    told = from_rows([sprint(1, 5, 5), sprint(2, 5, 5)], rows)
    assert [each.items.n for each in told.sprints] == [1, 1]
    assert told.items.n == 1
    assert told.items.bias_factor == pytest.approx(2)


def test_only_closed_sprints_on_their_own_board_count() -> None:
    """Another board's sprint would be counted twice."""
    told = from_rows([sprint(1, 5, 5, board_id=7)], [])

    assert told.sprints == ()
    assert (told.items.bias_factor, told.commitments.typical_factor) == (None, None)


def test_the_furthest_off_stands_first() -> None:
    """Twice and half are as far off; the order of ids decides."""
    told = from_rows([sprint(1, 5, 5)], [pair(1, 4, 5), pair(2, 8, 4), pair(3, 4, 8), pair(4, None, 1)])

    assert [miss.issue_key for miss in told.misses] == ["WEB-2", "WEB-3", "WEB-1"]
    assert (told.misses[0].estimate_seconds, told.misses[0].actual_seconds) == (28_800, 14_400)


def test_a_sprint_closed_at_once_makes_no_trend() -> None:
    """A sprint shorter than three days says nothing about planning."""
    sprints = [*e_ea10()[:7], sprint(8, 34, 31, days=2)]

    assert from_rows(sprints, []).commitment_trend.n == 7


@pytest.mark.parametrize(
    ("misses", "verdict"),
    [
        ([], Verdict.TOO_FEW),
        ([0.5], Verdict.TOO_FEW),
        ([0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], Verdict.TOO_FEW),
        ([0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], Verdict.IMPROVING),
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], Verdict.WORSENING),
        ([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2], Verdict.NO_TREND),
    ],
    ids=["none", "one", "seven", "falling", "rising", "to and fro"],
)
def test_a_trend_claims_no_more_than_it_can(misses: Sequence[float], verdict: Verdict) -> None:
    """Below eight sprints nothing is claimed, however clear it looks."""
    (trend,) = trends_together(misses)

    assert trend.verdict is verdict
    assert trend.n == len(misses)


def test_two_claims_raise_each_other() -> None:
    """A trend that passes alone does not pass beside a second claim (Holm)."""
    barely = [0.5, 0.8, 0.7, 0.6, 0.3, 0.4, 0.1, 0.2]
    (alone,) = trends_together(barely)
    together, other = trends_together(barely, [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2])

    assert alone.verdict is Verdict.IMPROVING
    assert alone.p == alone.p_adjusted == pytest.approx(0.031151, abs=5e-7)
    assert together.verdict is Verdict.NO_TREND
    assert together.p_adjusted == 2 * alone.p
    assert other.p_adjusted == other.p


def test_the_halves_are_told_as_factors() -> None:
    """First and last are the median factors of the earlier and the later half."""
    (trend,) = trends_together([log(2), log(2), log(3), log(1.5), log(1.5)])

    assert trend.first == pytest.approx(2)
    assert trend.last == pytest.approx(1.5)
