"""Everything that is said about estimates: its gates, its reasons, and what it never says."""

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.cli import json_values
from pmreport.cli.grid import plain
from pmreport.cli.show import estimates_json, estimates_tables
from pmreport.metrics.calibration import (
    Came,
    Range,
    WorkedRow,
    calibrations,
    came_of_item,
    came_of_sprint,
)
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.metrics.commitments import commitments
from pmreport.metrics.consistency import consistency, elapsed_agreement, restatement
from pmreport.metrics.effort import effort, groups
from pmreport.metrics.estimated import CellRow, Delivered, Restated, Sized, from_rows
from pmreport.metrics.estimates import Estimates, values
from pmreport.metrics.estimation import Accuracy, EstimationSummary, Miss
from pmreport.metrics.estimation import from_rows as summary_from_rows
from pmreport.metrics.improvement import Trend, Verdict, trends_together, verdict_words
from pmreport.metrics.ledger import SprintLedger, Unit
from pmreport.metrics.value import Value
from pmreport.stats.misses import Pair
from tests.support import report_inputs
from tests.support.schema import faults
from tests.unit.test_estimation import e_ea10, sprint
from tests.unit.test_ranks import BY_POINTS
from tests.unit.test_stats import ACTUALS, ESTIMATES

HOUR = 3600
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
NOBODY = Accuracy(bias_factor=None, typical_factor=None, n=0, excluded=())
EMPTY = EstimationSummary(sprints=(), items=NOBODY, commitments=NOBODY)
E_EA7 = [Sized(points=points, days=day, n=1) for points, days in BY_POINTS.items() for day in days]


def time_cell(estimate_hours: float | None, spent_hours: float, **facts: object) -> CellRow:
    """One delivered story with its estimate when committed and the work logged on it."""
    milli = None if estimate_hours is None else int(estimate_hours * HOUR * 1000)
    row = CellRow("time", "Story", "", 1, milli, milli, int(spent_hours * HOUR), 0, None, 1)
    return row._replace(**facts)  # type: ignore[arg-type]  # any field of the row


def e_ea1() -> list[CellRow]:
    """The six items of E-EA1 as they come from the store."""
    return [time_cell(e, a) for e, a in zip(ESTIMATES, ACTUALS, strict=True)]


def known(
    rows: Iterable[CellRow] = (),
    *,
    summary: EstimationSummary = EMPTY,
    ledgers: Iterable[SprintLedger] = (),
    sized: Iterable[Sized] = (),
) -> Estimates:
    """All that these rows and sprints say."""
    delivered = from_rows(rows, dropped_resolutions=("Won't Do",))
    return Estimates(
        summary=summary,
        effort=effort(delivered.efforts),
        effort_left_out=delivered.efforts_left_out,
        after_done=delivered.after_done,
        groups=groups(delivered),
        consistency=consistency(sized),
        sizes_left_out=delivered.sized_left_out,
        elapsed=elapsed_agreement(delivered.elapsed),
        elapsed_n=len(delivered.elapsed),
        time_anew=restatement(delivered.restated_time),
        points_anew=restatement(delivered.restated_points),
        boards=commitments(ledgers),
    )


def by_id(told: Estimates) -> dict[str, Value]:
    """The values by their id, which is unique."""
    found = values(told)
    assert len({value.id for value in found}) == len(found)
    assert {value.definition for value in found} <= set(DEFINITIONS)
    return {value.id: value for value in found}


def text_of(told: Estimates) -> str:
    """The tables as they are written into a file."""
    return "\n\n".join(plain(grid) for grid in estimates_tables.tables(told, values(told)))


def test_e_ea1_and_2_as_they_are_shown() -> None:
    """E-EA1, E-EA2: six delivered items; factors, hours, and better than guessing with p = 0.001024."""
    told = by_id(known(e_ea1()))

    assert told["effort-bias-factor"].value == pytest.approx(1.209136, abs=5e-7)
    assert told["effort-typical-factor"].value == pytest.approx(1.414214, abs=5e-7)
    assert told["effort-mean-absolute-error"].value == pytest.approx(3.166667, abs=5e-7)
    assert told["effort-mean-error"].value == pytest.approx(0.5)
    assert told["effort-standardised-accuracy"].value == pytest.approx(0.594017, abs=5e-7)
    assert (
        told["effort-standardised-accuracy"].note
        == "effect -1.05; a guesser does as well with p = 0.001 (exact)"
    )
    assert told["effort-mmre"].value == pytest.approx(0.288889, abs=5e-7)
    assert told["effort-mmre"].note == "for comparison only"
    assert told["effort-close-estimates"].value == 50
    median = told["effort-median-factor"]
    assert median.interval is not None
    assert isinstance(median.value, float)
    assert 1 <= median.interval.low <= median.value <= median.interval.high


def test_too_few_items_have_no_number_but_a_reason() -> None:
    """Below five, nothing is said, and nothing at all is said of nothing: no zero, no infinity."""
    few, none = by_id(known(e_ea1()[:4])), by_id(known())

    assert few["effort-bias-factor"].value is None
    assert few["effort-bias-factor"].note == "fewer than 5: too few to say"
    assert few["effort-bias-factor"].n == 4
    assert all(value.value is None and value.note for value in none.values())


def test_items_that_all_took_the_same_leave_nothing_to_guess() -> None:
    """The factors are told, the accuracy against guessing is not; a great many have an effect and no p."""
    same = by_id(known([time_cell(4, 8, n=9)]))
    many = by_id(known([time_cell(4, 1 + n / HOUR, n=1) for n in range(900)]))
    sure = by_id(known([time_cell(n, n + 1) for n in range(1, 15)]))

    assert same["effort-bias-factor"].value == pytest.approx(2)
    assert same["effort-standardised-accuracy"].value is None
    assert same["effort-standardised-accuracy"].note == "all took the same: nothing to guess"
    assert "too many items to count p exactly" in many["effort-standardised-accuracy"].note
    assert "p below 0.001" in sure["effort-standardised-accuracy"].note


def test_what_was_left_out_is_counted_by_reason() -> None:
    """Every reason of section 2.1, the first that applies; work after done is counted and not in the pair."""
    rows = [
        time_cell(4, 5, n=5, logged_after=1),
        time_cell(None, 5, n=2),
        time_cell(0, 5),
        time_cell(-4, 5),
        time_cell(4, 0, days=3),
        time_cell(4, 5, resolution="Won't Do"),
        time_cell(4, 5, started=0),
        CellRow("open", "", "", 0, None, None, 0, 0, None, 7),
        CellRow("sub-task", "", "", 0, None, None, 0, 0, None, 3),
    ]
    told = by_id(known(rows))["effort-bias-factor"]

    assert dict(told.excluded) == {
        "not done": 7,
        "sub-task": 3,
        "no time estimate": 2,
        "estimate of zero or less": 2,
        "no work logged": 1,
        "dropped, not delivered": 1,
        "done without a start": 1,
    }
    assert (told.n, told.n_excluded) == (5, 17)
    assert told.note == "5 with work logged after done, not counted"


def test_groups_show_factors_from_five_items_on() -> None:
    """By size, type and component; a mix of types never hides which of them is off."""
    rows = [
        time_cell(2, 4, n=5),
        time_cell(50, 100, n=4, name="Bug"),
        time_cell(2, 4, n=5)._replace(kind="component", name="Basket"),
        time_cell(2, 4, resolution="Won't Do")._replace(kind="component", name="Basket"),
    ]

    told = known(rows).groups
    assert [(one.by, one.name, one.n) for one in told] == [
        ("size", "up to 2 h", 5),
        ("size", "over 40 h", 4),
        ("type", "Bug", 4),
        ("type", "Story", 5),
        ("component", "Basket", 5),
    ]
    assert [one.bias_factor for one in told] == [
        pytest.approx(2),
        None,
        None,
        pytest.approx(2),
        pytest.approx(2),
    ]


def test_e_ea7_by_size() -> None:
    """E-EA7: four items a size are dots; five times as many have medians, P85 and overlaps."""
    few = consistency(E_EA7)
    many = consistency(replace(one, n=5) for one in E_EA7)

    assert few.agreement is not None
    assert few.agreement.rho == pytest.approx(0.695467, abs=5e-7)
    assert [bucket.dots for bucket in few.buckets] == [
        (1, 1, 2, 3),
        (1, 2, 3, 5),
        (2, 3, 4, 8),
        (3, 5, 8, 13),
    ]
    assert {bucket.median_days for bucket in few.buckets} == {None}
    assert [bucket.median_days for bucket in many.buckets] == [1.5, 2.5, 3.5, 6.5]
    assert [bucket.over_smaller for bucket in many.buckets] == [None, 11 / 16, 11 / 16, 12 / 16]
    assert [bucket.p85_days for bucket in many.buckets] == [3, 5, 8, 13]
    assert [(bucket.low, bucket.high) for bucket in many.buckets] == [(1, 2), (1, 3), (2, 4), (3, 8)]
    per_point = [bucket.days_per_point for bucket in many.buckets]
    assert per_point == pytest.approx([1.5, 1.25, 1.1667, 1.3], abs=5e-5)


def test_a_size_below_twenty_has_no_p85_and_none_beside_dots_has_an_overlap() -> None:
    """Five items of 3 beside two of 2: a median, and nothing else."""
    told = consistency([Sized(points=2, days=1, n=2), Sized(points=3, days=4, n=5)])

    dots, bucket = told.buckets
    assert dots.dots == (1, 1)
    assert (bucket.median_days, bucket.p85_days, bucket.low, bucket.over_smaller) == (4, None, None, None)


def test_agreement_waits_for_items_and_says_what_limits_it() -> None:
    """Four are too few, one size has no order, and below eight the interval is too narrow."""
    four = by_id(known(sized=E_EA7[:4]))["size-rho"]
    alike = by_id(known(sized=[Sized(points=3, days=4, n=9)]))["size-tau"]
    seven = by_id(known(sized=E_EA7[:7]))["size-rho"]
    enough = by_id(known(sized=E_EA7))["size-rho"]

    assert (four.value, four.note) == (None, "fewer than 5: too few to say")
    assert (alike.value, alike.note) == (None, "all of one size, or all as quick: no order")
    assert seven.note == "fewer than 8: the interval is too narrow"
    assert enough.value == pytest.approx(0.695467, abs=5e-7)
    assert enough.note == ""
    many = by_id(known(sized=[Sized(points=n, days=n, n=1) for n in range(1, 50)]))["size-rho"]
    assert many.interval == pytest.approx((1, 1))
    assert many.note == ""
    more = by_id(known(sized=[Sized(points=n, days=n, n=1) for n in range(1, 90)]))["size-rho"]
    assert (more.interval, more.note) == (None, "too many different values for an interval")


def test_estimates_without_work_are_compared_by_order_alone() -> None:
    """Hours said and days that passed are never subtracted; the two have the same order here."""
    told = by_id(known([time_cell(hours, 0, days=hours * 2) for hours in (1, 2, 3, 4, 5)]))

    assert told["elapsed-rho"].value == pytest.approx(1)
    assert told["elapsed-rho"].n == 5
    assert told["effort-mean-error"].value is None


def test_estimates_made_anew_are_counted_by_direction() -> None:
    """Up, down, for the first time and taken away, of all that had an estimate; the size of the change."""
    told = restatement(
        [
            Restated(was=5000, became=5000, n=5),
            Restated(was=3000, became=6000, n=2),
            Restated(was=8000, became=4000, n=1),
            Restated(was=None, became=2000, n=1),
            Restated(was=2000, became=None, n=1),
        ]
    )

    assert (told.n, told.changed, told.up, told.down, told.first_time, told.taken_away) == (10, 5, 2, 1, 1, 1)
    assert told.median_factor == 2
    points = CellRow("points", "", "", 1, 3000, 6000, 0, 0, 4, 6)
    shown = by_id(known([points, points._replace(final_milli=3000)]))["points-anew"]
    assert (shown.value, shown.n, shown.note) == (50, 12, "6 up; the median change was to 2.00x")
    assert shown.interval is not None
    assert by_id(known([points._replace(final_milli=3000)]))["points-anew"].note == ""


def test_e_ea10_a_trivial_forecast_beats_these_commitments() -> None:
    """E-EA10: 198 of 253; over five sprints the team misses by 5, "as last" by 4.2, "mean of three" 3.6."""
    (board,) = commitments(e_ea10())

    assert board.ratio == pytest.approx(198 / 253)
    assert board.ratio_interval is not None
    assert board.ratio_interval.low < 198 / 253 < board.ratio_interval.high
    assert (board.error, board.absolute_error) == (-6.875, 6.875)
    assert board.skill_over_last == pytest.approx(1 - 5 / 4.2)
    assert board.skill_over_three == pytest.approx(1 - 5 / 3.6)
    assert board.limits is not None
    assert (board.limits.low, board.limits.high) == pytest.approx((14.49, 35.01), abs=5e-3)
    told = by_id(known(ledgers=e_ea10()))
    assert told["board-1-points-ratio"].value == pytest.approx(78.2609, abs=5e-5)
    assert told["board-1-points-skill-three"].note == "the trivial forecast is better"
    assert told["board-1-points-ordinary"].note == "no signal"


def test_few_sprints_are_shown_as_they_are() -> None:
    """Below five nothing is computed, below eight the interval is called too narrow; the dots stand by."""
    four, seven = by_id(known(ledgers=e_ea10()[:4])), by_id(known(ledgers=e_ea10()[:7]))

    assert four["board-1-points-ratio"].value is None
    assert four["board-1-points-ratio"].note == "fewer than 5: too few to say; dots: 18, 22, 20, 27"
    assert four["board-1-points-ordinary"].note == "fewer than 5: too few to say"
    assert seven["board-1-points-ratio"].note.startswith("fewer than 8, interval too narrow; dots: 18, 22")
    assert seven["board-1-points-skill-last"].value is None
    assert seven["board-1-points-skill-last"].n == 4


def test_a_forecast_that_is_never_wrong_and_a_sprint_out_of_the_ordinary() -> None:
    """Nothing to divide by is said, not shown as infinity; a signal is counted; hours are shown as hours."""
    steady = by_id(known(ledgers=[sprint(n, 10, 5) for n in range(1, 9)]))
    jump = by_id(known(ledgers=[sprint(n, 10, 30 if n == 4 else 5 + n % 2) for n in range(1, 12)]))
    hours = [replace(one, unit=Unit.SECONDS) for one in e_ea10()]

    assert steady["board-1-points-skill-last"].note == "the trivial forecast is never wrong"
    assert jump["board-1-points-ordinary"].note == "1 sprint outside it or in a run of eight"
    assert jump["board-1-points-skill-last"].value is not None
    assert by_id(known(ledgers=hours))["board-1-seconds-ordinary"].value == pytest.approx(24.75 / HOUR)


def test_a_commitment_that_says_more_has_no_complaint() -> None:
    """Commitments that are met, however they vary, beat every forecast from the past."""
    told = by_id(known(ledgers=[sprint(n, 10 + n % 3 * 7, 10 + n % 3 * 7) for n in range(1, 10)]))

    skill = told["board-1-points-skill-last"]
    assert (skill.value, skill.note) == (1, "")


def test_sprints_that_say_nothing_are_not_compared() -> None:
    """Running, borrowed, unfinished in history, closed at once, without commitment: none of them counts."""
    useless = [
        replace(sprint(1, 5, 5), is_incomplete=True),
        sprint(2, 5, 5, days=2),
        sprint(3, 0, 5),
        sprint(4, 5, 5, board_id=7),
        replace(sprint(5, 5, 5), close=None),
    ]

    assert commitments(useless) == ()


def test_e_ea12_ranges_against_their_claim() -> None:
    """E-EA12: 6 of 10 ranges of 90 % held; their width stands beside, and so does what they cost."""
    ranges = [Range(f"WEB-{n}", 3, 8, 0.9, 0) for n in range(10)]
    came = {f"WEB-{n}": Came(5 if n < 6 else 10, 1) for n in range(10)}

    (claim,) = calibrations(ranges, came).claims
    assert (claim.hits, claim.n) == (6, 10)
    assert claim.p == pytest.approx(0.012795, abs=5e-7)  # no count on the other side is as unlikely
    assert claim.interval == pytest.approx((0.312674, 0.831820), abs=5e-7)
    assert claim.width == pytest.approx(5 / 5.5)
    assert claim.score == pytest.approx((6 * 5 + 4 * 45) / 10)
    numbers = by_id(replace(known(), ranges=calibrations(ranges, came)))
    assert numbers["ranges-brier"].value == pytest.approx((6 * 0.01 + 4 * 0.81) / 10)
    assert numbers["ranges-width"].value == pytest.approx(5 / 5.5)
    shown = by_id(replace(known(), ranges=calibrations(ranges, came)))["ranges-90"]
    assert (shown.value, shown.n) == (60, 10)
    assert shown.note == "6 of 10; p = 0.013 if 90 % were true; median width 0.91 of the middle"


def test_a_range_counts_once_and_only_if_it_was_said_in_time() -> None:
    """A second range knew more, one said afterwards knew all, and nonsense is counted, not dropped."""
    came = {"A": Came(5, 100), "B": Came(5, 100)}
    told = calibrations(
        [
            Range("A", 1, 9, 0.8, 10),
            Range("A", 5, 5, 0.8, 20),
            Range("B", 4, 6, 0.8, 100),
            Range("C", 4, 6, 0.8, 10),
            Range("B", 9, 1, 0.8, 10),
            Range("B", 1, 9, 1.0, 10),
            Range("B", -1, 1, 0.5, 10),
        ],
        came,
    )

    assert [(claim.confidence, claim.hits, claim.n, claim.width) for claim in told.claims] == [
        (0.5, 0, 1, None),
        (0.8, 1, 1, 1.6),
    ]
    assert dict(told.excluded) == {
        "no range: its ends or its confidence make no sense": 2,
        "a later range for the same thing": 1,
        "said when it was done already": 1,
        "not done, or nothing to compare with": 1,
    }
    shown = by_id(replace(known(), ranges=told))
    assert shown["ranges-80"].value is None
    assert shown["ranges-50"].interval is None
    assert (shown["ranges-brier"].value, shown["ranges-brier"].n) == (None, 2)
    assert (calibrations((), came).brier, calibrations((), came).width) == (None, None)
    waiting = by_id(replace(known(), ranges=calibrations([Range("C", 4, 6, 0.8, 10)], came)))["ranges"]
    assert (waiting.note, waiting.n_excluded) == ("no range can be judged yet", 1)


def test_what_came_is_told_in_the_unit_of_the_range() -> None:
    """Hours of an item, never for a range in points; a sprint in the unit of its board."""
    worked, untimed = WorkedRow(7, 2 * HOUR, 1), WorkedRow(7, 2 * HOUR, 0)
    closed = sprint(1, 10, 8)

    assert came_of_item(worked, "") == came_of_item(untimed, "H") == Came(2, 7)
    assert came_of_item(untimed, "") is None
    assert came_of_item(worked, "points") is None
    assert came_of_item(worked._replace(spent_seconds=0), "h") is None
    told = came_of_sprint(closed, "")
    assert told is not None
    assert told.amount == 8
    assert came_of_sprint(closed, "h") is None
    assert came_of_sprint(replace(closed, close=None), "") is None
    assert came_of_sprint(replace(closed, is_incomplete=True), "") is None
    in_seconds = came_of_sprint(replace(closed, unit=Unit.SECONDS), "h")
    assert in_seconds is not None
    assert in_seconds.amount == pytest.approx(8 / HOUR)


def test_a_verdict_says_all_it_rests_on() -> None:
    """From what to what, the slope and its interval, S, p and n, and that carried work flatters p."""
    trend = summary_from_rows(e_ea10(), []).commitment_trend

    assert verdict_words(trend) == (
        "Median miss fell from 1.43x to 1.14x: slope -0.054 of ln per sprint (95 % -0.076 to -0.042),"
        " S = -26, p below 0.001, n = 8; carried work ties neighbouring sprints together, so p is optimistic."
    )


@pytest.mark.parametrize(
    ("misses", "beginning"),
    [
        ([], "Too few to say: 0 of the 8"),
        ([0.5, 0.4, 0.3, 0.2, 0.1], "Too few to say: 5 of the 8"),
        ([0.1, 0.2] * 4, "No trend shown: slope +0.000 of ln per sprint"),
        ([n / 10 for n in range(1, 9)], "Median miss rose from 1.28x to 1.92x"),
    ],
    ids=["none", "five", "to and fro", "rising"],
)
def test_a_verdict_claims_no_more_than_it_can(misses: list[float], beginning: str) -> None:
    """Too few is said before any direction, and no direction without a trend."""
    (trend,) = trends_together(misses)

    assert verdict_words(trend).startswith(beginning)


def test_the_tables_read_from_the_sprints_down_to_the_worst() -> None:
    """Sprints with both sums, sizes, groups, the furthest off; nobody's name, and no hours per point."""
    misses = tuple(
        Miss(
            issue_id=n,
            issue_key=f"WEB-{n}",
            sprint_id=20,
            estimate_seconds=3600.0,
            actual_seconds=14400,
            after_done_seconds=0,
            log_ratio=log(4),
        )
        for n in range(12)
    )
    summary = replace(report_inputs.estimation(), misses=misses)
    told = known(
        [time_cell(4, 5, n=6, name="")], summary=summary, sized=[*E_EA7, Sized(points=8, days=9, n=20)]
    )
    text = text_of(told)

    assert "Sprint 23        0.95 x   1.15 x   8         0" in text
    assert "All items        1.21 x   1.41 x  48        15" in text
    assert "Left out of items: 11 no logged work, 4 no estimate." in text
    assert "1, 1, 2, 3" in text
    assert "9 to 9" in text
    assert "(no type)" in text
    assert any(line.startswith("Bias factor ") and " 1.25 x " in line for line in text.splitlines())
    assert "Your own ranges" not in text
    assert "What cannot be said yet" in text
    assert "no range was given in advance" in text
    assert "The 10 furthest off" in text
    assert "WEB-9       1 h   4 h  4.00 x" in text
    assert "WEB-10" not in text
    assert "hours per point" not in text


def test_many_sprints_are_shown_newest_first_and_the_others_named() -> None:
    """A year of sprints fills no screen; what is not shown is said."""
    told = known(summary=summary_from_rows([sprint(n, 10, 9) for n in range(1, 16)], []))
    text = text_of(told)

    assert "3 earlier sprints are in the sums, and in --json." in text
    assert "Sprint 4 " in text
    assert "Sprint 3 " not in text
    assert "Cycle time by points" not in text


def test_what_was_left_out_of_delivered_items_is_said_once() -> None:
    """Below their numbers and not in each line; a range that was judged has a table of its own."""
    ranges = calibrations([Range("A", 1, 9, 0.8, 1)], {"A": Came(5, 2)})
    told = replace(known([*e_ea1(), time_cell(4, 0, days=3)], sized=E_EA7), ranges=ranges)
    text = text_of(told)

    assert text.count("Left out: 1 no work logged.") == 1
    assert "Your own ranges" in text
    every = replace(told, summary=summary_from_rows(e_ea10(), []), elapsed_n=5)
    assert "Commitments of boards" not in text_of(every)
    assert "Commitments of boards" in text_of(replace(every, boards=commitments(e_ea10())))


def test_where_everything_is_known_nothing_is_said_to_be_missing() -> None:
    """No table of what cannot be said."""
    told = known(sized=E_EA7)
    (rho, *_) = (value for value in values(told) if value.id == "size-rho")

    titles = [grid.title for grid in estimates_tables.tables(told, [rho])]
    assert "What cannot be said yet" not in titles
    assert "Consistency" in titles


def test_a_size_of_five_leaves_blank_what_it_cannot_say() -> None:
    """A median and no quartiles."""
    assert "4          –    –       1.33             –" in text_of(
        known(sized=[Sized(points=3, days=4, n=5)])
    )


def test_a_program_is_told_what_the_schema_says() -> None:
    """Full, and of nothing at all."""
    trend = Trend(verdict=Verdict.IMPROVING, n=8, s=-20, p=0.01, slope=-0.1, slope_low=-0.2, slope_high=-0.05)
    miss = Miss(
        issue_id=1,
        issue_key="WEB-1",
        sprint_id=20,
        estimate_seconds=3600.0,
        actual_seconds=14400,
        after_done_seconds=0,
        log_ratio=1.386,
    )
    summary = replace(report_inputs.estimation(), item_trend=trend, misses=(miss,))
    ranges = calibrations([Range("A", 1, 9, 0.8, 1)], {"A": Came(5, 2)})
    sized = [*E_EA7, Sized(points=8, days=9, n=20)]
    full = replace(known(e_ea1(), summary=summary, ledgers=e_ea10(), sized=sized), ranges=ranges)

    for told in (full, known(), known(ledgers=e_ea10()[:2])):
        shape = json_values.values(NOW, values(told)) | estimates_json.more(told)
        assert faults(shape, "show-estimates") == []
    shape = json_values.values(NOW, values(full)) | estimates_json.more(full)
    assert shape["values"][0]["id"] == "items-bias-factor"
    assert shape["values"][0]["value"] == 1.209136
    assert shape["trends"][0]["slope_interval"] == [-0.2, -0.05]
    assert shape["misses"][0]["key"] == "WEB-1"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=5, max_size=9), st.integers(2, 5))
def test_order_says_nothing_and_scaling_shifts_the_bias_alone(pairs: list[tuple[int, int]], by: int) -> None:
    """Rows turned around change nothing; estimates k times as large divide the bias by k."""
    rows = [time_cell(said, came) for said, came in pairs]
    told, turned = by_id(known(rows)), by_id(known(rows[::-1]))
    scaled = effort([Pair(said * by, came) for said, came in pairs])

    assert {key: value.value for key, value in turned.items()} == pytest.approx(
        {key: value.value for key, value in told.items()}
    )
    assert scaled.bias_factor == pytest.approx(
        (effort([Pair(*pair) for pair in pairs]).bias_factor or 0) / by
    )
    numbers = [value.value for value in told.values() if isinstance(value.value, float)]
    assert all(math.isfinite(number) for number in numbers)


def test_delivered_says_nothing_of_nothing() -> None:
    """A site without a delivered item."""
    told = from_rows([])

    assert isinstance(told, Delivered)
    assert (told.efforts, told.sized, told.efforts_left_out) == ((), (), ())
