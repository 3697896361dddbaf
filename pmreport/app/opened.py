"""An Excel workbook that anybody may have saved, opened for reading."""

import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

PLAIN = str | bool | int | float | datetime | date | time | timedelta
Line = tuple[Any, ...]
_LARGEST = 50_000_000  # bytes, unpacked


class Opened:
    """The sheets of a workbook. A formula that somebody typed is read as what it came to.

    Raises OSError where the file cannot be opened, and whatever a torn file makes its reader stumble over.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise OSError(0, "it is too large")
        self._path = path
        self._files: dict[bool, Any] = {}
        self.names = frozenset(self._file(computed=False).sheetnames)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def lines(self, name: str) -> list[Line]:
        """The rows of a sheet from the top, without gaps; none where there is no such sheet."""
        if name not in self.names:
            return []
        told = self._lines(name, computed=False)
        if not any(_is_formula(value) for line in told for value in line):
            return told
        pairs = zip(told, self._lines(name, computed=True), strict=True)
        return [tuple(map(_come_to, *pair)) for pair in pairs]

    def _lines(self, name: str, *, computed: bool) -> list[Line]:
        sheet = self._file(computed=computed)[name]
        sheet.reset_dimensions()  # other programs write them wrong
        return list(sheet.iter_rows(values_only=True))

    def _file(self, *, computed: bool) -> Any:
        from openpyxl import load_workbook  # type: ignore[import-untyped]

        if computed not in self._files:
            with warnings.catch_warnings():  # about what it would not keep: nothing is written back
                warnings.simplefilter("ignore")
                self._files[computed] = load_workbook(self._path, read_only=True, data_only=computed)
        return self._files[computed]


def _is_formula(value: Any) -> bool:
    return value.startswith("=") if isinstance(value, str) else not isinstance(value, PLAIN | None)


def _come_to(written: Any, computed: Any) -> Any:
    return written if computed is None else computed
