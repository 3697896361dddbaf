"""Weeks and quarters as people name them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.errors import UsageError
from pmreport.model.period import (
    Period,
    PeriodKind,
    containing,
    last_complete,
    long_date,
    parse,
    parse_as_of,
    span,
)

BERLIN = "Europe/Berlin"
PERIODS = st.builds(
    containing, st.sampled_from(PeriodKind), st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.just(BERLIN)
)


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22), "16 to 22 Nov 2026"),
        ("2026w40", date(2026, 9, 28), date(2026, 10, 4), "28 Sep to 4 Oct 2026"),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 to 4 Jan 2026"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 to 3 Jan 2027"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026"),
        ("2026q1", date(2026, 1, 1), date(2026, 3, 31), "Q1 2026"),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, first: date, last: date, label: str) -> None:
    """ISO weeks run from Monday to Sunday and belong to the year of their Thursday."""
    period = parse(text, BERLIN)

    assert (period.first, period.last, period.label) == (first, last, label)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2025-W53", "the year 2025 has no week 53"),
        ("2026-W00", "the year 2026 has no week 00"),
        ("2026-Q5", "'2026-Q5' is no period"),
        ("last week", "'last week' is no period"),
        ("9999-W01", "'9999-W01' is no period"),
    ],
)
def test_what_is_no_period_is_said_with_an_example(text: str, what: str) -> None:
    """The hint shows how weeks and quarters are written."""
    with pytest.raises(UsageError) as caught:
        parse(text, BERLIN)

    assert caught.value.what == what
    assert caught.value.hint == "write a week like `2026-W47` or a quarter like `2026-Q4`"


@given(PERIODS)
def test_a_name_leads_back_to_its_period(period: Period) -> None:
    """What is printed can be typed."""
    assert parse(period.name, BERLIN) == period


@given(PERIODS)
def test_periods_tile_time(period: Period) -> None:
    """One begins where the one before ended."""
    assert period.following().first == period.end
    assert period.following().previous() == period
    assert period.previous().end_instant == period.start_instant
    assert period.first < period.end == period.last + timedelta(days=1)


def test_a_period_begins_and_ends_on_the_clock_of_its_zone() -> None:
    """The week in which the clocks go back has an hour more."""
    week = parse("2026-W43", BERLIN)

    assert week.start_instant == datetime(2026, 10, 18, 22, tzinfo=UTC)
    assert week.end_instant == datetime(2026, 10, 25, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), "2026-W46"),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), "2026-W47"),
    ],
    ids=["a minute before Monday in Berlin", "Monday in Berlin"],
)
def test_the_last_complete_week_is_over(now: datetime, week: str) -> None:
    """On its last minute a week is not complete; the zone decides when that is."""
    assert last_complete(PeriodKind.WEEK, now, BERLIN).name == week


def test_the_last_complete_quarter_may_lie_in_the_year_before() -> None:
    """In January it is the fourth one."""
    now = datetime(2027, 1, 15, tzinfo=UTC)

    assert last_complete(PeriodKind.QUARTER, now, BERLIN).name == "2026-Q4"


def test_a_date_means_the_last_millisecond_of_the_local_day() -> None:
    """What happened on that day counts, what happened at midnight after it does not."""
    assert parse_as_of("2026-11-22", BERLIN) == datetime(2026, 11, 22, 22, 59, 59, 999000, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-11-22T17:00:00Z", "2026-11-22T18:00:00+01:00", "2026-11-22T18:00", "2026-11-22 18:00"],
)
def test_an_instant_may_name_its_offset(text: str) -> None:
    """Without one it is read on the clock of the zone."""
    assert parse_as_of(text, BERLIN) == datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "20261122", "2026-11-22T25:00", "9999-12-31"])
def test_what_is_no_moment_is_said_with_an_example(text: str) -> None:
    """Neither a date nor an instant, or one that no calendar has."""
    with pytest.raises(UsageError, match="is no date and no instant"):
        parse_as_of(text, BERLIN)


def test_dates_in_prose_are_the_same_on_every_machine() -> None:
    """No locale has a say in them."""
    assert long_date(date(2026, 11, 2)) == "2 Nov 2026"


def test_a_span_names_every_period_between_its_ends() -> None:
    """Over the turn of a year with 53 weeks too; one period is a span of its own."""
    names = [one.name for one in span("2026-W52..2027-W02", "Europe/Berlin")]

    assert names == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert [one.name for one in span("2026-Q4", "UTC")] == ["2026-Q4"]


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("2026-W47..2026-W30", "ends before it begins", "2026-W30..2026-W47"),
        ("2026-W30..2026-Q4", "goes from a week to a quarter", "2026-W30..2026-W31"),
        ("2026-W30..", "is no period", "2026-W47"),
    ],
)
def test_a_span_that_is_none_is_refused(text: str, told: str, hint: str) -> None:
    """With what to write instead."""
    with pytest.raises(UsageError, match=told) as caught:
        span(text, "UTC")

    assert hint in (caught.value.hint or "")
