"""On-time delivery: three numbers together, open items included, and what the moves say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.ontime import DueRow, MoveRow, OnTime, Window, from_rows, is_on_time, window_of
from pmreport.metrics.ontime_values import Calibration, calibration, values
from pmreport.metrics.value import Value
from pmreport.model.calendar import WorkCalendar

WINDOW = Window(first=date(2025, 4, 1), until=date(2025, 7, 1))
SHARE = Decimal("0.85")
DAYS = st.dates(date(2025, 3, 20), date(2025, 7, 10))


def row(
    due: str | None = "2025-06-05", done: str | None = None, *, current: str | None = "", items: int = 1
) -> DueRow:
    """So many items due on a day and done on another; open without one."""
    return DueRow(
        promise="due date" if due else "none",
        first_due=due,
        last_due=due if current == "" else current,
        is_done=int(done is not None),
        done_day=done,
        is_dropped=0,
        set_late=0,
        set_at_done=0,
        items=items,
    )


def found(*rows: DueRow, moves: tuple[MoveRow, ...] = ()) -> OnTime:
    """What the rows say."""
    return from_rows(rows, moves, WINDOW, WorkCalendar(zone="UTC"))


def told(delivery: OnTime) -> dict[str, Value]:
    """The numbers by id."""
    return {value.id: value for value in values(delivery, share=SHARE)}


@pytest.mark.parametrize(
    ("zone", "kept"), [("America/Los_Angeles", True), ("UTC", False), ("Asia/Tokyo", False)]
)
def test_e_ot2_the_due_day_is_that_of_the_reporting_zone(zone: str, kept: bool) -> None:  # noqa: FBT001
    """Done on 30 May at 23:30 in Los Angeles, due that day: late elsewhere, where it is 31 May."""
    done = datetime(2025, 5, 31, 6, 30, tzinfo=UTC)

    assert is_on_time(done, date(2025, 5, 30), WorkCalendar(zone=zone)) is kept


def test_open_overdue_items_stand_in_the_denominator() -> None:
    """Six on time, two late, two open: six of ten, and not six of eight."""
    delivery = found(row(done="2025-06-05", items=6), row(done="2025-06-09", items=2), row(items=2))

    assert delivery.first.rate == Decimal("0.6")
    assert told(delivery)["on-time-first"].note == "2 late, 2 overdue and open"
    assert told(delivery)["on-time-first"].interval == pytest.approx((31.2674, 83.1820), abs=1e-3)


def test_lateness_is_signed_and_tardiness_is_not() -> None:
    """Early days offset nothing; an open item is as late as it is by now."""
    delivery = found(
        row(done="2025-06-03"), row(done="2025-06-05", items=2), row(done="2025-06-10", items=2), row()
    )

    assert delivery.first.lateness == (-2, 0, 0, 5, 5)
    assert delivery.first.tardiness == (0, 0, 0, 5, 5, 26)
    assert (delivery.first.median_lateness, delivery.first.median_tardiness) == (0, 2.5)


def test_too_few_items_have_no_median_and_no_high_end() -> None:
    """Four say nothing of a middle, nineteen nothing of 85 %; the worst so far is named."""
    few = told(found(row(done="2025-06-09", items=4)))
    more = told(found(row(done="2025-06-09", items=19)))
    enough = told(found(row(done="2025-06-09", items=17), row(done="2025-06-19", items=3)))

    assert (few["tardiness-median"].value, few["lateness"].value) == (None, None)
    assert few["lateness"].note == "fewer than 5: too few for a median"
    assert (more["tardiness-median"].value, more["tardiness-high"].value) == (4, None)
    assert more["tardiness-high"].note == "fewer than 20; the most so far: 4 days"
    assert enough["tardiness-high"].value == 4


def test_nothing_due_is_no_rate() -> None:
    """No percentage is made of nothing, and each number says so."""
    nothing = told(found())

    assert [nothing[name].value for name in ("on-time-first", "due-coverage", "median-slip")] == [None] * 3
    assert nothing["on-time-first"].note == "nothing was due"
    assert nothing["due-coverage"].note == "nothing was done"
    assert nothing["median-slip"].note == "no due date was moved"
    assert nothing["tardiness-high"].note == "fewer than 20"


def test_moves_are_counted_with_their_median_slip() -> None:
    """Earlier is below zero; text that is no day is no move."""
    moves = (
        MoveRow("2025-06-05", "2025-06-12", "2025-06-01", 2),
        MoveRow("2025-06-05", "2025-06-02", "2025-06-01", 1),
        MoveRow("soon", "2025-06-02", "2025-06-01", 5),
    )
    numbers = told(found(moves=moves))

    assert (numbers["due-date-moves"].value, numbers["due-date-moves"].note) == (3, "2 to a later day")
    assert numbers["median-slip"].value == 7


def test_a_slip_is_told_early_five_working_days_before_its_day() -> None:
    """Due on Thursday the 12th: told on the 5th is early, on the 6th late, and an overdue item never told."""
    moves = (
        MoveRow("2025-06-12", "2025-06-20", "2025-06-05", 3),
        MoveRow("2025-06-12", "2025-06-20", "2025-06-06", 1),
        MoveRow("2025-06-12", "2025-06-10", "2025-06-02", 7),
        MoveRow("2025-06-12", "2025-06-20", "some day", 1),
    )
    numbers = told(found(row(items=2), row(done="2025-06-09"), moves=moves))

    assert (numbers["early-warning"].value, numbers["early-warning"].n) == (37.5, 8)
    assert told(found())["early-warning"].note == "no day slipped"


def test_an_item_is_due_in_the_window_of_each_day_by_itself() -> None:
    """First due in it and moved out of it: there by the first day, not by the current one."""
    delivery = found(row(current="2025-09-01"), row("2025-02-01", current="2025-06-01"))

    assert (delivery.first.n, delivery.current.n) == (1, 1)
    assert not WINDOW.holds(None)


def test_the_part_with_a_due_day_is_shown() -> None:
    """On time says nothing of the other three."""
    by_release = replace_promise(row(done="2025-06-05"), "release")
    numbers = told(found(by_release, row(None, done="2025-06-05", items=3)))

    assert (numbers["due-coverage"].value, numbers["due-coverage"].n) == (25, 4)
    assert numbers["due-coverage"].note == "1 by the release of their version"


def replace_promise(one: DueRow, promise: str) -> DueRow:
    """The row with another source of its due day."""
    return one._replace(promise=promise)


@pytest.mark.parametrize(
    ("kept", "late", "verdict"),
    [
        (10, 0, Calibration.TOO_FEW),
        (17, 3, Calibration.CALIBRATED),
        (40, 0, Calibration.PADDED),
        (10, 10, Calibration.OPTIMISTIC),
        (0, 0, Calibration.TOO_FEW),
    ],
)
def test_a_service_level_of_85_per_cent_is_kept_near_85_per_cent(
    kept: int, late: int, verdict: Calibration
) -> None:
    """A hundred per cent is padding; a half is promising too early; ten items say nothing."""
    delivery = found(row(done="2025-06-05", items=kept), row(done="2025-06-07", items=late))

    assert calibration(delivery.first, SHARE) is verdict


def test_a_date_as_moment_includes_its_day() -> None:
    """`--as-of` a date is the last millisecond of the day: the day is over."""
    berlin = WorkCalendar(zone="Europe/Berlin")
    last = datetime(2025, 6, 30, 21, 59, 59, 999_000, tzinfo=UTC)

    assert window_of(last, 2, berlin) == Window(first=date(2025, 6, 17), until=date(2025, 7, 1))


ROWS = st.lists(
    st.builds(
        lambda due, current, done: row(
            due.isoformat(), done and done.isoformat(), current=current and current.isoformat()
        ),
        DAYS,
        st.none() | DAYS,
        st.none() | DAYS,
    ),
    max_size=12,
)


@given(rows=ROWS, due=st.dates(WINDOW.first, WINDOW.until - timedelta(days=1)))
@settings(max_examples=50)
def test_an_open_overdue_item_never_raises_a_rate(rows: list[DueRow], due: date) -> None:
    """Whatever else there is: one more that is late and open makes neither rate better."""
    before, after = found(*rows), found(*rows, row(due.isoformat()))

    assert after.first.rate is not None
    assert after.first.rate <= (1 if before.first.rate is None else before.first.rate)
    assert (after.current.rate or 0) <= (1 if before.current.rate is None else before.current.rate)


@given(rows=ROWS, days=st.integers(-500, 500))
@settings(max_examples=50)
def test_a_shift_of_all_days_changes_no_number(rows: list[DueRow], days: int) -> None:
    """Durations and rates do not know the date, nor the order of the rows."""
    move = timedelta(days=days)

    def moved(text: str | None) -> str | None:
        return None if text is None else (date.fromisoformat(text) + move).isoformat()

    shifted = [
        one._replace(
            first_due=moved(one.first_due), last_due=moved(one.last_due), done_day=moved(one.done_day)
        )
        for one in reversed(rows)
    ]
    later = Window(first=WINDOW.first + move, until=WINDOW.until + move)

    assert replace(from_rows(shifted, (), later, WorkCalendar(zone="UTC")), window=WINDOW) == found(*rows)
