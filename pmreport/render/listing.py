"""A table that is too wide for a telephone, as a list that says the same.

Pure: the first cell of a row becomes the entry, the others stand below it behind the names of their columns.
"""

from pmreport.render.filters import plain
from pmreport.report.view import Inline, Item, Items, Paragraph, Row, Strong, Table, Text

NARROW = 44  # letters beside each other on a telephone
WORD = 16  # letters: a longer word may be broken
_ZONE = "UTC"  # only the length of a moment is of interest


def longest_word(text: str) -> int:
    """The letters of the longest word."""
    return max(map(len, text.split()), default=0)


def is_wide(table: Table) -> bool:
    """Whether its columns have no room beside each other without breaking words; or name nothing at all."""
    columns = range(len(table.columns))
    return not table.rows or sum(_breadth(table, number) + 1 for number in columns) > NARROW


def listed(table: Table) -> tuple[Paragraph | Items, ...]:
    """The caption, an entry for each row, and the note."""
    entries = Items(items=tuple(_entry(table, row) for row in table.rows), more=table.more, empty=table.empty)
    caption = (Paragraph((Strong(table.caption),)),) if table.caption else ()
    note = (Paragraph(table.note, quiet=True),) if table.note else ()
    return (*caption, entries, *note)


def _breadth(table: Table, number: int) -> int:
    """The letters that a column needs: words stay whole, and names have room for two or three."""
    column = table.columns[number]
    cells = [plain(row.cells[number], _ZONE, iso=True) for row in table.rows if number < len(row.cells)]
    words = max(map(longest_word, (column.title, *cells)))
    return min(WORD, words if column.numeric else max(words, *map(len, ("", *cells))))


def _entry(table: Table, row: Row) -> Item:
    detail: list[Inline] = []
    for column, cell in zip(table.columns[1:], row.cells[1:], strict=False):
        if cell:
            detail += ["; " if detail else "", f"{column.title}: ", *cell]
    return Item(text=row.cells[0] if row.cells else (), detail=_whole(detail))


def _whole(parts: list[Inline]) -> Text:
    """The parts without empty ones."""
    return tuple(part for part in parts if part != "")
