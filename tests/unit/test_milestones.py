"""Milestones: how their dates moved from report to report, and how late they came."""

from datetime import UTC, date, datetime

import pytest

from pmreport.metrics.milestones import (
    NEVER_PLANNED,
    SEEN_TOO_LATE,
    Milestone,
    ReleaseRow,
    Report,
    from_rows,
    trend,
)
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms

UTC_DAYS = WorkCalendar()
NOW = datetime(2025, 8, 4, 12, tzinfo=UTC)


def reports(*told: tuple[str, str]) -> list[Report]:
    """(day of the report, day forecast) in 2025."""
    return [Report(date.fromisoformat(f"2025-{day}"), date.fromisoformat(f"2025-{to}")) for day, to in told]


def seen(month: int, day: int, release: str | None, *, released: bool = False) -> ReleaseRow:
    """A version as it was seen on a day of 2025."""
    at_ms = to_ms(datetime(2025, month, day, 9, tzinfo=UTC))
    return ReleaseRow(7, "Web 7", at_ms, None if release is None else f"2025-{release}", int(released))


def milestone(*rows: ReleaseRow) -> Milestone:
    """The one milestone of these sightings."""
    (found,) = from_rows(rows, as_of=NOW, calendar=UTC_DAYS)
    return found


def test_e_ot3_five_reports_of_one_milestone() -> None:
    """Slips 0, 14, 17, 8 days, rates 0, .4516, .5667, .2581, 39 days in all, slope .375248 a day."""
    found = trend(
        reports(
            ("03-31", "06-30"), ("04-30", "06-30"), ("05-31", "07-14"), ("06-30", "07-31"), ("07-31", "08-08")
        )
    )

    assert found.slips == (0, 14, 17, 8)
    assert found.rates == pytest.approx((0, 0.4516, 0.5667, 0.2581), abs=5e-5)
    assert found.total == 39
    assert found.slope == pytest.approx(0.375248, abs=5e-7)
    assert (found.zigzag, found.moved_near) == (0, 1)


def test_a_date_that_goes_to_and_fro_zigzags() -> None:
    """Each change of direction counts, quiet weeks between do not hide it; near is under fourteen days."""
    found = trend(
        reports(
            ("03-03", "06-30"), ("03-10", "07-07"), ("03-17", "07-07"), ("03-24", "06-30"), ("06-20", "07-04")
        )
    )

    assert (found.zigzag, found.moved_near, found.total) == (2, 1, 4)


def test_sliding_day_for_day_has_a_slope_of_one() -> None:
    """Every report says: as far away as ever."""
    assert trend(reports(("03-03", "04-03"), ("03-10", "04-10"), ("03-17", "04-17"))).slope == 1


def test_one_report_is_no_trend_and_two_on_a_day_are_one() -> None:
    """The later of a day stands; nothing is divided by no days."""
    found = trend(reports(("03-03", "04-03"), ("03-03", "04-10")))

    assert (found.slips, found.slope, found.total) == ((), None, 0)
    assert [report.forecast for report in found.reports] == [date(2025, 4, 10)]


def test_the_release_slip_is_against_the_date_first_seen() -> None:
    """The trend ends with the release."""
    found = milestone(seen(5, 1, "06-10"), seen(6, 1, "06-20"), seen(6, 25, "06-24", released=True))

    assert (found.baseline, found.released, found.slip) == (date(2025, 6, 10), date(2025, 6, 24), 14)
    assert not found.released_on_sight
    assert found.trend is not None
    assert found.trend.reports[-1].day == date(2025, 6, 24)


def test_released_without_a_date_stands_for_the_day_it_was_seen() -> None:
    """Flagged, so that nobody takes it for the day it came."""
    found = milestone(seen(5, 1, "06-10"), seen(6, 17, None, released=True))

    assert (found.released, found.slip, found.released_on_sight) == (date(2025, 6, 17), 7, True)


def test_a_version_released_before_it_was_seen_has_no_slip() -> None:
    """Its first date may have been any; and one that never had a date has nothing to slip from."""
    late, never = (
        milestone(seen(5, 1, "04-10", released=True)),
        milestone(seen(5, 1, None), seen(6, 1, None, released=True)),
    )

    assert (late.slip, late.reason, late.trend) == (None, SEEN_TOO_LATE, None)
    assert (never.slip, never.reason, never.released) == (None, NEVER_PLANNED, date(2025, 6, 1))


def test_a_release_that_was_taken_back_is_open_again() -> None:
    """And counts from its last release."""
    back = milestone(seen(5, 1, "06-10"), seen(6, 10, "06-10", released=True), seen(6, 12, "06-30"))
    again = milestone(
        seen(5, 1, "06-10"),
        seen(6, 10, None, released=True),
        seen(6, 12, None),
        seen(7, 1, None, released=True),
        seen(7, 8, None, released=True),
    )

    assert (back.released, back.forecast) == (None, date(2025, 6, 30))
    assert again.released == date(2025, 7, 1)


def test_a_version_without_a_date_is_there_without_numbers() -> None:
    """Text that is no day is no date; dated versions come first."""
    undated = milestone(seen(5, 1, "soon"))
    dated = seen(5, 1, "09-01")._replace(version_id=8, name="Web 8")
    both = from_rows([seen(5, 1, None), dated], as_of=NOW, calendar=UTC_DAYS)

    assert (undated.baseline, undated.forecast, undated.trend, undated.slip) == (None, None, None, None)
    assert [one.name for one in both] == ["Web 8", "Web 7"]


def test_a_version_that_was_released_before_its_first_weekly_report_has_one_report() -> None:
    """Seen after the day it was released: what was seen is all there is."""
    found = milestone(seen(6, 12, "06-10"), seen(6, 14, "06-10", released=True))

    assert found.trend is not None
    assert (found.slip, len(found.trend.reports)) == (0, 1)
