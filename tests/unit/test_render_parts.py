"""The small parts of drawing: room for labels, columns, bars, spark lines, colours and cuts."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from pmreport.render import labels, layout, spark
from pmreport.report.view import (
    Bar,
    Bars,
    Column,
    Number,
    Row,
    Segment,
    Table,
    Tone,
)

FOLDER = Path(__file__).parents[2] / "report_templates"
AREA = labels.Plane(
    width=600,
    height=200,
    earliest=datetime(2026, 11, 1, tzinfo=UTC).timestamp(),
    latest=datetime(2026, 11, 21, tzinfo=UTC).timestamp(),
    lowest=0,
    highest=40,
)


def test_labels_at_the_end_of_lines_do_not_cover_each_other() -> None:
    """Three lines that end at one place have labels a line apart, the highest where it belongs."""
    ends = tuple({"at": "2026-11-21T00:00:00Z", "value": value, "text": "x"} for value in (39, 40, 39.5))

    heights = [AREA.y(end) + float(str(end["shift"])) for end in labels.shifted(ends, AREA)]

    assert heights[0] == 0
    assert all(lower - upper >= labels.LINE_HEIGHT - 0.1 for upper, lower in pairwise(heights))


def test_labels_that_would_run_out_below_are_moved_up() -> None:
    """Three lines that end at the bottom have labels above each other, none below the plane."""
    ends = tuple({"at": "2026-11-21", "value": value, "text": "x"} for value in (0, 0, 0.5))

    heights = [AREA.y(end) + float(str(end["shift"])) for end in labels.shifted(ends, AREA)]

    assert heights == [170, 185, 200]


def test_a_plane_that_begins_at_its_lowest_value_knows_points_by_an_index() -> None:
    """Values of a goal have no days, and do not begin at zero."""
    points: tuple[labels.Point, ...] = ({"index": 1, "value": 30}, {"index": 3, "value": 38, "high": 40})
    area = labels.plane({"values": points}, width=100, height=50, from_zero=False)

    assert area is not None
    assert [(area.x(point), area.y(point)) for point in points] == [(0, 50), (100, pytest.approx(10))]


def test_labels_far_apart_stay_where_they_are() -> None:
    """A label is moved only for one it would meet."""
    ends: tuple[labels.Point, ...] = (
        {"at": "2026-11-02T00:00:00Z", "value": 40, "text": "x"},
        {"at": "2026-11-21T00:00:00Z", "value": 40, "text": "x"},
    )

    assert [end["shift"] for end in labels.shifted(ends, AREA)] == [0, 0]


def test_notes_on_neighbouring_days_stand_on_levels() -> None:
    """The fourth note at one place finds no level, and is left to the table."""
    notes: tuple[labels.Point, ...] = tuple(
        {"at": f"2026-11-03T0{hour}:00:00Z", "value": 40, "text": "+3 scope"} for hour in range(4)
    )

    assert [note["level"] for note in labels.levelled(notes, AREA)] == [0, 1, 2, None]


def test_a_plane_needs_a_point() -> None:
    """Points without a time or a value span nothing."""
    assert (
        labels.plane(
            {"a": [{"at": "soon", "value": 1}, {"at": "2026-11-03", "value": None}]}, width=1, height=1
        )
        is None
    )


def test_bars_of_a_mail_fill_the_row_of_the_longest() -> None:
    """The longest bar takes all, the others their share, and nothing has no cell."""
    parts = (Segment(label="a", value=30, tone=Tone.GOOD), Segment(label="b", value=0, tone=Tone.BAD))
    bars = (Bar(label="long", segments=parts), Bar(label="short", segments=(replace(parts[0], value=3),)))
    table = Table(id="t", caption="", columns=(), rows=())

    long, short = layout.shares(Bars(id="b", caption="", description="", bars=bars, table=table))

    assert [(cell.segment.label, cell.percent) for cell in long.cells] == [("a", 100)]
    assert (short.cells[0].percent, short.rest, short.total) == (10, 90, 3)


@pytest.mark.parametrize(
    ("count", "rows"), [(0, []), (3, [3]), (4, [4]), (5, [3, 2]), (6, [3, 3]), (9, [3, 3, 3])]
)
def test_things_stand_in_even_rows(count: int, rows: list[int]) -> None:
    """Five in rows of four are three and two, never four and one."""
    assert [len(row) for row in layout.in_rows_of(range(count), 4)] == rows


def test_a_table_that_fits_stands_in_columns() -> None:
    """Numbers to the right, words to the left, one line a row."""
    table = Table(
        id="t",
        caption="",
        columns=(Column(title="Sprint"), Column(title="Points", numeric=True)),
        rows=(Row(cells=(("Sprint 1",), (Number(value=Decimal(8)),))), Row(cells=(("Sprint 2",),))),
        more=2,
    )

    assert layout.text_table(table, "UTC").splitlines() == [
        "  Sprint    Points",
        "  --------  ------",
        "  Sprint 1       8",
        "  Sprint 2",
        "  and 2 more",
    ]


def test_a_table_too_wide_is_told_row_by_row() -> None:
    """Each row begins with its name, then every column says its own."""
    columns = tuple(Column(title=f"Column number {number}") for number in range(9))
    cells = (("WEB-1",), *(("w" * 20,) for _ in range(7)), ())
    told = layout.text_table(
        Table(id="t", caption="", columns=columns, rows=(Row(cells=cells), Row(cells=()))), "UTC"
    )

    assert told.startswith(f"  * WEB-1\n    Column number 1: {'w' * 20}; Column number 2:\n    www")
    assert told.endswith("\n  * –")


def test_an_empty_table_says_so() -> None:
    """The words for nothing are the table's own."""
    assert (
        layout.text_table(Table(id="t", caption="", columns=(), rows=(), empty="No item."), "UTC")
        == "  No item."
    )


def test_a_trend_is_drawn_with_its_gaps() -> None:
    """A gap parts the line, a lonely value is a dot, and the newest value is marked."""
    drawn = spark.lines((Decimal(1), Decimal(2), None, Decimal(1), None, Decimal(3)))

    assert drawn is not None
    assert len(drawn.lines) == 1
    assert len(drawn.dots) == 2
    assert drawn.last == (92.0, 4.0)


@pytest.mark.parametrize("trend", [(), (Decimal(1),), (None, Decimal(1))])
def test_one_value_is_no_trend(trend: tuple[Decimal | None, ...]) -> None:
    """A line has two ends."""
    assert spark.lines(trend) is None


def test_a_trend_whose_last_value_is_missing_marks_none() -> None:
    """The newest value is not known, so no dot claims to be it."""
    drawn = spark.lines((Decimal(1), Decimal(1), None))

    assert drawn is not None
    assert drawn.last is None
