"""Flow through the real questions on DuckDB and SQLite: starts, finishes, times, ageing, waiting."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from pmreport.metrics.flow_counts import DROPPED, UNSTARTED
from pmreport.metrics.workflow import by_category
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.rows import IssueChangeRow, IssueLinkRow, IssueStatusRow, IssueValueRow
from tests.support.flows import BOARD, CALENDAR, Asking, Rows, at, counts, lived, told
from tests.support.stories import issue_row


def value(issue_id: int, field_id: str, value_id: str, since: str, until: str | None = None) -> IssueValueRow:
    """A value that a field held over a stretch of time."""
    ends = OPEN_END_MS if until is None else to_ms(at(until))
    return IssueValueRow(issue_id, field_id, value_id, to_ms(at(since)), ends, value_id, None)


def counted(rows: Rows, as_of: str = "03-03") -> tuple[tuple[int, int], ...]:
    """The cycle times of what was finished in the window, as (days, items)."""
    return counts(rows, as_of).cycle.days.counts


@pytest.mark.parametrize(
    ("way", "cycle_times"),
    [
        ("01-06 todo, 01-08 doing, 01-10 done", ((3, 1),)),
        ("01-06 todo, 01-08 09:00 doing, 01-08 10:00 done", ((1, 1),)),
        ("01-06 todo, 01-08 doing, 01-10 done, 01-13 doing, 01-15 done", ((8, 1),)),
        ("01-06 todo, 01-08 doing, 01-10 done, 01-13 doing", ()),
        ("01-06 todo, 01-08 doing, 01-10 parked", ()),
        ("01-06 todo, 01-08 doing, 01-10 retired, 01-13 done", ((6, 1),)),
        ("01-06 todo, 01-08 doing, 01-09 todo, 01-14 doing, 01-15 done", ((8, 1),)),
        ("01-06 todo, 01-08 review, 01-10 done", ((3, 1),)),
        ("01-06 todo, 01-10 done", ()),
        ("01-06 done", ()),
        ("01-06 done, 01-07 doing, 01-09 done", ((3, 1),)),
        ("01-06 todo, 01-08 22:59 doing, 01-08 23:01 done", ((2, 1),)),
    ],
    ids=[
        "straight",
        "within a day",
        "reopened and done again",
        "reopened",
        "taken off the board",
        "through a status that is gone",
        "back to the backlog",
        "not through the start column",
        "never started",
        "born done",
        "born done, reopened",
        "over midnight in Berlin",
    ],
)
def test_cycle_time_runs_from_the_first_start_to_the_last_finish(
    way: str, cycle_times: tuple[tuple[int, int], ...]
) -> None:
    """Calendar days of the reporting zone, both ends counted; without a start or a finish there are none."""
    assert counted(lived(1, way)) == cycle_times


def test_started_and_finished_at_one_instant_is_finished_and_never_started() -> None:
    """It counts in throughput, has no cycle time, and is counted as left out."""
    summary = told(lived(1, "01-06 todo, 01-08 doing, 01-08 done"), "03-03")

    assert (summary.cycle.days.n, summary.cycle.excluded) == (0, ((UNSTARTED, 1),))
    assert sum(week.finished for week in summary.weeks) == 1
    assert sum(week.started for week in summary.weeks) == 0


def test_the_items_behind_the_cycle_times_are_named() -> None:
    """Each with its day and its days, in the order they were finished; one never started has none."""
    rows = [
        *lived(1, "01-06 todo, 01-08 doing, 01-10 done"),
        *lived(2, "01-06 todo, 01-09 done"),
        *lived(3, "01-06 todo, 01-08 doing, 01-09 done"),
        value(3, "resolution", "2", "01-09"),
        *lived(4, "01-06 todo, 01-08 doing"),
    ]
    summary = told(rows, "03-03")

    assert [(one.issue_key, one.done, one.days) for one in summary.finished] == [
        ("WEB-2", date(2025, 1, 9), None),
        ("WEB-1", date(2025, 1, 10), 3),
    ]
    assert [(one.column, one.n) for one in summary.paces] == [("Doing", 2), ("Review", 2)]


def test_e_fl4_days_between_commitment_and_done() -> None:
    """E-FL4: days 5 5 5 5 5 4, pandas quantiles .1 .5 .9 of them 4.5 5 5; with both ends one more."""
    import pandas as pd

    rows = [row for n in range(5) for row in lived(n + 1, "01-05 todo, 01-06 doing, 01-11 done")]
    summary = told([*rows, *lived(6, "01-06 todo, 01-07 doing, 01-11 done")], "03-03")

    elapsed = [days - 1 for days, items in summary.cycle.days.counts for _ in range(items)]
    assert summary.cycle.total_ms == sum(elapsed) * 86_400_000
    assert pd.Series(elapsed).quantile([0.1, 0.5, 0.9]).tolist() == [4.5, 5, 5]
    assert [summary.cycle.days.percentile(percent) for percent in (10, 50, 90)] == [5, 6, 6]


def test_e_fl6_flow_efficiency_leaves_out_what_was_blocked() -> None:
    """E-FL6: from 1 to 7 January, blocked from 2 to 3 and from 4 to 6: active 3 of 6 days, 50 %."""
    rows = [
        *lived(1, "01-01 doing, 01-07 done"),
        value(1, "flag", "Impediment", "01-02", "01-03"),
        value(1, "flag", "Impediment", "01-04", "01-06"),
    ]
    waiting = told(rows, "03-03").waiting

    assert (waiting.efficiency, waiting.items) == (Fraction(1, 2), 1)
    assert waiting.causes == (("flag", 3 * 86_400_000),)


def test_overlapping_waits_count_once() -> None:
    """In review from 3 to 6 and flagged from 5 to 8 is five days of waiting; what lies outside is none."""
    rows = [
        *lived(1, "01-01 todo, 01-02 doing, 01-03 review, 01-06 doing, 01-12 done"),
        value(1, "flag", "Impediment", "01-05", "01-08"),
        value(1, "flag", "Impediment", "01-01", "01-02"),
        value(1, "flag", "Impediment", "01-12"),
    ]
    waiting = told(rows, "03-03").waiting

    assert (waiting.waiting_ms, waiting.efficiency) == (5 * 86_400_000, Fraction(1, 2))
    assert dict(waiting.causes) == {"status": 3 * 86_400_000, "flag": 3 * 86_400_000}


def test_an_unfinished_blocker_is_waiting_from_the_day_of_its_link() -> None:
    """Linked on the 4th, blocker done on the 7th: three days; a link of unknown age says nothing."""

    def linked(issue_id: int, when: str) -> IssueChangeRow:
        return IssueChangeRow(
            9, 0, issue_id, to_ms(at(when)), None, "issuelinks", "Link", None, "WEB-8", None, None
        )

    rows = [
        *lived(1, "01-01 todo, 01-02 doing, 01-12 done"),
        *lived(2, "01-01 todo, 01-02 doing, 01-12 done"),
        *lived(8, "01-01 todo, 01-07 done"),
        IssueLinkRow(1, 8, 1, "Blocks"),
        IssueLinkRow(2, 8, 2, "Blocks"),
        linked(1, "01-04"),
    ]

    assert told(rows, "03-03").waiting.causes == (("link", 3 * 86_400_000),)


def test_dropped_items_leave_but_are_not_delivered() -> None:
    """No throughput, no cycle time, no time in status; counted, and no longer in progress."""
    rows = [*lived(1, "01-06 todo, 01-08 doing, 01-10 done"), value(1, "resolution", "2", "01-10")]
    summary = told(rows, "03-03")

    assert (summary.cycle.days.n, summary.cycle.excluded, summary.dropped) == (0, ((DROPPED, 1),), 1)
    assert (summary.statuses, summary.waiting.total_ms) == ((), 0)
    assert [(week.first, week.finished, week.dropped, week.left) for week in summary.weeks][:2] == [
        (date(2025, 1, 6), 0, 1, 1),
        (date(2025, 1, 13), 0, 0, 0),
    ]


def test_sub_tasks_epics_and_what_is_out_of_sight_stand_outside() -> None:
    """An item with children that are no sub-tasks is a heading; one with sub-tasks alone is work."""
    way = "01-06 todo, 01-08 doing, 01-10 done"
    rows = [
        *lived(1, way),
        *lived(2, way, parent_id=1),
        *lived(3, way, is_subtask=True, parent_id=2),
        *lived(4, way, unseen_since_ms=to_ms(at("03-02"))),
    ]

    assert counted(rows) == ((3, 1),)
    assert counted(rows, "02-03") == ((3, 2),)


def test_weeks_without_a_finish_are_zeros_and_the_running_week_is_none() -> None:
    """From the week of the first start up to the last whole one."""
    rows = [
        *lived(1, "01-06 todo, 01-08 doing, 01-10 done"),
        *lived(2, "01-06 todo, 01-22 doing, 01-31 done"),
        *lived(3, "01-06 todo, 02-04 doing, 02-05 done"),
    ]
    weeks = told(rows, "02-06").weeks

    assert [(f"{week.first:%m-%d}", week.finished, week.started, week.net_flow) for week in weeks] == [
        ("01-06", 1, 1, 0),
        ("01-13", 0, 0, 0),
        ("01-20", 0, 1, 1),
        ("01-27", 1, 0, -1),
    ]


def test_a_year_of_silence_is_a_year_of_zeros() -> None:
    """Twelve weeks without anything: no percentile, no efficiency, no residual, and nothing breaks."""
    days = CALENDAR.rows(date(2025, 4, 1), date(2025, 12, 31))
    summary = told([*days, *lived(1, "01-06 todo, 01-08 doing, 01-10 done")], "12-31")

    assert len(summary.weeks) == 51
    assert [week.finished for week in summary.window_weeks] == [0] * 12
    assert {one.days for one in summary.cycle_percentiles} == {None}
    assert (summary.waiting.efficiency, summary.little.residual, summary.level.share) == (None, None, None)


def test_nothing_at_all_is_nothing() -> None:
    """A board without items has no weeks, and says so by what is missing."""
    summary = told([], "03-03")

    assert (summary.weeks, summary.ageing.n, summary.still_open, summary.statuses) == ((), 0, 0, ())
    assert {one.items for one in summary.in_progress} == {0}


def test_ageing_tells_the_oldest_by_name_and_counts_the_others() -> None:
    """By column and age; an item in no column is still in progress, one in the backlog is not."""
    rows = [
        *lived(1, "01-06 todo, 02-24 doing"),
        *lived(2, "01-06 todo, 02-03 doing, 02-10 review"),
        *lived(3, "01-06 todo, 02-28 doing, 03-01 parked"),
        *lived(4, "01-06 todo, 03-03 doing"),
        *lived(5, "01-06 todo"),
    ]
    ageing = told(rows, "03-03").ageing

    assert [(item.issue_key, item.column, item.age_days) for item in ageing.items] == [
        ("WEB-2", "Review", 29),
        ("WEB-1", "Doing", 8),
        ("WEB-3", "in no column", 4),
    ]
    assert [(one.column, one.ages.counts) for one in ageing.columns] == [
        ("Doing", ((1, 1), (8, 1))),
        ("Review", ((29, 1),)),
        ("in no column", ((4, 1),)),
    ]
    assert (ageing.n, told(rows, "03-03").still_open) == (4, 5)


def test_an_age_is_compared_with_the_pace_of_the_column() -> None:
    """Twenty items left Doing on their second day and were done on the fourth: nine days are slow."""
    finished = [
        row for n in range(20) for row in lived(10 + n, "02-01 todo, 02-03 doing, 02-04 review, 02-06 done")
    ]
    (item,) = told([*finished, *lived(1, "02-01 todo, 02-23 doing")], "03-03").ageing.items

    assert (item.age_days, item.typical_days, item.slow_days, item.is_slow) == (9, 2, 2, True)
    assert item.chance is None


def test_cumulative_flow_keeps_its_high_water_mark() -> None:
    """An item that moves back dents nothing; one that skips a column has reached it too."""
    rows = [
        *lived(1, "02-24 todo, 02-25 review, 02-26 todo"),
        *lived(2, "02-24 todo, 02-27 done, 02-28 doing"),
    ]
    reached = {f"{one.day:%m-%d}": one.reached for one in told(rows, "03-03").reached}

    assert [reached[day] for day in ("02-23", "02-24", "02-25", "02-26", "02-27", "03-02")] == [
        (0, 0, 0, 0),
        (2, 0, 0, 0),
        (2, 1, 1, 0),
        (2, 1, 1, 0),
        (2, 2, 2, 1),
        (2, 2, 2, 1),
    ]


def test_without_a_board_the_categories_say_what_is_started_and_done() -> None:
    """A status that no column holds is to do; review and doing are both in progress."""
    rows = lived(1, "01-06 parked, 01-08 review, 01-10 done")
    summary = told(rows, "03-03", Asking(way=by_category()))

    assert summary.cycle.days.counts == ((3, 1),)
    assert [column.name for column in summary.workflow.columns] == ["To Do", "In Progress", "Done"]


def test_another_start_column_starts_later() -> None:
    """What never reached it was never started; the last column never starts anything."""
    rows = [
        *lived(1, "01-06 todo, 01-08 doing, 01-10 review, 01-11 done"),
        *lived(2, "01-06 doing, 01-08 done"),
    ]

    assert told(rows, "03-03", Asking(way=replace(BOARD, start=2))).cycle.days.counts == ((2, 1),)
    assert told(rows, "03-03", Asking(way=replace(BOARD, start=3))).cycle.days.counts == ()


def test_what_began_before_the_calendar_is_counted_and_not_timed() -> None:
    """Its finish counts in throughput; its cycle time is not known in days of the zone."""
    born = issue_row(1, "WEB-1")
    doing = IssueStatusRow(1, "doing", 0, to_ms(at("01-10")))
    done = IssueStatusRow(1, "done", to_ms(at("01-10")), OPEN_END_MS)
    summary = told([born, doing, done], "03-03")
    ageing = told([born, doing._replace(valid_to_ms=OPEN_END_MS)], "03-03").ageing

    assert summary.cycle.excluded == (("begun before the first day of the calendar", 1),)
    assert sum(week.finished for week in summary.weeks) == 1
    assert [summary.in_progress[0].items, summary.in_progress[-1].items] == [1, 0]
    assert (ageing.n, ageing.before_calendar, ageing.items[0].age_days) == (1, 1, None)
