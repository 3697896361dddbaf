"""Forecasts from past weeks: the published example, every edge, and whether such forecasts came true."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.backtest import UNTESTED, backtest
from pmreport.metrics.forecast import MOST_ITEMS, forecast, how_many, when
from pmreport.metrics.forecast_days import finish_day, finish_day_by_working_days
from pmreport.metrics.forecast_summary import percent
from pmreport.model.calendar import WorkCalendar

BOWLER = (1, 3, 5, 3, 7, 8, 0, 5, 3, 1, 8, 2)
CHRISTMAS = WorkCalendar(holidays=frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}))


def test_e_fc1_when_twenty_items_are_finished() -> None:
    """E-FC1: P50 6, P70 7, P85 8 (after 7 weeks it is .84996, not .85), P95 9."""
    told = when(BOWLER, 20, 20)

    assert [(one.percent, one.weeks) for one in told] == [(50, 6), (70, 7), (85, 8), (95, 9)]
    assert [percent(one.chance) for one in told] == ["69.5", "84.9", "93.5", "97.4"]


def test_e_fc2_how_many_in_four_weeks() -> None:
    """E-FC2: P50 15 (.544994), P70 12 (.755787), P85 10 (.860050), P95 7 (.958478)."""
    told = [(one.percent, one.items, round(float(one.chance), 6)) for one in how_many(BOWLER, 4)]

    assert told == [(50, 15, 0.544994), (70, 12, 0.755787), (85, 10, 0.860050), (95, 7, 0.958478)]


@given(st.lists(st.integers(0, 9), min_size=7, max_size=12), st.integers(1, 30), st.integers(0, 9))
@settings(max_examples=40)
def test_surer_answers_are_later_and_fewer(samples: list[int], low: int, more: int) -> None:
    """P50 <= P85 in weeks, the other way round in items, and every chance is at least what it is told for."""
    told = forecast(samples, low, low + more, horizon_weeks=3)

    assert [one.weeks for one in told.when] == sorted(one.weeks for one in told.when)
    assert [one.items for one in told.how_many] == sorted((one.items for one in told.how_many), reverse=True)
    assert all(one.percent <= one.chance * 100 <= 100 for one in told.when)
    assert all(one.percent <= one.chance * 100 <= 100 for one in told.how_many)
    assert forecast(samples[::-1], low, low + more, horizon_weeks=3).when == told.when


@pytest.mark.parametrize(
    ("samples", "items", "note"),
    [
        ((1,) * 6, 5, "too few to say: 6 whole weeks are known, it needs 7"),
        ((), 5, "too few to say: 0 whole weeks are known, it needs 7"),
        ((0,) * 12, 5, "nothing was finished in these weeks"),
        ((0,) * 11 + (1,), 1000, "at this rate it takes more than ten years"),
        ((5000,) * 12, MOST_ITEMS + 1, "more than 20000 items: ask for a board or an initiative"),
    ],
)
def test_what_cannot_be_forecast_says_why(samples: tuple[int, ...], items: int, note: str) -> None:
    """No date, and a reason instead."""
    told = forecast(samples, items, items, horizon_weeks=4)

    assert (told.when, told.note) == ((), note)
    assert bool(told.how_many) == any(samples)


def test_nothing_left_is_finished_today() -> None:
    """Zero items take zero weeks for sure, even where the weeks are too few to say anything else."""
    told = forecast((), 0, 0, horizon_weeks=4)

    assert {(one.weeks, one.chance) for one in told.when} == {(0, Fraction(1))}
    assert len(told.when) == 4


def test_a_range_from_nothing_on_may_be_finished_at_once() -> None:
    """Of 0 or 1 items, each as likely, half the time nothing is to do."""
    first, *_, last = when((1,) * 7, 0, 1)

    assert (first.weeks, first.chance, last.weeks, last.chance) == (0, Fraction(1, 2), 1, Fraction(1))


def test_a_rare_success_may_leave_the_surest_answers_out() -> None:
    """The average fits into ten years, the 95th percentile does not."""
    told = forecast((0,) * 11 + (1,), 43, 43, horizon_weeks=4)

    assert [one.percent for one in told.when] == [50]
    assert told.note == ""


@pytest.mark.parametrize(("low", "high", "weeks"), [(-1, 2, 4), (3, 2, 4), (1, 2, 0)])
def test_a_question_that_makes_no_sense_is_refused(low: int, high: int, weeks: int) -> None:
    """Fewer than no items, a range the wrong way round, no weeks."""
    with pytest.raises(ValueError, match="cannot be forecast"):
        forecast(BOWLER, low, high, horizon_weeks=weeks)


def test_a_steady_past_keeps_every_promise() -> None:
    """Where every week is alike, what was claimed with certainty came true; nothing speaks against it."""
    told = backtest((4,) * 60, horizon_weeks=4, sample_weeks=12)

    assert told.origins == 13
    assert {(one.claimed, one.kept, one.n, one.p) for one in told.coverages} == {(Fraction(1), 13, 13, 1.0)}
    assert told.verdict == "nothing speaks against it"


def test_a_falling_past_shows_forecasts_too_hopeful() -> None:
    """Each month brings less than the months before: no forecast comes true."""
    told = backtest([40 - week // 2 for week in range(60)], horizon_weeks=4, sample_weeks=12)

    assert told.verdict == "too hopeful"
    assert told.coverages[0].kept == 0


def test_a_rising_past_shows_forecasts_too_careful() -> None:
    """Each month brings more: even the bold half of the forecasts always comes true."""
    told = backtest(
        [week for pair in range(40) for week in (pair, pair + 2)], horizon_weeks=4, sample_weeks=12
    )

    assert told.verdict == "too careful"
    assert told.coverages[0].kept == told.coverages[0].n


def test_horizons_do_not_overlap_and_the_newest_weeks_are_among_them() -> None:
    """With 15 weeks and a horizon of 4 there are two forecasts, at weeks 7 and 11."""
    told = backtest((0,) * 7 + (9,) * 8, horizon_weeks=4, sample_weeks=12)

    assert (told.origins, told.verdict) == (2, UNTESTED)


@pytest.mark.parametrize("weeks", [0, 10])
def test_too_short_a_past_is_untested(weeks: int) -> None:
    """Seven weeks before and four after make eleven."""
    told = backtest((1,) * weeks, horizon_weeks=4, sample_weeks=12)

    assert (told.origins, told.verdict) == (0, UNTESTED)
    assert {(one.claimed, one.interval, one.p) for one in told.coverages} == {(None, None, None)}


@pytest.mark.parametrize(
    ("today", "weeks", "day"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2026, 11, 23), 3, date(2026, 12, 14)),
        (date(2026, 11, 22), 1, date(2026, 11, 27)),
        (date(2026, 12, 18), 1, date(2026, 12, 23)),
    ],
    ids=["nothing to do", "nothing to do, on a Saturday", "a Monday", "from a Sunday", "before a holiday"],
)
def test_the_day_is_the_last_working_day_of_the_weeks(today: date, weeks: int, day: date) -> None:
    """So many weeks from today on; nothing is finished on a day off."""
    assert finish_day(today, weeks, CHRISTMAS) == day


def test_where_no_day_is_worked_the_weeks_end_as_they_are() -> None:
    """A calendar without working days moves nothing, and does not go back to today."""
    idle = WorkCalendar(working_days=frozenset())

    assert finish_day(date(2026, 11, 23), 1, idle) == date(2026, 11, 30)
    assert finish_day_by_working_days(date(2026, 11, 23), 1, idle, [date(2026, 11, 16)]) == date(2026, 11, 30)


def test_by_working_days_holidays_move_the_day() -> None:
    """Two weeks of five days are ten working days: over Christmas they end three working days later."""
    sampled = [date(2026, 11, 9), date(2026, 11, 16)]

    assert finish_day_by_working_days(date(2026, 12, 21), 2, CHRISTMAS, sampled) == date(2027, 1, 7)
    assert finish_day(date(2026, 12, 21), 2, CHRISTMAS) == date(2027, 1, 4)
    assert finish_day_by_working_days(date(2026, 12, 21), 0, CHRISTMAS, sampled) == date(2026, 12, 21)


def test_a_chance_is_never_rounded_up() -> None:
    """84.996 % is not 85 %, and only a certainty is 100 %."""
    assert [percent(Fraction(*pair)) for pair in ((84996, 100000), (9999, 10000), (1, 1), (0, 1))] == [
        "84.9",
        "99.9",
        "100.0",
        "0.0",
    ]
