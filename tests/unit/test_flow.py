"""From rows to finished and flagged items."""

from datetime import UTC, datetime
from decimal import Decimal

from pmreport.metrics.flow import FinishedRow, FlaggedRow, finished_from_rows, flagged_from_rows


def test_dropped_items_are_marked_and_not_left_out() -> None:
    """What was dropped is done too, but nothing was delivered."""
    kept = FinishedRow(1, "WEB-1", "Pay by card", "Story", 1_000, 2_500, "WEB-9", "Checkout", "Ann", "Done")
    gone = FinishedRow(2, "WEB-2", "Pay by fax", None, 2_000, None, None, None, None, "Won't Do")

    first, second = finished_from_rows([kept, gone], dropped_resolutions=("Won't Do",))
    assert (first.dropped, first.points, first.parent_key) == (False, Decimal("2.5"), "WEB-9")
    assert first.done == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert (second.dropped, second.points, second.type_name, second.owner) == (True, None, "", None)


def test_a_flag_tells_since_when() -> None:
    """An unknown status is an empty word."""
    (told,) = flagged_from_rows([FlaggedRow(1, "WEB-1", "Pay by card", None, 1_000, "Ann")])

    assert (told.status, told.owner) == ("", "Ann")
    assert told.since == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
