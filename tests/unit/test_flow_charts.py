"""The pictures of flow: their findings as sentences, their data, and what is said where there are too few."""

from dataclasses import replace
from datetime import date

import pytest

from pmreport.metrics.ageing import Ageing, AgeingColumn, AgeingItem, ColumnPace
from pmreport.metrics.flow_query import AgeingRow, ColumnCountRow
from pmreport.report import build, flow_charts
from pmreport.report.sections import flow_pictures
from pmreport.report.view import Chart, Link, Paragraph, Table
from pmreport.stats.histogram import histogram
from tests.support.flowing import OPEN, board, summary, team_inputs
from tests.support.report_inputs import section_of

DOING = ColumnPace(column="Doing", n=20, typical_days=3, slow_days=9)
REVIEW = ColumnPace(column="In Review", n=4, typical_days=None, slow_days=None)


def ageing(*ages: tuple[str, int, int]) -> Ageing:
    """Items in progress by column, age and number."""
    names = list(dict.fromkeys(name for name, _, _ in ages))
    return Ageing(
        items=tuple(
            AgeingItem(
                issue_key=f"WEB-{days}",
                summary="",
                column=name,
                started=date(2025, 1, 1),
                age_days=days,
                typical_days=None,
                slow_days=None,
                chance=None,
            )
            for name, days, _ in ages
        ),
        columns=tuple(
            AgeingColumn(
                column=name, ages=histogram((days, count) for other, days, count in ages if other == name)
            )
            for name in names
        ),
        ages=histogram((days, count) for _, days, count in ages),
        before_calendar=0,
    )


@pytest.mark.parametrize(
    ("ages", "finding"),
    [
        (
            (("Doing", 40, 1),),
            "The one item in progress is older than 85 % had been when they left the column",
        ),
        (
            (("Doing", 40, 3),),
            "All 3 items in progress are older than 85 % had been when they left the column",
        ),
        (
            (("Doing", 40, 1), ("Doing", 9, 2)),
            "1 of 3 items in progress is older than 85 % had been when they left the column",
        ),
        ((("Doing", 9, 2),), "Nothing in progress is older than 85 % had been when they left the column"),
        ((("In Review", 9, 2),), "2 items in progress, too few finished ones to say what is usual"),
    ],
    ids=["the one", "all", "some", "none", "too few"],
)
def test_ageing_work_is_told_against_what_is_usual(
    ages: tuple[tuple[str, int, int], ...], finding: str
) -> None:
    """A column in which too few were finished judges nobody."""
    assert flow_charts.ageing_finding(ageing(*ages), (DOING, REVIEW)) == finding


def test_every_item_in_progress_is_drawn_in_its_column() -> None:
    """Columns from left to right, also an empty one and none of the board; a withheld item has no label."""
    found = ageing(("Doing", 40, 1), ("Doing", 9, 2), ("in no column", 5, 1))
    hidden = replace(found, items=tuple(replace(item, issue_key="") for item in found.items))
    data = flow_charts.ageing(found, (DOING, REVIEW))

    assert [(row["place"], row["column"], row["slow"]) for row in data["columns"]] == [
        (0, "Doing", 9),
        (1, "In Review", None),
        (2, "in no column", None),
    ]
    assert [tuple(row.values()) for row in data["open"]] == [
        (0, 9, 2, False),
        (0, 40, 1, True),
        (2, 5, 1, False),
    ]
    assert [row["text"] for row in data["oldest"]] == ["WEB-40", "WEB-5"]
    assert flow_charts.ageing(hidden, (DOING, REVIEW))["oldest"] == ()


def test_cycle_times_say_what_most_took_and_what_was_promised() -> None:
    """The dots are the items, the lines real durations; with 19 items 85 % is too few to say."""
    many, few = summary(24), summary(19)

    assert flow_charts.cycle_finding(many) == (
        "85 % took 11 days or less, half 6 or less; 16 of 24 items kept to the promised 8"
    )
    assert flow_charts.cycle_finding(few) == (
        "19 finished items in 12 weeks, too few to say how long 85 % take, which needs 20"
    )
    assert sum(int(str(row["items"])) for row in flow_charts.cycle_times(many)["items"]) == 24
    assert [row["text"] for row in flow_charts.cycle_times(many)["lines"]] == [
        "half in 6 days",
        "85 % in 11 days",
        "promised: 8 days",
    ]
    assert [row["kind"] for row in flow_charts.cycle_times(few)["lines"]] == ["half", "promised"]


def test_what_came_in_and_went_out_is_counted_from_the_first_day() -> None:
    """Bands stand on one another, done at the bottom and from nothing; the last day names each."""
    found = summary(24)
    data = flow_charts.cumulative_flow(found)

    assert flow_charts.flow_finding(found) == (
        "In 84 days 26 items came in and 24 were done: 2 more came in than went out"
    )
    assert [(row["text"], row["series"]) for row in data["ends"]] == [
        ("Done 24", "done"),
        ("In Review 2", "going"),
        ("Doing 0", "going"),
    ]
    assert [row["value"] for row in data["bands"]][-3:] == [24, 26, 26]
    assert all(float(str(row["low"])) <= float(str(row["value"])) for row in data["bands"])


def test_as_many_out_as_in_is_said_so() -> None:
    """And fewer in than out, where what was begun before was done."""
    even = (
        ColumnCountRow("reached", "2025-01-10", 0, 1, None, 2),
        ColumnCountRow("reached", "2025-01-12", 1, 3, None, 2),
    )
    before = (
        ColumnCountRow("reached", None, 0, 1, None, 1),
        ColumnCountRow("reached", "2025-02-01", 1, 3, None, 1),
    )

    assert flow_charts.flow_finding(summary(0, reached=even)).endswith("2 were done: as many as came in")
    assert flow_charts.flow_finding(summary(0, reached=before)) == (
        "In 84 days 0 items came in and 1 was done: 1 fewer came in than went out"
    )


def test_too_few_are_told_and_not_drawn() -> None:
    """A sentence and the table; without any only the sentence, and no picture of nothing in progress."""
    inputs = team_inputs()
    few, none = board(summary(2)), board(summary(0, reached=()))
    sentence, table = flow_pictures.cycle_times(inputs, few)
    (nothing,) = flow_pictures.cycle_times(inputs, none)
    (still,) = flow_pictures.cumulative_flow(none)

    assert sentence == Paragraph(("2 items with a cycle time: too few to draw.",), quiet=True)
    assert isinstance(table, Table)
    assert len(table.rows) == 2
    assert nothing == Paragraph(("0 items with a cycle time: too few to draw.",), quiet=True)
    assert still == Paragraph(
        ("Nothing came in and nothing was done: there is no flow to draw.",), quiet=True
    )
    assert flow_pictures.ageing(none) == ()


def test_the_pictures_of_a_board_lead_to_its_items() -> None:
    """Three pictures, each over the table of its values; the longest items are listed, the others counted."""
    many = replace(team_inputs(), flow=(board(summary(120, ageing=OPEN)),))
    section = section_of(build.team(many), "board-7")
    ages, times, flow = (block for block in section.blocks if isinstance(block, Chart))
    first = times.table.rows[0].cells

    assert [chart.spec for chart in (ages, times, flow)] == ["ageing", "cycle-times", "cumulative-flow"]
    assert isinstance(first[0][0], Link)
    assert (len(times.table.rows), times.table.more) == (100, 20)
    assert [row.cells[0][0] for row in ages.table.rows] == ["Doing", "In Review"]
    assert len(flow.table.columns) == 4


def test_what_stands_in_no_column_is_in_the_table_of_ages() -> None:
    """After the columns of the board."""
    (ages,) = flow_pictures.ageing(
        board(summary(ageing=(*OPEN, AgeingRow("WEB-5", "Off", None, "2025-03-01", 3, 1))))
    )

    assert isinstance(ages, Chart)
    assert [row.cells[0][0] for row in ages.table.rows] == ["Doing", "In Review", "in no column"]
