"""The dates of a rule: what each way of writing them means, on 20 November 2026, 13:00 in Berlin."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.goals.dates import day_span, local_day, moment
from pmreport.goals.jql import parse
from pmreport.goals.jql_error import JqlError
from pmreport.goals.tree import Comparison
from pmreport.model.instant import from_ms
from tests.support.goal_context import site


def year_or_refusal(text: str) -> int | str:
    """The year a date means, or why it means none."""
    try:
        return int(meant(text)[:4])
    except JqlError as error:
        return error.problem.rpartition(" is ")[2]


def meant(text: str, *, as_of: datetime | None = None, week_start: str = "mon") -> str:
    """The moment a date means, as a clock in Berlin shows it."""
    context = replace(site(), week_start=week_start, as_of=as_of or site().as_of)
    jql = parse(f"created > {text}")
    assert isinstance(jql.condition, Comparison)
    return f"{moment(jql, jql.condition.value, context).astimezone(context.zone):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-11-05", "2026-11-05 00:00:00"),
        ("'2026/11/5'", "2026-11-05 00:00:00"),
        ("'2026-11-05 14:30'", "2026-11-05 14:30:00"),
        ("'2026/11/05 9:05'", "2026-11-05 09:05:00"),
        ("2026-07-01", "2026-07-01 00:00:00"),  # in summer time
        ("now()", "2026-11-20 13:00:00"),
        ("-2w", "2026-11-06 13:00:00"),
        ("4d", "2026-11-24 13:00:00"),
        ("'-1d 3h 30m'", "2026-11-19 09:30:00"),  # the sign is that of all parts
        ("'+90m'", "2026-11-20 14:30:00"),
        ("startOfDay()", "2026-11-20 00:00:00"),
        ("endOfDay()", "2026-11-20 23:59:59"),
        ("startOfWeek()", "2026-11-16 00:00:00"),
        ("endOfWeek()", "2026-11-22 23:59:59"),
        ("startOfMonth()", "2026-11-01 00:00:00"),
        ("endOfMonth()", "2026-11-30 23:59:59"),
        ("startOfYear()", "2026-01-01 00:00:00"),
        ("endOfYear()", "2026-12-31 23:59:59"),
        ("startOfDay(-1)", "2026-11-19 00:00:00"),  # without a unit: its own
        ("startOfWeek(-1w)", "2026-11-09 00:00:00"),
        ("endOfWeek('+1')", "2026-11-29 23:59:59"),
        ("startOfWeek(2d)", "2026-11-18 00:00:00"),
        ("startOfMonth(-1M)", "2026-10-01 00:00:00"),
        ("endOfMonth(-1M)", "2026-10-31 23:59:59"),  # its own last day, not the 30th
        ("endOfMonth(3M)", "2027-02-28 23:59:59"),
        ("endOfMonth('+15d')", "2026-12-15 23:59:59"),  # Atlassian's example: the 15th of next month
        ("startOfYear(-1y)", "2025-01-01 00:00:00"),
        ("startOfYear('+2M')", "2026-03-01 00:00:00"),
        ("startOfMonth(1y)", "2027-11-01 00:00:00"),
        ("startOfDay(8h)", "2026-11-20 08:00:00"),
        ("startOfDay(-90m)", "2026-11-19 22:30:00"),
        ("startOfYear(298d)", "2026-10-26 00:00:00"),  # midnight, though the clocks went back the day before
    ],
)
def test_a_date_is_read_in_the_profiles_zone(text: str, clock: str) -> None:
    """Written out, told from now, or by a function with an offset."""
    assert meant(text) == clock


def test_weeks_start_on_the_day_of_the_calendar() -> None:
    """Sunday, where the configuration says so."""
    assert meant("startOfWeek()", week_start="sun") == "2026-11-15 00:00:00"
    assert meant("endOfWeek()", week_start="sun") == "2026-11-21 23:59:59"


def test_the_moment_asked_for_stands_for_now() -> None:
    """As of the past, everything told from now is told from then; a day is the account's, not that of UTC."""
    then = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # 1 July in Berlin

    assert meant("startOfMonth()", as_of=then) == "2026-07-01 00:00:00"
    assert meant("-1d", as_of=then) == "2026-06-30 00:30:00"


def test_the_day_of_a_clock_change_has_another_length() -> None:
    """From midnight to midnight, where the account lives."""
    context = site()
    day = local_day(datetime(2026, 10, 25, 12, tzinfo=UTC), context)
    begins, ends = day_span(day, context)

    assert (ends - begins) / 3_600_000 == 25
    assert from_ms(begins) == datetime(2026, 10, 24, 22, tzinfo=UTC)


@given(st.text(alphabet="0123456789-+/ :yMwdhm", max_size=16) | st.integers().map(lambda n: f"{n}w"))
def test_no_date_breaks_the_reader(text: str) -> None:
    """Whatever is typed for a date is a moment of this age, or is refused with its place."""
    assert year_or_refusal(f"'{text}'") in (*range(1899, 9002), "no date")


@given(st.sampled_from(("Day", "Week", "Month", "Year")), st.integers(), st.sampled_from("yMwdhm"))
def test_no_offset_breaks_the_reader(period: str, amount: int, unit: str) -> None:
    """Offsets of any size are read or refused."""
    for edge in ("start", "end"):
        found = year_or_refusal(f"{edge}Of{period}('{amount}{unit}')")
        assert found in (*range(1899, 9002), "no date")


@given(st.sampled_from(("Day", "Week", "Month", "Year")), st.integers(-120, 120), st.sampled_from("yMwdhm"))
def test_a_period_begins_before_it_ends(period: str, amount: int, unit: str) -> None:
    """Whatever the offset."""
    start, end = (meant(f"{edge}Of{period}('{amount}{unit}')") for edge in ("start", "end"))

    assert start < end
