"""Instants as numbers, and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.model.instant import OPEN_END_MS, from_ms, to_iso, to_ms


def test_an_instant_is_the_same_number_in_every_zone() -> None:
    """Noon in UTC is two o'clock two hours further east."""
    east = timezone(timedelta(hours=2))

    assert to_ms(datetime(1970, 1, 2, 14, tzinfo=east)) == to_ms(datetime(1970, 1, 2, 12, tzinfo=UTC))


def test_a_naive_instant_is_refused() -> None:
    """Nobody knows which moment it means."""
    with pytest.raises(ValueError, match="needs a zone"):
        to_ms(datetime(2026, 1, 1))  # noqa: DTZ001 - the very thing that is refused


def test_less_than_a_millisecond_is_cut_off() -> None:
    """Also before 1970, where cutting off means going further back."""
    assert to_ms(datetime(1970, 1, 1, 0, 0, 0, 1999, tzinfo=UTC)) == 1
    assert to_ms(datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)) == -1


@given(st.integers(-(10**12), OPEN_END_MS))
def test_a_number_leads_back_to_itself(milliseconds: int) -> None:
    """Nothing is lost, as it would be by way of a float."""
    assert to_ms(from_ms(milliseconds)) == milliseconds


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1, "1970-01-01T00:00:00.001Z"),
        (OPEN_END_MS, "9999-12-31T00:00:00Z"),
        (None, None),
    ],
)
def test_iso_shows_milliseconds_only_where_there_are_any(milliseconds: int | None, text: str | None) -> None:
    """And nothing stays nothing."""
    assert to_iso(milliseconds) == text
