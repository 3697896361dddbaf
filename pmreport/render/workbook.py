"""Tables as one Excel workbook: a sheet each, real dates, and texts that stay texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path
from typing import Any

from pmreport.model.outgoing import Outgoing, Pieces
from pmreport.render.cells import LONGEST, put

MOST_ROWS = 1_048_575  # of a sheet, below its heading
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - Excel knows no zones; what is called `_at` is in UTC


@dataclass(slots=True)
class Written:
    """What went into a workbook: rows and sheets by table, and how many texts were too long for a cell."""

    rows: dict[str, int] = field(default_factory=dict)
    sheets: dict[str, list[str]] = field(default_factory=dict)
    cut: int = 0


def write(
    path: Path, tables: Iterable[tuple[Outgoing, Pieces]], *, made: datetime, most_rows: int = MOST_ROWS
) -> Written:
    """Write the file, a table after the other, each in sheets of `most_rows` rows at most.

    No more than one row is in memory at a time; what is not yet in the file waits beside it. Raises OSError
    where it cannot be written.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    written = Written()
    try:
        with _Target(path, "w") as target, Workbook(target, options) as book:
            book.use_zip64()
            book.set_properties({"title": "pmreport export", "created": made.replace(tzinfo=None)})
            for table, pieces in tables:
                _Sheets(book, table, written, most_rows).write(pieces)
    except FileCreateError as error:
        raise error.args[0] from error
    return written


class _Target(FileIO):
    """A file that says once that it cannot be written to, and from then on loses what it gets.

    The archive in it writes its end when nobody holds it any longer, be the file full or closed; an error
    would be a traceback on the terminal then.
    """

    _is_lost = False

    def write(self, content: Any, /) -> int:
        """Write all of it."""
        left = memoryview(content).cast("B")
        try:
            while left and not self._is_lost:
                left = left[super().write(left) :]
        except OSError:
            self._is_lost = True
            raise
        return len(content)

    def seek(self, *to: int) -> int:
        """Go there."""
        return 0 if self._is_lost else super().seek(*to)

    def tell(self) -> int:
        """Where the next byte goes."""
        return 0 if self._is_lost else super().tell()

    def flush(self) -> None:
        """Nothing waits: each write goes through."""

    def close(self) -> None:
        """End it."""
        self._is_lost = True
        super().close()


class _Sheets:
    """The sheets of one table."""

    def __init__(self, book: Any, table: Outgoing, written: Written, most_rows: int) -> None:
        self._book = book
        self._table = table
        self._written = written
        self._most_rows = most_rows
        self._instants, self._days = table.instants, table.days
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._bold = book.add_format({"bold": True})

    def write(self, pieces: Pieces) -> None:
        """All rows; a table without any has a sheet with its heading."""
        sheet, at, count = self._begin(), 0, 0
        for piece in pieces:
            for record in piece:
                if at == self._most_rows:
                    sheet, at = self._begin(), 0
                at += 1
                count += 1
                self._row(sheet, at, record)
        self._written.rows[self._table.name] = count

    def _begin(self) -> Any:
        names = self._written.sheets.setdefault(self._table.name, [])
        names.append(f"{self._table.name} {len(names) + 1}" if names else self._table.name)
        sheet = self._book.add_worksheet(names[-1])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(self._table.headings) - 1, 18)
        for place, heading in enumerate(self._table.headings):
            sheet.write_string(0, place, heading, self._bold)
        return sheet

    def _row(self, sheet: Any, at: int, record: Sequence[Any]) -> None:
        column = 0
        for place, value in enumerate(record):
            if place in self._days:
                self._write_day(sheet, at, column, value)
            else:
                self._write(sheet, at, column, value)
            column += 1
            if place in self._instants:
                if value is not None:
                    moment = _EPOCH + timedelta(milliseconds=value)
                    put(sheet, at, column, moment, self._moment)
                column += 1

    def _write(self, sheet: Any, at: int, column: int, value: Any) -> None:
        self._written.cut += isinstance(value, str) and len(value) > LONGEST
        if value is not None:
            put(sheet, at, column, value)

    def _write_day(self, sheet: Any, at: int, column: int, value: str | None) -> None:
        """A real date; what is none stays the text it is."""
        try:
            day = datetime.strptime(value, "%Y-%m-%d") if value else None  # noqa: DTZ007 - a day has no zone
        except ValueError:
            day = None
        if day is None:
            self._write(sheet, at, column, value)
        else:
            put(sheet, at, column, day, self._day)
