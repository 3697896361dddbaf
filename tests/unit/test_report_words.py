"""Plain words for numbers, days and lists."""

from datetime import date
from decimal import Decimal

import pytest

from pmreport.metrics.sprint import Unit
from pmreport.report import words
from tests.support.report_inputs import said, utc


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 items"), (1, "1 item"), (2, "2 items"), (-1, "-1 item"), (11, "11 items")]
)
def test_a_count_has_the_noun_that_goes_with_it(count: int, expected: str) -> None:
    """One is singular, everything else plural."""
    assert words.in_words(count, "item") == expected
    assert said((words.counted(count, "item"),)) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("8", Unit.POINTS, "8 points"),
        ("1", Unit.POINTS, "1 point"),
        ("0.96", Unit.POINTS, "1 point"),
        ("7.55", Unit.POINTS, "7.6 points"),
        ("7.45", Unit.POINTS, "7.4 points"),
        ("5400", Unit.SECONDS, "1.5 hours"),
        ("3600", Unit.SECONDS, "1 hour"),
        ("1234567", Unit.ISSUES, "1\u202f234\u202f567 issues"),
        ("-3", Unit.POINTS, "\u22123 points"),
        ("-0.01", Unit.POINTS, "0 points"),
        ("1E+30", Unit.POINTS, "1" + "\u202f000" * 10 + " points"),
    ],
)
def test_an_amount_reads_in_the_unit_people_use(value: str, unit: Unit, expected: str) -> None:
    """Seconds become hours, halves round to even, thousands stand apart, zero has no sign."""
    assert words.plain_amount(Decimal(value), unit) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16 to 22 Nov 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 Nov to 6 Dec 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 to 3 Jan 2027"),
        (date(2026, 11, 16), date(2026, 11, 16), "16 Nov 2026"),
    ],
)
def test_a_span_of_days_repeats_nothing(first: date, last: date, expected: str) -> None:
    """Month and year are said once where both days share them."""
    assert words.days_in_words(first, last) == expected


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed_as_in_english(names: list[str], expected: str) -> None:
    """Commas, then "and"."""
    assert words.listed(names) == expected
    assert said(words.inline_list(names)) == expected


@pytest.mark.parametrize(("count", "expected"), [(1, "once"), (2, "twice"), (3, "3 times")])
def test_how_often_is_said_in_words_up_to_twice(count: int, expected: str) -> None:
    """Once, twice, then a number."""
    assert words.times(count) == expected


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("labels = x", "labels = x"),
        ("labels = x AND sprint IS NOT EMPTY AND assignee = me", "labels = x AND sprint IS NOT EMPTY AND …"),
        (
            "summary ~ first OR summary ~ second OR summary ~ third",
            "summary ~ first OR summary ~ second OR …",
        ),
        ("summary ~ 'one two three four five six seven eight'", "summary ~ 'one two three four five six …"),
        ("a" * 60, "a" * 39 + "…"),
    ],
    ids=["short", "between clauses", "between choices", "between words", "one word"],
)
def test_a_long_query_is_cut_where_it_can_be_read(query: str, told: str) -> None:
    """Forty letters, whole clauses first."""
    assert words.shortened_query(query, 40) == told


def test_an_unknown_number_stays_unknown() -> None:
    """None is never turned into zero."""
    assert words.bare(None, Unit.POINTS).value is None
    assert words.percent(None).value is None
    assert words.factor(None).value is None


def test_a_share_is_a_percentage_and_a_factor_has_two_decimals() -> None:
    """0.6552 is 66 %, 1.209136 is 1.21."""
    assert said((words.percent(Decimal("0.6552")),)) == "66 %"
    assert said((words.factor(1.209136),)) == "1.21 x"


def test_a_local_day_is_a_day_of_the_reporting_zone() -> None:
    """Half past eleven at night in London is tomorrow in Berlin."""
    assert words.local_day(utc("2026-11-20 23:30"), "Europe/Berlin") == date(2026, 11, 21)


def test_letters_are_made_large_and_small_at_the_front_only() -> None:
    """The rest of the sentence stays as it is."""
    assert words.capital("on track NOW") == "On track NOW"
    assert words.lower("On track NOW") == "on track NOW"
    assert words.capital("") == ""
