"""The even plan over working days, and the time of its weeks."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.earned_schedule import earned_schedule
from pmreport.metrics.planned_value import (
    Plan,
    day_of_weeks,
    days_over,
    last_working_day,
    planned_share,
    weekly_shares,
    weeks_passed,
)
from pmreport.model.calendar import WorkCalendar

CALENDAR = WorkCalendar(zone="Europe/Berlin", holidays=frozenset({date(2025, 6, 9)}))


def plan(start: str, finish: str) -> Plan:
    """A plan of 2025."""
    return Plan(
        start=date.fromisoformat(f"2025-{start}"), finish=date.fromisoformat(f"2025-{finish}"), source="told"
    )


JUNE = plan("06-02", "06-27")  # 19 working days: Whit Monday is off


@pytest.mark.parametrize(
    ("until", "days"),
    [
        ("05-01", 0),
        ("06-02", 0),
        ("06-03", 1),
        ("06-07", 5),
        ("06-09", 5),
        ("06-10", 5),
        ("06-27", 18),
        ("06-28", 19),
        ("09-01", 19),
    ],
)
def test_the_plan_runs_over_working_days(until: str, days: int) -> None:
    """Weekends and holidays plan nothing; before the start it is 0, after the end the whole."""
    assert planned_share(JUNE, CALENDAR, date.fromisoformat(f"2025-{until}")) == Decimal(days) / 19


def test_a_plan_without_a_working_day_has_no_shares() -> None:
    """A weekend is no plan."""
    weekend = plan("06-07", "06-09")

    assert planned_share(weekend, CALENDAR, date(2025, 7, 1)) is None
    assert weekly_shares(weekend, CALENDAR) == ()


def test_the_weekly_plan_begins_with_nothing_and_ends_with_all() -> None:
    """Four weeks, the second one a day shorter."""
    assert weekly_shares(JUNE, CALENDAR) == tuple(Decimal(days) / 19 for days in (0, 5, 9, 14, 19))


def test_a_working_day_is_over_when_its_hours_are() -> None:
    """At 17:00 in Berlin, not at midnight."""
    assert days_over(datetime(2025, 6, 2, 14, 59, tzinfo=UTC), CALENDAR) == date(2025, 6, 2)
    assert days_over(datetime(2025, 6, 2, 15, tzinfo=UTC), CALENDAR) == date(2025, 6, 3)


def test_a_week_passes_by_its_working_days() -> None:
    """Tuesday evening of the week with a holiday is a quarter of it; a week without work passes by days."""
    off = WorkCalendar(holidays=frozenset(date(2025, 6, day) for day in range(9, 14)))

    assert weeks_passed(JUNE, CALENDAR, date(2025, 6, 11)) == Decimal("1.25")
    assert weeks_passed(JUNE, CALENDAR, date(2025, 6, 1)) == 0
    assert weeks_passed(JUNE, off, date(2025, 6, 11)) == 1 + Decimal(2) / 7


def test_time_goes_on_after_the_end_of_the_plan() -> None:
    """A last week cut short is whole with its last day; the next one begins seven days after it began."""
    short = plan("06-02", "06-10")

    assert weeks_passed(short, CALENDAR, date(2025, 6, 11)) == 2
    assert weeks_passed(short, CALENDAR, date(2025, 6, 14)) == 2
    assert weeks_passed(short, CALENDAR, date(2025, 6, 21)) == 3


def test_weeks_become_a_working_day() -> None:
    """A part of a day is a day; the holiday is skipped; beyond the last year there is none."""
    short = plan("06-02", "06-10")

    days = {"0": "06-02", "0.2": "06-02", "0.21": "06-03", "1.25": "06-10", "4": "06-27", "5": "07-04"}
    for weeks, day in days.items():
        assert day_of_weeks(JUNE, CALENDAR, Decimal(weeks)) == date.fromisoformat(f"2025-{day}")
    assert day_of_weeks(short, CALENDAR, Decimal(2)) == date(2025, 6, 10)
    assert day_of_weeks(JUNE, CALENDAR, Decimal(10**9)) is None


def test_without_working_days_the_week_itself_is_the_measure() -> None:
    """A calendar that works on no day has weeks all the same."""
    idle = WorkCalendar(working_days=frozenset())

    assert day_of_weeks(JUNE, idle, Decimal("0.5")) == date(2025, 6, 8)
    assert last_working_day(idle, date(2025, 6, 8)) == date(2025, 6, 7)
    assert last_working_day(CALENDAR, date(2025, 6, 10)) == date(2025, 6, 6)


@given(
    start=st.dates(date(2025, 1, 1), date(2025, 12, 1)), length=st.integers(0, 200), until=st.integers(0, 220)
)
@settings(max_examples=50)
def test_who_does_each_day_what_was_planned_is_on_time(start: date, length: int, until: int) -> None:
    """Earned as planned, the earned schedule is the time that passed, up to flat steps of days off."""
    whole = Plan(start=start, finish=start + timedelta(days=length), source="told")
    shares = weekly_shares(whole, CALENDAR)
    day = start + timedelta(days=min(until, length))
    share = planned_share(whole, CALENDAR, day)
    if share is None or share in shares:
        return
    found = earned_schedule(shares, share, weeks_passed(whole, CALENDAR, day))

    assert found.earned.number is not None
    assert found.actual.number is not None
    assert float(found.earned.number) == pytest.approx(float(found.actual.number), abs=1e-15)


@given(start=st.dates(date(2025, 1, 1), date(2025, 12, 1)), length=st.integers(1, 200))
@settings(max_examples=25)
def test_the_planned_duration_leads_to_the_last_working_day_of_the_plan(start: date, length: int) -> None:
    """A forecast that is on plan names the end of the plan."""
    whole = Plan(start=start, finish=start + timedelta(days=length), source="told")
    shares = weekly_shares(whole, CALENDAR)
    if not shares:
        return
    duration = earned_schedule(shares, shares[-1], Decimal(1)).duration.number

    assert duration is not None
    last = day_of_weeks(whole, CALENDAR, duration)
    assert last is not None
    assert planned_share(whole, CALENDAR, last + timedelta(days=1)) == 1
    assert planned_share(whole, CALENDAR, last) != 1
