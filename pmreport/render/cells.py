"""One cell of an Excel workbook, by the kind of its value: no text ever becomes a formula or a link."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

LONGEST = 32_767  # characters of a cell
LONGEST_ADDRESS = 2_079  # of a link
_EXACT = 10**15  # Excel keeps fifteen digits: a longer number is written as text
_FIRST_DAY = date(1900, 1, 1)  # of Excel's calendar
_CUT = " … (cut)"


def put(sheet: Any, at: int, column: int, value: Any, form: Any = None) -> None:
    """Write the value, None as an empty cell.

    By the kind of the value: the library would guess, and take a text for a formula or an address. What Excel
    cannot hold as what it is becomes a text: a day before 1900, a number that is too long or none.
    """
    match value:
        case None:
            sheet.write_blank(at, column, None, form)
        case bool():
            sheet.write_boolean(at, column, value, form)
        case str():
            sheet.write_string(at, column, fitting(value), form)
        case date() if (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY:
            sheet.write_datetime(at, column, value, form)
        case time() | timedelta():
            sheet.write_datetime(at, column, value, form)
        case datetime():
            sheet.write_string(at, column, value.isoformat(" "), form)
        case date():
            sheet.write_string(at, column, value.isoformat(), form)
        case int() | float() | Decimal() if abs(float(value)) < _EXACT:
            sheet.write_number(at, column, value, form)
        case _:
            sheet.write_string(at, column, str(value), form)


def fitting(text: str) -> str:
    """The text, cut where it is longer than a cell."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT
