"""Due dates, their moves, overdue items and releases, through the real texts on DuckDB and SQLite."""

from datetime import date

import pytest

from pmreport.metrics import milestones, ontime
from pmreport.metrics.ontime import BACK_DATED, DROPPED, OnTime
from pmreport.model import members
from pmreport.model.rows import SnapshotVersionRow
from tests.support.engines import SITE
from tests.support.stories import AnyRow, moment
from tests.support.worked import BERLIN, BORN, both, item, ms, statuses, together, value

ALL = members.everything(SITE)
NOON = "06-30 12:00"


def kept(*rows: AnyRow, as_of: str = NOON, weeks: int = 13) -> OnTime:
    """Whether what was due over so many weeks was on time, as known at a moment."""
    now = moment(as_of)
    window = ontime.window_of(now, weeks, BERLIN)
    name = BERLIN.calendar_id
    due = ontime.query(ALL, SITE, now, window, calendar_id=name, dropped_resolutions=("Won't Do",))
    since = BERLIN.day_start(window.first)
    moves = ontime.moves_query(ALL, SITE, now, since=since, calendar_id=name)
    return ontime.from_rows(both(due, *rows), both(moves, *rows), window, BERLIN)


def done(number: int, when: str) -> tuple[AnyRow, ...]:
    """An item that was done once."""
    return (*item(number), *statuses(number, (when, "done")))


def opened(number: int) -> tuple[AnyRow, ...]:
    """An item that is still open."""
    return (*item(number), *statuses(number))


def due(number: int, day: str, since: str = BORN, until: str | None = None) -> AnyRow:
    """A due date of this year over a stretch of time."""
    return value(number, "duedate", f"2025-{day}", since, until)


def split(found: OnTime) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """On time, late and overdue: by the first due day, by the current one."""
    first, current = found.first, found.current
    return (first.on_time, first.late, first.overdue), (current.on_time, current.late, current.overdue)


def test_the_day_of_done_is_local_and_the_due_day_counts_whole() -> None:
    """21:59 UTC is the due day's last minute in Berlin, 22:01 the next day."""
    found = kept(*done(1, "06-10 21:59"), due(1, "06-10"), *done(2, "06-10 22:01"), due(2, "06-10"))

    assert split(found) == ((1, 1, 0), (1, 1, 0))
    assert found.first.lateness == (0, 1)


def test_an_open_item_counts_once_its_day_is_over() -> None:
    """Due today it may still be done; due yesterday it is late, though it never closes."""
    found = kept(*opened(1), due(1, "06-30"), *opened(2), due(2, "06-29"))

    assert split(found) == ((0, 0, 1), (0, 0, 1))
    assert split(kept(*opened(1), due(1, "06-30"), as_of="06-30 21:59:59"))[0] == (0, 0, 0)
    assert split(kept(*opened(1), due(1, "06-30"), as_of="06-30 22:00"))[0] == (0, 0, 1)


def test_a_moved_date_is_late_by_the_first_and_kept_by_the_current_one() -> None:
    """The move is counted with its slip: the three numbers stand together."""
    found = kept(
        *done(1, "06-12 10:00"), due(1, "06-05", until="06-04 10:00"), due(1, "06-13", "06-04 10:00")
    )

    assert split(found) == ((0, 1, 0), (1, 0, 0))
    assert (found.slips, found.median_slip) == ((8,), 8)


def test_a_date_that_is_taken_away_was_promised_all_the_same() -> None:
    """By the first due day it is overdue; there is no current one. Set anew, it has moved."""
    gone = due(1, "06-05", until="06-04 10:00")
    again = due(1, "06-26", "06-20 10:00")

    assert split(kept(*opened(1), gone)) == ((0, 0, 1), (0, 0, 0))
    found = kept(*opened(1), gone, again)
    assert (split(found), found.slips) == (((0, 0, 1), (0, 0, 1)), (21,))


def test_what_is_written_after_done_changes_nothing_and_is_counted() -> None:
    """Back-dating: the date in force when it was done stands, and no move is seen; DQ-D2."""
    found = kept(
        *done(1, "06-12 10:00"), due(1, "06-05", until="06-13 10:00"), due(1, "06-20", "06-13 10:00")
    )

    assert split(found) == ((0, 1, 0), (0, 1, 0))
    assert (found.back_dated, found.slips) == (1, ())


def test_a_first_date_written_at_or_after_done_is_no_promise() -> None:
    """On the day it was done within 24 hours before, or later: left out, counted, and no due day."""
    found = kept(
        *done(1, "06-12 10:00"), due(1, "06-12", "06-11 10:30"),
        *done(2, "06-12 10:00"), due(2, "06-12", "06-13 10:00"),
        *done(3, "06-12 10:00"), due(3, "06-12", "06-11 09:00"),
    )  # fmt: skip

    assert split(found)[0] == (1, 0, 0)
    assert (found.back_dated, found.first.excluded) == (2, ((BACK_DATED, 1),))
    assert (found.done, found.promised) == (3, 2)


def test_a_reopened_item_is_late_when_it_is_done_at_last() -> None:
    """On time the first time, but not for good."""
    rows = (
        *item(1), *statuses(1, ("06-04 10:00", "done"), ("06-06 10:00", "doing"), ("06-10 10:00", "done")),
        due(1, "06-05"),
    )  # fmt: skip

    assert split(kept(*rows))[0] == (0, 1, 0)
    assert split(kept(*rows, as_of="06-05 23:00"))[0] == (1, 0, 0)


def test_dropped_items_and_sub_tasks_are_no_promises_kept() -> None:
    """A dropped item is counted as left out; a sub-task and an item out of sight are not there."""
    found = kept(
        *done(1, "06-04 10:00"), due(1, "06-05"), value(1, "resolution", "dropped", "06-04 10:00"),
        *item(2, parent=1), *statuses(2), due(2, "06-05"),
        *item(3, deleted_ms=ms("06-06 10:00")), *statuses(3), due(3, "06-05"),
        *done(4, "06-04 10:00"),
    )  # fmt: skip

    assert (split(found)[0], found.first.excluded) == ((0, 0, 0), ((DROPPED, 1),))
    assert together(found.done, found.promised, found.coverage) == (1, 0, 0)


def test_text_that_is_no_day_is_left_out_and_counted() -> None:
    """A due date field of an old import may hold anything."""
    found = kept(*done(1, "06-04 10:00"), value(1, "duedate", "2025-06-soon"))

    assert (found.first.n, found.first.excluded) == (0, ((ontime.UNREADABLE, 1),))


def release(version: int, seen: str, day: str | None, *, released: bool = False) -> SnapshotVersionRow:
    """A version as it was seen."""
    date_text = None if day is None else f"2025-{day}"
    return SnapshotVersionRow(version, ms(seen), f"Web {version}", date_text, released)


def test_without_a_due_date_the_release_of_the_version_counts() -> None:
    """The earliest of several, first by the date first seen; a due date of its own goes first."""
    found = kept(
        *done(1, "06-12 10:00"), value(1, "fixVersions", "7"), value(1, "fixVersions", "8"),
        *done(2, "06-12 10:00"), value(2, "fixVersions", "7"), due(2, "06-13"),
        *done(3, "06-12 10:00"), value(3, "fixVersions", "7", "06-13 10:00"),
        release(7, "05-01 10:00", "06-10"), release(7, "06-01 10:00", "06-20"),
        release(8, "05-01 10:00", "06-25"),
    )  # fmt: skip

    assert split(found) == ((1, 1, 0), (2, 0, 0))
    assert (found.done, found.promised, found.by_release) == (3, 2, 1)


def test_the_longest_overdue_comes_first() -> None:
    """Open items by their current due date; what is done or not due yet is not there."""
    window = ontime.window_of(moment(NOON), 13, BERLIN)
    rows = both(
        ontime.overdue_query(ALL, SITE, moment(NOON), window),
        *opened(1), due(1, "06-20"), *opened(2), due(2, "02-20"), *done(3, "06-01 10:00"), due(3, "05-20"),
        *opened(4), due(4, "06-30"),
    )  # fmt: skip

    assert [row.issue_key for row in rows] == ["WEB-2", "WEB-1"]


def test_versions_are_told_as_they_were_seen() -> None:
    """Those the items are for; what was seen later is not known yet."""
    rows = both(
        milestones.query(ALL, SITE, moment("06-05 12:00")),
        *opened(1), value(1, "fixVersions", "7"),
        release(7, "05-01 10:00", "06-10"), release(7, "06-01 10:00", "06-20"),
        release(7, "06-20 10:00", "07-20"),
        release(9, "05-01 10:00", "06-10"),
    )  # fmt: skip
    (found,) = milestones.from_rows(rows, as_of=moment("06-05 12:00"), calendar=BERLIN)

    assert (found.baseline, found.forecast, found.released) == (date(2025, 6, 10), date(2025, 6, 20), None)
    assert found.trend is not None
    assert (found.trend.total, found.trend.moved_near) == (10, 1)


@pytest.mark.parametrize("weeks", [1, 13])
def test_the_window_ends_with_the_last_day_that_is_over(weeks: int) -> None:
    """A date as moment means its last millisecond, and that day is over."""
    assert ontime.window_of(moment("06-30 21:59:59"), weeks, BERLIN).until == date(2025, 6, 30)
    assert ontime.window_of(moment("06-30 22:00"), weeks, BERLIN).until == date(2025, 7, 1)
