"""The tables a person reads in the terminal."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pmreport.cli.grid import Column, Grid, plain, width
from pmreport.cli.tables import (
    amount,
    answer_table,
    percent,
    sprint_tables,
)
from pmreport.metrics.ledger import Unit
from tests.support import report_inputs


def text_of(grids: tuple[Grid, ...]) -> str:
    """The tables as they are written into a file."""
    return "\n\n".join(plain(grid) for grid in grids)


def test_the_sprints_of_a_board_stand_under_its_name() -> None:
    """One line a sprint: what was committed, what changed, what was done, and the two ratios."""
    ledgers = (report_inputs.worked_sprint(), report_inputs.running_sprint())

    assert text_of(sprint_tables(ledgers, "Europe/Berlin")) == (
        "Web (points)\n"
        "Sprint     Closed      Committed  Added  Removed  Re-est.  Done  Left  Done/com.  Reliable\n"
        "---------  ----------  ---------  -----  -------  -------  ----  ----  ---------  --------\n"
        "Sprint 10  2025-03-14         29      9       10       +9    19    18       66 %      41 %\n"
        "Sprint 24  active             29      4        3       +3     8    25          –         –"
    )


def test_each_board_has_a_table_of_its_own() -> None:
    """Points and hours of two boards are never in one column."""
    web = report_inputs.closed_sprint(23, 30, 20)
    app = replace(web, board_id=8, board_name="App", unit=Unit.SECONDS)

    text = text_of(sprint_tables((web, app), "UTC"))

    assert "Web (points)" in text
    assert "App (hours)" in text


def test_an_incomplete_sprint_is_marked() -> None:
    """A star beside its name, what the star means below, and no ratios."""
    sprint = replace(report_inputs.worked_sprint(), is_incomplete=True)

    text = text_of(sprint_tables((sprint,), "UTC"))

    assert "Sprint 10 *" in text
    assert " %" not in text
    assert text.endswith(
        "* began before the history that was read: items may be missing, so it has no ratios."
    )


def test_a_ledger_that_does_not_add_up_is_named() -> None:
    """Below the table stands which sprint not to use."""
    sprint = report_inputs.worked_sprint()
    broken = replace(sprint, amounts=replace(sprint.amounts, added=Decimal(1)))

    text = text_of(sprint_tables((broken,), "UTC"))

    assert text.endswith("The ledger of Sprint 10 does not add up: do not use its numbers.")


def test_no_sprint_is_said_in_words() -> None:
    """A site without a started sprint is no error."""
    assert text_of(sprint_tables((), "UTC")) == "No sprint has started yet."


def test_numbers_of_an_answer_stand_at_the_right() -> None:
    """A column of numbers is aligned at its end; NULL is a blank."""
    table = answer_table(("name", "n"), [("a", 5), ("b", None), ("c", Decimal("12.5"))])

    assert plain(table) == "name     n\n----  ----\na        5\nb\nc     12.5"
    assert plain(answer_table(("name",), [])) == "The query found nothing."


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("29", Unit.POINTS, "29"),
        ("2.500", Unit.POINTS, "2.5"),
        ("-3", Unit.POINTS, "-3"),
        ("0", Unit.ISSUES, "0"),
        ("5400", Unit.SECONDS, "1.5"),
        ("3600", Unit.SECONDS, "1"),
        ("900", Unit.SECONDS, "0.2"),
    ],
)
def test_an_amount_has_no_needless_zeros(value: str, unit: Unit, text: str) -> None:
    """Points as they are, seconds as hours, rounded half even."""
    assert amount(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (None, "–"),
        ("0.655", "66 %"),
        ("1", "100 %"),
        ("0.9996", "100.0 %"),
        ("0.996", "99.6 %"),
        ("1.3", "130 %"),
    ],
)
def test_a_hundred_per_cent_is_said_only_of_exactly_that(ratio: str | None, text: str) -> None:
    """What is nearly everything is not everything."""
    assert percent(None if ratio is None else Decimal(ratio)) == text


def test_wide_signs_keep_the_columns_straight() -> None:
    """An East Asian sign takes two places, an accent above a letter none."""
    grid = Grid(
        title="",
        columns=(Column(title="Name"), Column(title="n", is_number=True)),
        rows=(("日本", "1"), ("e\u0301", "22")),
    )

    assert plain(grid) == "Name   n\n----  --\n日本   1\ne\u0301     22"
    assert (width("日本"), width("e\u0301"), width("ab")) == (4, 1, 2)


def test_text_from_jira_cannot_break_a_table() -> None:
    """Line ends, tabs and control codes of a summary become harmless signs on one line."""
    grid = Grid(title="", columns=(Column(title="x"),), rows=(("a\nb\tc\x1b[31md\u202e",),))

    assert plain(grid).split("\n")[-1] == "a b c\N{SYMBOL FOR ESCAPE}[31md[RLO]"
