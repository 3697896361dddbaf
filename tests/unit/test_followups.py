"""Follow-ups as a report tells them: whose they are, how old and how late, and what is not named."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.metrics.followups import FollowUps, of, week_before
from pmreport.metrics.followups.item import Source
from pmreport.model.calendar import WorkCalendar
from tests.support.followups import item, promise, told

BERLIN = WorkCalendar(zone="Europe/Berlin", holidays=frozenset({date(2025, 4, 18), date(2025, 4, 21)}))


def late(due: date | None, as_of: datetime, calendar: WorkCalendar) -> int:
    """How late something due on that day is."""
    return item(due=due).lateness(calendar.local_day(as_of), calendar)


@pytest.mark.parametrize(
    ("due", "now", "days"),
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
    ],
)
def test_lateness_is_in_working_days_of_the_local_calendar(due: str | None, now: str, days: int) -> None:
    """Late is late, also on a weekend; the days after the due day are counted, today included."""
    as_of = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert late(None if due is None else date.fromisoformat(due), as_of, BERLIN) == days


@given(st.integers(0, 60), st.integers(1, 30))
def test_lateness_never_falls_as_days_pass(due_in: int, more: int) -> None:
    """Waiting makes nothing less late."""
    due = date.fromordinal(date(2025, 3, 1).toordinal() + due_in)

    def after(days: int) -> int:
        as_of = datetime.combine(date.fromordinal(due.toordinal() + days), datetime.min.time(), tzinfo=UTC)
        return late(due, as_of, WorkCalendar())

    assert after(0) == 0
    assert 1 <= after(more) <= after(more + 1) <= more + 1


def keys(known: FollowUps, part: str = "open_items") -> list[str]:
    """The keys of a part, in order."""
    return [one.issue_key for one in getattr(known, part)]


def test_the_latest_stand_first_then_the_oldest() -> None:
    """What hurts most is read first; what nobody owns is found among them, and what is closed is not."""
    known = of(
        told(
            [
                item("WEB-1"),
                promise("WEB-2", "03-14"),
                promise("WEB-3", "03-10", owner=None),
                promise("WEB-4", "03-10", done="03-09"),
                promise("WEB-5", "03-31"),
            ]
        )
    )

    assert keys(known) == ["WEB-3", "WEB-2", "WEB-1", "WEB-5"]
    assert keys(known, "overdue") == ["WEB-3", "WEB-2"]
    assert keys(known, "unowned") == ["WEB-3"]
    assert (known.open_items[0].working_days_late, known.open_items[0].age_working_days) == (5, 10)


def test_what_is_restricted_or_typed_is_counted_without_a_word() -> None:
    """Neither key, nor statement, nor owner, nor day; whether it is late or owned stays."""
    closed = promise("WEB-1", "03-10", restricted=True, statement="Secret", owner="Zoe")
    typed = item("", id="f1", source=Source.TYPED, statement="Secret", owner=None)

    known = of(told([closed, typed]))

    assert "Secret" not in repr(known)
    assert "Zoe" not in repr(known)
    assert [(one.named, one.issue_key, one.due) for one in known.open_items] == [(False, "", None)] * 2
    assert (len(known.overdue), len(known.unowned)) == (1, 1)


def test_a_week_before_is_counted_on_that_day() -> None:
    """What was open then, as late as it was then."""
    known = week_before(told([], before=(promise("WEB-1", "03-07"), promise("WEB-2", "03-14", done="03-08"))))

    assert [(one.issue_key, one.working_days_late) for one in known.open_items] == [("WEB-1", 1)]


def test_promises_of_the_last_weeks_are_counted() -> None:
    """Kept by their first day, of those that fell due in the window."""
    known = of(told([promise("WEB-1", "03-10", done="03-10"), promise("WEB-2", "03-11"), item("WEB-3")]))

    assert (known.kept, known.promised, known.weeks, known.mentions) == (1, 2, 4, 0)
