"""What a command shows of its numbers: money as money, intervals where there are some, reasons once."""

from decimal import Decimal

import pytest

from pmreport.cli.show.answer import explanation, figure, values_table
from pmreport.metrics.value import Value
from pmreport.stats.proportion import Interval


def value(number: Decimal | None, unit: str, label: str = "Cost", **facts: object) -> Value:
    """A number of some kind."""
    told = {"id": label, "definition": "actual-cost", "label": label, "value": number, "unit": unit, "n": 3}
    return Value(**{**told, **facts})  # type: ignore[arg-type]  # any field of a value


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        ("1200", "EUR", "EUR 1\u202f200"),
        ("-1234567.5", "CHF", "CHF -1\u202f234\u202f568"),
        ("-0.4", "EUR", "EUR 0"),
        ("1218.75", "h", "1219 h"),
        (None, "EUR", "–"),
    ],
)
def test_money_is_whole_with_thousands_apart(number: str | None, unit: str, shown: str) -> None:
    """The currency in front, rounded half even once, never a minus zero; other units stay behind."""
    assert figure(value(None if number is None else Decimal(number), unit)) == shown


@pytest.mark.parametrize(("unit", "begin"), [("x", "1"), ("EUR", "EUR 1")])
def test_a_number_of_many_digits_is_written_out(unit: str, begin: str) -> None:
    """Absurd input makes absurd numbers; they are shown, for a fault would hide all the others."""
    shown = figure(value(Decimal("1.25e60"), unit))

    assert shown.startswith(begin)
    assert sum(sign.isdecimal() for sign in shown) == 61


def test_a_column_of_intervals_is_there_only_where_one_is_known() -> None:
    """An empty column says nothing and takes the room of the notes."""
    plain = value(Decimal(1), "x")
    sure = value(Decimal(1), "x", interval=Interval(0.5, 1.5))

    assert "Interval" not in [column.title for column in values_table([plain]).columns]
    assert values_table([plain, sure]).rows[1][2] == "0.5 to 1.5"
    assert all(len(row) == 6 for row in values_table([plain, sure]).rows)


def test_what_was_left_out_is_said_once() -> None:
    """Twenty numbers that rest on the same items left the same ones out."""
    out = (("dropped", 2), ("without an estimate", 1))
    shown = [value(Decimal(1), "x", label, excluded=out) for label in ("One", "Two", "Three")]

    notes = explanation(
        [*shown, value(Decimal(1), "x", "Four", excluded=(("dropped", 9),)), value(None, "x")]
    ).notes
    assert notes == (
        "Left out of One and 2 more: 2 dropped, 1 without an estimate.",
        "Left out of Four: 9 dropped.",
    )
