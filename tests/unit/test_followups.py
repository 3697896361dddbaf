"""Open follow-ups: whose they are, how old and how late."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.metrics.followups import FollowUpRow, from_rows
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms

BERLIN = WorkCalendar(zone="Europe/Berlin", holidays=frozenset({date(2025, 4, 18), date(2025, 4, 21)}))


def row(
    number: int, *, due: str | None = None, raised: str = "2025-04-01T08:00", owner: str | None = "Ann"
) -> FollowUpRow:
    """An open action."""
    instant = datetime.fromisoformat(raised).replace(tzinfo=UTC)
    return FollowUpRow(number, f"WEB-{number}", "Ask the vendor", owner, to_ms(instant), due, "Open")


@pytest.mark.parametrize(
    ("due", "now", "late"),
    [
        (None, "2025-04-28T12:00", 0),
        ("2025-04-28", "2025-04-28T12:00", 0),
        ("2025-04-27", "2025-04-28T12:00", 1),
        ("2025-04-25", "2025-04-26T12:00", 1),
        ("2025-04-25", "2025-04-28T12:00", 1),
        ("2025-04-25", "2025-04-29T12:00", 2),
        ("2025-04-17", "2025-04-23T12:00", 2),
        ("2025-04-22", "2025-04-22T21:59", 0),
        ("2025-04-22", "2025-04-22T22:00", 1),
        ("soon", "2025-04-28T12:00", 0),
    ],
    ids=[
        "no date",
        "due today",
        "due on Sunday",
        "due on Friday, seen on Saturday",
        "due on Friday, seen on Monday",
        "due on Friday, seen on Tuesday",
        "over Easter",
        "before midnight in Berlin",
        "after midnight in Berlin",
        "no day at all",
    ],
)
def test_lateness_is_in_working_days_of_the_local_calendar(due: str | None, now: str, late: int) -> None:
    """Late is late, also on a weekend; the days after the due day are counted, today included."""
    as_of = datetime.fromisoformat(now).replace(tzinfo=UTC)

    (told,) = from_rows([row(1, due=due)], as_of=as_of, calendar=BERLIN).open_items
    assert told.working_days_late == late
    assert told.is_overdue is (late > 0)


def test_the_latest_stand_first_then_the_oldest() -> None:
    """What hurts most is read first; what nobody owns is found among them."""
    rows = [
        row(1),
        row(2, due="2025-04-25"),
        row(3, due="2025-04-10", owner=None),
        row(4, raised="2025-03-03T08:00"),
        row(5, due="2025-05-30"),
    ]

    told = from_rows(rows, as_of=datetime(2025, 4, 28, 12, tzinfo=UTC), calendar=BERLIN)
    assert [item.issue_id for item in told.open_items] == [3, 2, 4, 1, 5]
    assert [item.issue_id for item in told.overdue] == [3, 2]
    assert [item.issue_id for item in told.unowned] == [3]
    assert told.unowned[0].is_unowned
    assert told.open_items[2].age_working_days == 38


def test_an_item_raised_later_than_asked_is_of_no_age() -> None:
    """A clock ahead of ours makes no negative age; an unknown status is an empty word."""
    raised = row(1, raised="2025-05-05T08:00")._replace(status_name=None)

    (told,) = from_rows([raised], as_of=datetime(2025, 4, 28, 12, tzinfo=UTC), calendar=BERLIN).open_items
    assert (told.age_working_days, told.status) == (0, "")


@given(st.integers(0, 60), st.integers(1, 30))
def test_lateness_never_falls_as_days_pass(due_in: int, more: int) -> None:
    """Waiting makes nothing less late."""
    due = date(2025, 3, 1).toordinal() + due_in
    rows = [row(1, due=date.fromordinal(due).isoformat())]

    def late(days: int) -> int:
        as_of = datetime.combine(date.fromordinal(due + days), datetime.min.time(), tzinfo=UTC)
        return from_rows(rows, as_of=as_of, calendar=WorkCalendar()).open_items[0].working_days_late

    assert late(0) == 0
    assert 1 <= late(more) <= late(more + 1) <= more + 1
