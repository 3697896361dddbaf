"""What a person typed into a workbook, on its way into the next one."""

from dataclasses import replace
from datetime import date

import pytest

from pmreport.report.sheets import carry
from pmreport.report.sheets.carry import LEFT_ON, Before, Kept, Words, kept
from pmreport.report.sheets.shape import Sheet
from pmreport.report.view import Column, Link, Row, Table

TODAY = date(2026, 11, 27)
KEYS = frozenset({"AB-1", "AB-2", "AB-3", "ask-0a1b2c"})
TITLES = ("ID", "Summary", "Comment (yours)", "Mood")
SHEET = Sheet(
    name="Actions",
    table=Table(
        id="t",
        caption="t",
        columns=(Column(title="ID"), Column(title="Summary")),
        rows=(Row(cells=((Link("AB-1", "https://x.example"),), ("One",))), Row(cells=(("AB-2",), ("Two",)))),
    ),
    yours=("Comment (yours)",),
    named=frozenset({"AB-1", "AB-2", "AB-3"}),
)


def carried(*rows: Words, left: tuple[Words, ...] = (), keys: frozenset[str] | None = KEYS) -> Kept:
    """What is kept of a workbook with these rows."""
    return kept(SHEET, Before(titles=TITLES, rows=rows, keys=keys, left=left), TODAY)


def test_without_a_workbook_before_nothing_is_kept() -> None:
    """The columns of the person are there, and empty."""
    assert kept(SHEET, Before(), TODAY) == Kept(titles=("Comment (yours)",))


def test_words_stay_with_their_entry_wherever_its_row_has_gone() -> None:
    """By the name of the entry, and only those in the columns of the person: all else is written anew."""
    told = carried(
        {"ID": "AB-2", "Summary": "Old words", "Comment (yours)": "mine"}, {"ID": "AB-1", "Summary": "One"}
    )

    assert told.beside == {"AB-2": {"Comment (yours)": "mine"}}
    assert (told.own, told.left) == ((), ())


def test_a_column_that_the_person_added_is_kept_with_its_words() -> None:
    """Behind those of the sheet; one in which nothing stands is not."""
    with_words = carried({"ID": "AB-1", "Mood": 3}, {"ID": "AB-2", "Comment (yours)": "mine"})
    without = carried({"ID": "AB-1", "Comment (yours)": "mine"})

    assert with_words.titles == ("Comment (yours)", "Mood")
    assert with_words.beside["AB-1"] == {"Mood": 3}
    assert without.titles == ("Comment (yours)",)


def test_a_row_that_the_person_added_stays_whole() -> None:
    """With or without a name of its own."""
    mine: tuple[Words, ...] = ({"Summary": "Call Kim"}, {"ID": "X", "Summary": "Buy cake", "Mood": "!"})

    assert carried(*mine).own == mine


def test_words_beside_an_entry_that_is_gone_are_left_with_its_summary_and_the_day() -> None:
    """A row without words of the person is not kept: nothing of it is theirs."""
    told = carried({"ID": "AB-3", "Summary": "Three", "Comment (yours)": "mine"}, {"ID": "ask-0a1b2c"})

    assert told.left == ({"ID": "AB-3", "Summary": "Three", LEFT_ON: TODAY, "Comment (yours)": "mine"},)


def test_what_was_left_stays_left_until_its_entry_comes_back() -> None:
    """With the day on which it was missed first."""
    before: Words = {"ID": "AB-3", "Summary": "Three", LEFT_ON: date(2026, 11, 2), "Comment (yours)": "mine"}
    back: Words = {"ID": "AB-1", "Summary": "One", LEFT_ON: date(2026, 11, 2), "Comment (yours)": "again"}

    told = carried(left=(before, back))

    assert told.left == (before,)
    assert told.beside == {"AB-1": {"Comment (yours)": "again"}}


def test_a_second_row_of_the_same_name_is_left() -> None:
    """Copied by the person, or come back while something new stands there: both texts are kept."""
    first: Words = {"ID": "AB-1", "Comment (yours)": "first"}
    second: Words = {"ID": "AB-1", "Comment (yours)": "second"}

    told = carried(first, second, left=({**second, "Mood": 1},))

    assert told.beside == {"AB-1": {"Comment (yours)": "first"}}
    assert [row["Comment (yours)"] for row in told.left] == ["second", "second"]


@pytest.mark.parametrize(
    ("name", "is_entry"),
    [
        ("AB-3", True),
        ("AB-3#17", True),
        ("ask-0a1b2c", True),
        ("risk-ffffff", True),
        ("my own", False),
        ("", False),
    ],
)
def test_where_the_list_of_entries_is_gone_their_names_tell_them(name: str, is_entry: bool) -> None:  # noqa: FBT001
    """Every other row is the person's."""
    row: Words = {"ID": name, "Comment (yours)": "mine"} if name else {"Comment (yours)": "mine"}

    told = carried(row, keys=None)

    assert (told.own == (row,)) is not is_entry
    assert bool(told.left) is is_entry


def test_an_issue_that_must_not_be_named_any_more_is_not_named_among_the_left() -> None:
    """The words of the person are theirs and stay; the key and the summary are Jira's and go."""
    secret = replace(SHEET, named=frozenset({"AB-1"}))
    row: Words = {"ID": "AB-3", "Summary": "Secretword", "Comment (yours)": "mine"}

    told = kept(secret, Before(titles=TITLES, rows=(row,), keys=KEYS), TODAY)

    assert told.left == ({"ID": "Restricted item", LEFT_ON: TODAY, "Comment (yours)": "mine"},)


def test_the_name_of_an_entry_is_the_text_of_its_first_cell() -> None:
    """Also where that is a link."""
    assert carry.keys_of(SHEET) == ("AB-1", "AB-2")
