"""Days and hours that count, in the one reporting zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.errors import ConfigurationError
from pmreport.model.calendar import WorkCalendar, work_calendar
from pmreport.model.instant import from_ms
from pmreport.model.public_holidays import is_known, public_holidays
from pmreport.model.settings import CalendarSettings, Weekday

BERLIN = ZoneInfo("Europe/Berlin")
EASTER = WorkCalendar(
    zone="Europe/Berlin", holidays=frozenset({date(2025, 4, 18), date(2025, 4, 20), date(2025, 4, 21)})
)
DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("first", "end", "count"),
    [
        (date(2025, 4, 17), date(2025, 4, 23), 2),
        (date(2025, 4, 17), date(2025, 4, 17), 0),
        (date(2025, 4, 17), date(2025, 5, 1), 8),
        (date(2025, 4, 23), date(2025, 4, 17), -2),
    ],
    ids=["over Easter", "the same day", "two weeks", "backwards"],
)
def test_working_days_are_half_open(first: date, end: date, count: int) -> None:
    """The first day counts, the last does not: a spreadsheet says one more."""
    assert EASTER.working_days_between(first, end) == count


def test_five_working_days_after_maundy_thursday() -> None:
    """Good Friday, the weekend and Easter Monday are passed over."""
    assert EASTER.add_working_days(date(2025, 4, 17), 5) == date(2025, 4, 28)


def test_business_time_is_a_small_part_of_elapsed_time() -> None:
    """Asked on Thursday at 15:00, answered on Tuesday at 10:00: 115 hours later, 3 of them worked."""
    asked = datetime(2025, 4, 17, 15, tzinfo=BERLIN).astimezone(UTC)
    answered = datetime(2025, 4, 22, 10, tzinfo=BERLIN).astimezone(UTC)

    assert answered - asked == timedelta(hours=115)
    assert EASTER.business_time(asked, answered) == timedelta(hours=3)
    assert EASTER.business_time(answered, asked) == timedelta()


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2025, 3, 30), 23), (date(2025, 3, 31), 24), (date(2025, 10, 26), 25)],
    ids=["spring", "usual", "autumn"],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, hours: int) -> None:
    """Subtracting wall clocks would say 24 every time."""
    start, end = EASTER.day_span(day)

    assert end - start == timedelta(hours=hours)


def test_an_instant_falls_on_the_local_day() -> None:
    """23:30 in UTC is tomorrow in Berlin."""
    assert EASTER.local_day(datetime(2025, 4, 17, 23, 30, tzinfo=UTC)) == date(2025, 4, 18)


def test_a_day_without_midnight_starts_when_the_clock_has_jumped() -> None:
    """In Beirut the clock goes from 23:59 to 01:00 in spring: the day has a start all the same."""
    beirut = WorkCalendar(zone="Asia/Beirut")

    start = beirut.day_start(date(2024, 3, 31))

    assert start == datetime(2024, 3, 30, 22, tzinfo=UTC)
    assert beirut.local_day(start) == date(2024, 3, 31)


def test_a_week_starts_on_the_configured_day() -> None:
    """Monday by default; Sunday where the configuration says so."""
    sunday = WorkCalendar(week_start=Weekday.SUN)

    assert WorkCalendar().week_of(date(2026, 11, 22)) == date(2026, 11, 16)
    assert sunday.week_of(date(2026, 11, 22)) == date(2026, 11, 22)
    assert sunday.week_of(date(2026, 11, 21)) == date(2026, 11, 15)


def test_a_row_says_everything_about_its_day() -> None:
    """Instants in UTC, the week, and the working days before it."""
    (row,) = EASTER.rows(date(2025, 4, 21), date(2025, 4, 21))

    assert from_ms(row.starts_ms) == datetime(2025, 4, 20, 22, tzinfo=UTC)
    assert from_ms(row.ends_ms) == datetime(2025, 4, 21, 22, tzinfo=UTC)
    assert (row.day_date, row.week_start, row.iso_week) == ("2025-04-21", "2025-04-21", "2025-W17")
    assert not row.is_workday
    assert row.calendar_id == EASTER.calendar_id


def test_the_iso_week_of_the_turn_of_the_year_has_its_own_year() -> None:
    """1 January 2027 still belongs to the last week of 2026."""
    (row,) = WorkCalendar().rows(date(2027, 1, 1), date(2027, 1, 1))

    assert row.iso_week == "2026-W53"


@given(DAYS, st.integers(0, 60))
def test_rows_tile_time_and_count_working_days(first: date, days: int) -> None:
    """Each day starts where the one before ended, and differences of the index are working days."""
    rows = EASTER.rows(first, first + timedelta(days=days))

    assert all(before.ends_ms == after.starts_ms for before, after in pairwise(rows))
    last = date.fromisoformat(rows[-1].day_date)
    assert rows[-1].workday_index - rows[0].workday_index == EASTER.working_days_between(first, last)


@given(DAYS, st.integers(0, 400))
def test_working_days_are_the_days_that_are_worked(first: date, days: int) -> None:
    """Counting them one by one gives the same."""
    end = first + timedelta(days=days)
    one_by_one = sum(EASTER.is_workday(first + timedelta(days=offset)) for offset in range(days))

    assert EASTER.working_days_between(first, end) == one_by_one
    assert EASTER.working_days_between(end, first) == -one_by_one


@given(DAYS, st.integers(1, 30))
def test_adding_working_days_lands_on_one(day: date, count: int) -> None:
    """As many working days lie behind it as were added."""
    landed = EASTER.add_working_days(day, count)

    assert EASTER.is_workday(landed)
    assert EASTER.working_days_between(day + timedelta(days=1), landed + timedelta(days=1)) == count


def test_the_id_tells_calendars_apart() -> None:
    """Another zone, holiday, working day or start of the week is another one; hours are in no row."""
    base = WorkCalendar()
    others = (
        WorkCalendar(zone="Europe/Berlin"),
        WorkCalendar(holidays=frozenset({date(2026, 1, 1)})),
        WorkCalendar(working_days=frozenset({Weekday.MON})),
        WorkCalendar(week_start=Weekday.SUN),
    )

    assert len({base.calendar_id, *(other.calendar_id for other in others)}) == 5
    assert WorkCalendar(hours=(time(8), time(16))).calendar_id == base.calendar_id


def test_the_settings_make_the_calendar() -> None:
    """Public holidays and the extra ones are both free."""
    settings = CalendarSettings(time_zone="Europe/Berlin", extra_holidays=(date(2026, 12, 24),))

    calendar = work_calendar(settings, public_holidays("DE-BE", [2026]))

    assert not calendar.is_workday(date(2026, 12, 24))
    assert not calendar.is_workday(date(2026, 12, 25))
    assert calendar.is_workday(date(2026, 12, 23))
    assert calendar.zone == "Europe/Berlin"


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    """Women's Day is free in Berlin, and not in the rest of the country."""
    womens_day = date(2026, 3, 8)

    assert womens_day in public_holidays("DE-BE", [2026])
    assert womens_day not in public_holidays("DE", [2026])


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("DE-BEE", "did you mean 'DE-BE'?"),
        ("germany", "write a code like `DE` or `DE-BE`, or leave the key out"),
    ],
)
def test_an_unknown_code_is_an_error_of_the_configuration(code: str, hint: str) -> None:
    """Silently having no holidays would make every number of working days wrong."""
    with pytest.raises(ConfigurationError) as caught:
        public_holidays(code, [2026])

    assert caught.value.hint == hint


@pytest.mark.parametrize("name", ["Germany", "ECB", "NYSE", "HolidayBase", "de", ""])
def test_a_code_is_that_of_a_country(name: str) -> None:
    """The library also knows stock exchanges, and classes of its own."""
    assert not is_known(name, "")
