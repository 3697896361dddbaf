"""Delivered items against their estimates, through the real query on DuckDB and SQLite."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from pmreport.metrics import calibration, estimated
from pmreport.metrics.estimated import CellRow, Delivered
from pmreport.metrics.estimation import LeftOut
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.rows import ComponentRow, FieldRow, IssueValueRow, ResolutionRow, StatusRow
from pmreport.stats.misses import Pair
from tests.integration.test_estimation_sql import hours, log
from tests.support.engines import SITE, duck, sqlite
from tests.support.stories import POINTS_FIELD, moment, tell

CALENDAR = WorkCalendar(zone="Europe/Berlin")
HOUR = 3600
STORY = """
    sprint 10: 03-03 09:00 to 03-14 16:30
    A 5: planned, 03-04 10:00 doing, 03-05 10:00 estimate 8, 03-06 10:00 done
    B 3: 02-20 10:00 doing, 02-24 23:30 done
    C 2: 03-05 09:00 into 10, 03-06 10:00 doing, 03-07 10:00 done
    D 1: 02-10 10:00 done
    E 1: 02-10 10:00 doing
"""


def asked(rows: Sequence[tuple[object, ...]], *, as_of: str = "12-31 00:00") -> list[CellRow]:
    """The answer of DuckDB, which SQLite must give too."""
    query = estimated.query(SITE, moment(as_of), CALENDAR.calendar_id)
    answers = []
    for engine in (duck(), sqlite()):
        engine.hold(rows)
        answers.append(sorted(engine.answer(query), key=repr))
    assert answers[0] == answers[1]
    return answers[0]


def told(*extra: tuple[object, ...], as_of: str = "12-31 00:00", lines: str = STORY) -> Delivered:
    """What the story says, `doing` being in progress, the points known as such, and days as in Berlin."""
    story = tell(lines)
    rows = (
        FieldRow(POINTS_FIELD, "Story Points", None, True, "points"),
        *CALENDAR.rows(date(2025, 1, 1), date(2025, 12, 31)),
        *extra,
    )
    story = replace(story, extra=rows)
    held = [row for row in story.rows() if row != StatusRow("doing", "doing", "new")]
    held.append(StatusRow("doing", "doing", "indeterminate"))
    return estimated.from_rows(asked(held, as_of=as_of), dropped_resolutions=("Won't Do",))


def test_the_estimate_is_the_one_when_work_was_committed() -> None:
    """At the start of the sprint, on coming in, without a sprint when work began; no later one helps."""
    known = told(
        hours(1, "02-01 00:00", "03-03 10:00", 4),
        hours(1, "03-03 10:00", None, 9),
        hours(2, "02-01 00:00", "02-20 09:00", 1),
        hours(2, "02-20 09:00", "02-21 10:00", 2),
        hours(2, "02-21 10:00", None, 7),
        hours(3, "02-01 00:00", "03-05 08:00", 1),
        hours(3, "03-05 08:00", None, 3),
        log(1, 1, "03-04 10:00", 5),
        log(2, 2, "02-21 10:00", 2),
        log(3, 3, "03-06 12:00", 6),
    )

    assert sorted(known.efforts) == [
        Pair(2 * HOUR, 2 * HOUR),
        Pair(3 * HOUR, 6 * HOUR),
        Pair(4 * HOUR, 5 * HOUR),
    ]
    assert dict(known.efforts_left_out) == {LeftOut.OPEN.value: 1, LeftOut.NEVER_STARTED.value: 1}


def test_points_stand_beside_calendar_days_of_the_zone() -> None:
    """B was done on 24 February in UTC and on the 25th in Berlin: six days. A kept its 5 of the start."""
    known = told()

    assert [(one.points, one.days, one.n) for one in known.sized] == [(2, 2, 1), (3, 6, 1), (5, 3, 1)]
    assert known.sized_keys == {2: ("C",), 3: ("B",), 5: ("A",)}
    assert [(one.was, one.became) for one in known.restated_points if one.was != one.became] == [(5000, 8000)]
    assert dict(known.sized_left_out) == {LeftOut.NEVER_STARTED.value: 1, LeftOut.OPEN.value: 1}


def test_work_counts_up_to_done_and_only_once_it_is_known() -> None:
    """Work logged after done, in the future or taken back is not in the pair; the first is counted apart."""
    known = told(
        hours(2, "02-01 00:00", None, 4),
        log(1, 2, "02-21 10:00", 3),
        log(2, 2, "03-01 10:00", 9),
        log(3, 2, "02-22 10:00", 5, created_ms=to_ms(moment("12-31 10:00"))),
        log(4, 2, "02-22 11:00", 7, deleted_ms=to_ms(moment("03-01 10:00"))),
    )

    assert known.efforts == (Pair(4 * HOUR, 3 * HOUR),)
    assert known.after_done == 1


def test_without_work_the_days_are_a_measure_of_their_own() -> None:
    """An estimate of hours and no worklog: its cycle time is told apart, and it is no effort."""
    known = told(hours(2, "02-01 00:00", None, 4))

    assert known.efforts == ()
    assert known.elapsed == (Pair(4 * HOUR, 6),)
    assert dict(known.efforts_left_out)[LeftOut.NO_WORK.value] == 1


@pytest.mark.parametrize(
    ("amount", "reason"),
    [(0, LeftOut.ZERO_ESTIMATE), (-2, LeftOut.ZERO_ESTIMATE), (None, LeftOut.NO_ESTIMATE)],
)
def test_an_estimate_of_nothing_is_counted_with_its_reason(amount: float | None, reason: LeftOut) -> None:
    """Zero, below zero and none: no ratio, no infinity, and no silence either."""
    extra = () if amount is None else (hours(2, "02-01 00:00", None, amount),)
    known = told(*extra, log(1, 2, "02-21 10:00", 3))

    assert known.efforts == ()
    assert dict(known.efforts_left_out)[reason.value] >= 1


def test_a_dropped_item_and_a_sub_task_stand_outside() -> None:
    """Resolved as not to be done, or part of another: counted as left out."""
    story = tell(STORY)
    assert story.issues[1].key == "B"
    known = told(
        ResolutionRow("2", "Won't Do"),
        IssueValueRow(2, "resolution", "2", to_ms(moment("02-24 23:30")), OPEN_END_MS, "Won't Do", None),
        hours(2, "02-01 00:00", None, 4),
        log(1, 2, "02-21 10:00", 3),
    )

    assert known.efforts == ()
    assert dict(known.efforts_left_out)[LeftOut.DROPPED.value] == 1
    assert 3 not in {one.points for one in known.sized}
    assert 3 not in known.sized_keys
    cells = asked(story.with_issue("B", is_subtask=True).rows())
    assert [(cell.kind, cell.n) for cell in cells if cell.kind == "sub-task"] == [("sub-task", 1)]


def test_components_are_those_of_the_moment_it_was_done() -> None:
    """A component taken off before done says nothing; an item with two counts in both."""
    known = told(
        *(ComponentRow(str(n), name) for n, name in ((1, "Basket"), (2, "Payment"), (3, "Search"))),
        IssueValueRow(2, "components", "1", to_ms(moment("02-01 00:00")), OPEN_END_MS, "Basket", None),
        IssueValueRow(2, "components", "2", to_ms(moment("02-01 00:00")), OPEN_END_MS, "Payment", None),
        IssueValueRow(
            2, "components", "3", to_ms(moment("02-01 00:00")), to_ms(moment("02-22 00:00")), "Search", None
        ),
        hours(2, "02-01 00:00", None, 4),
        log(1, 2, "02-21 10:00", 3),
    )

    pair = (Pair(4 * HOUR, 3 * HOUR),)
    assert known.by_component == (("Basket", pair), ("Payment", pair))


def test_before_it_was_done_it_is_open() -> None:
    """As of the past only what was done by then is delivered; with no issue at all nothing is."""
    known = told(as_of="02-22 00:00")

    assert dict(known.sized_left_out) == {LeftOut.OPEN.value: 4, LeftOut.NEVER_STARTED.value: 1}
    assert told(as_of="01-01 00:00").sized_left_out == ()


def test_the_work_on_one_item_that_is_done() -> None:
    """By its key: when it was done last, the work up to then; nothing while it is open, or of no such key."""
    story = replace(
        tell(STORY),
        extra=(
            hours(2, "02-01 00:00", None, 4),
            log(1, 2, "02-21 10:00", 3),
            log(2, 2, "03-01 10:00", 9),
        ),
    )
    for engine in (duck(), sqlite()):
        engine.hold(story.rows())
        at = moment("12-31 00:00")
        assert engine.answer(calibration.worked_query(SITE, at, "B")) == [
            (to_ms(moment("02-24 23:30")), 3 * HOUR, 1)
        ]
        assert engine.answer(calibration.worked_query(SITE, at, "A"))[0][1:] == (0, 0)
        assert engine.answer(calibration.worked_query(SITE, at, "E")) == []
        assert engine.answer(calibration.worked_query(SITE, at, "NOPE-1")) == []
        assert engine.answer(calibration.worked_query(SITE, moment("02-22 00:00"), "B")) == []
