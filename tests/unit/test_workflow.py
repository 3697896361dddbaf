"""Where work starts and is done on a board, found from its columns and said where it is not plain."""

import pytest

from pmreport.metrics.settings import BoardSettings
from pmreport.metrics.workflow import WorkflowRow, by_category, from_rows

CATEGORIES = {"n": "new", "i": "indeterminate", "d": "done", "-": None}


def board(columns: str, board_id: int = 7) -> list[WorkflowRow]:
    """`n i ni d`: columns A to D of statuses new, in progress, one of each, done; the last is done."""
    told = columns.split()
    return [
        WorkflowRow(
            board_id,
            "Web",
            "project = WEB",
            "ABCDEF"[place],
            place,
            int(place == len(told) - 1),
            CATEGORIES[kind],
        )
        for place, kinds in enumerate(told)
        for kind in kinds
    ]


@pytest.mark.parametrize(
    ("columns", "start", "word"),
    [
        ("n i i d", "B", ""),
        ("n ni i d", "C", ""),
        ("n ni d", "B", "first with one"),
        ("n n d", "B", "second column"),
        ("n i- d", "B", "first with one"),
        ("n d", None, "nothing counts as started"),
        ("d", None, "nothing counts as started"),
        ("n n i", "B", "second column"),
    ],
)
def test_work_starts_where_every_status_is_in_progress(columns: str, start: str | None, word: str) -> None:
    """Else where one is, else in the second column, never in the last; what is not plain is said."""
    way = from_rows(board(columns))[7]

    assert way.start_column == start
    assert word in way.note
    assert bool(way.note) == bool(word)


def test_the_configuration_says_where_work_starts() -> None:
    """By the name of a column, capitals or not; another board is not meant."""
    settings = [BoardSettings(board_id=7, start_column="c"), BoardSettings(board_id=8)]
    ways = from_rows([*board("n i i d"), *board("n i i d", 8)], settings)

    assert (ways[7].start_column, ways[8].start_column) == ("C", "B")
    assert (ways[7].missing_start, ways[7].note) == (None, "")


@pytest.mark.parametrize("wanted", ["Z", "D"])
def test_a_start_column_that_cannot_be_is_told(wanted: str) -> None:
    """It is not on the board, or it is the last one; the start is found as if nothing had been said."""
    way = from_rows(board("n i i d"), [BoardSettings(board_id=7, start_column=wanted)])[7]

    assert (way.missing_start, way.start_column) == (wanted, "B")


def test_a_board_without_columns_follows_the_categories() -> None:
    """And says so; its filter still counts."""
    way = from_rows([WorkflowRow(7, "Web", "project = WEB", None, None, 0, None)])[7]

    assert (way.board_id, way.name, way.filter_jql) == (None, "Web", "project = WEB")
    assert way.columns == by_category().columns
    assert "no columns" in way.note


def test_an_item_may_stand_in_no_column() -> None:
    """Columns are known by their place."""
    way = from_rows(board("n i d"))[7]

    assert [way.column_at(place) for place in (0, 2, 9, None)] == ["A", "C", "in no column", "in no column"]
