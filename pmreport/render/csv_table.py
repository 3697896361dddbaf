"""A table as CSV for a spreadsheet: UTF-8 with its mark, no text that would be computed or obeyed."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pmreport.model.instant import to_iso
from pmreport.model.outgoing import Outgoing, Pieces, defused
from pmreport.model.visible import visible


def write(path: Path, table: Outgoing, pieces: Pieces) -> int:
    """Write the file; how many rows it has."""
    count = 0
    instants = table.instants
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.writer(file, lineterminator="\r\n")  # else a lone CR within a text is not quoted
        rows.writerow(table.headings)
        for piece in pieces:
            rows.writerows([_cells(record, instants) for record in piece])
            count += len(piece)
    return count


def _cells(record: Sequence[Any], instants: frozenset[int]) -> list[Any]:
    cells = []
    for place, value in enumerate(record):
        cells.append(_cell(value))
        if place in instants:
            cells.append(to_iso(value))
    return cells


def _cell(value: Any) -> Any:
    """As JSON writes it where Python's own word would be another; control codes of a text can be seen.

    Who looks at the file in a terminal is not steered by it, and no line reads as another one.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return visible(defused(value)) if isinstance(value, str) else value
