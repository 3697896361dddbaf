"""Weekly updates: sent, short, whole, honest, and new."""

from pmreport.metrics.updates import Update, is_alike, values
from pmreport.metrics.value import Value

WHOLE = Update(period="2026-W45", is_sent=True, words=120, is_whole=True, bottom_line="All is well so far")


def told(*weeks: Update) -> dict[str, Value]:
    """The numbers by id."""
    return {value.id: value for value in values(weeks)}


def test_each_week_counts_for_what_it_was() -> None:
    """Three of four sent, one of them green over red, one copied, a middle length of the three drafts."""
    numbers = told(
        WHOLE,
        Update(period="2026-W46", is_sent=True, words=300, bottom_line="all is well so far"),
        Update(period="2026-W47", is_sent=False, words=90, bottom_line="Payment slips by a week"),
        Update(period="2026-W48", is_sent=True, is_green_over_red=True),
    )

    assert (numbers["updates-sent"].value, numbers["updates-sent"].n) == (75, 4)
    assert (numbers["update-length"].value, numbers["update-length"].n) == (120, 3)
    assert (numbers["updates-copied"].value, numbers["updates-copied"].n) == (50, 2)
    assert round(numbers["updates-whole"].value or 0) == 33  # type: ignore[arg-type]  # no day
    assert round(numbers["updates-honest"].value or 0) == 67  # type: ignore[arg-type]  # no day


def test_without_updates_nothing_is_said() -> None:
    """No data is no zero, and two drafts have no middle."""
    numbers = told()

    assert {value.value for value in numbers.values()} == {None}
    assert all(value.note for value in numbers.values())
    assert told(WHOLE, WHOLE)["update-length"].note == "fewer than 3 drafts are known"


def test_copied_is_nine_tenths_of_the_words() -> None:
    """A number changed in a sentence of ten words is copied; half a sentence is not, nor is nothing."""
    line = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"

    assert is_alike(line, f"{line} seventeen")
    assert not is_alike(line, "one two three four")
    assert not is_alike("", "")
