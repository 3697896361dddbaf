"""The report cut down to what belongs in a mail, with every cut said.

Pure: a Report in, a shorter Report out, so that the templates of a mail stay as simple as those of a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from pmreport.model.visible import one_line
from pmreport.render.flat import flat
from pmreport.report.view import (
    Bars,
    Block,
    Callout,
    Chart,
    Facts,
    Figures,
    Form,
    Inline,
    Item,
    Items,
    Link,
    Mark,
    Panels,
    Paragraph,
    Report,
    Row,
    Section,
    Strong,
    Table,
    Text,
)

ENTRIES = 10  # of a list, a table or a set of bars
LETTERS = 400  # of one text


def cut(report: Report, *, entries: int = ENTRIES, sections: int | None = None) -> Report:
    """The brief sections of a report, each list cut to `entries`; the first `sections` of them, or all.

    A picture becomes its finding in words: not every mail program shows pictures. What stands side by side in
    a page stands one below the other.
    """
    wanted = [section for section in flat(report).sections if section.brief]
    kept = tuple(_section(section, entries) for section in wanted[:sections])
    left_out = len(wanted) - len(kept)
    return replace(
        report,
        title=shortened(report.title),
        kicker=shortened(report.kicker),
        product=shortened(report.product),
        author=shortened(report.author),
        headline=_callout(report.headline),
        subject=shortened(report.subject, 150),
        preheader=shortened(report.preheader, 150),
        sections=(*kept, _left_out(left_out)) if left_out else kept,
        glossary=(),
        how_counted=(),
    )


def shortened(text: str, letters: int = LETTERS) -> str:
    """The text on one line, its end replaced by "…" where it is longer than `letters`."""
    line = one_line(text).strip()
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"


def _left_out(count: int) -> Section:
    said = f"{count} more {'section stands' if count == 1 else 'sections stand'} in the full report."
    return Section(id="more", title="And more", blocks=(Paragraph((said,)),), brief=True)


def _section(section: Section, entries: int) -> Section:
    blocks = tuple(_block(block, entries) for block in section.blocks[:entries])
    return replace(section, title=shortened(section.title), blocks=blocks)


def _block(block: Block, entries: int) -> Block:
    match block:
        case Paragraph():
            short: Block = replace(block, text=_text(block.text))
        case Callout():
            short = _callout(block)
        case Figures():
            short = _figures(block)
        case Items():
            short = _items(block, entries)
        case Table():
            short = _table(block, entries)
        case Chart():
            short = Paragraph((Strong(shortened(block.caption)), ". ", shortened(block.description)))
        case Bars():
            short = _bars(block, entries)
        case Facts() | Form() | Panels():
            raise TypeError("a flat report has none of these")
        case _:
            assert_never(block)
    return short


def _items(block: Items, entries: int) -> Items:
    shown = tuple(Item(text=_text(item.text), detail=_text(item.detail)) for item in block.items[:entries])
    return replace(block, items=shown, more=block.more + len(block.items) - len(shown))


def _bars(block: Bars, entries: int) -> Bars:
    bars = tuple(replace(bar, label=shortened(bar.label, 60)) for bar in block.bars[:entries])
    return replace(block, caption=shortened(block.caption), bars=bars, table=_table(block.table, entries))


def _figures(block: Figures) -> Figures:
    return Figures(
        tuple(
            replace(
                figure,
                label=shortened(figure.label, 80),
                missing=figure.missing and shortened(figure.missing, 80),
                excluded=(),
                trend=(),
            )
            for figure in block.figures[:6]
        )
    )


def _callout(block: Callout) -> Callout:
    return replace(block, lead=shortened(block.lead), text=_text(block.text))


def _table(table: Table, entries: int) -> Table:
    rows = tuple(Row(cells=tuple(map(_text, row.cells)), anchor=row.anchor) for row in table.rows[:entries])
    columns = tuple(replace(column, title=shortened(column.title, 80)) for column in table.columns)
    return replace(
        table,
        caption=shortened(table.caption),
        columns=columns,
        rows=rows,
        note=_text(table.note),
        more=table.more + len(table.rows) - len(rows),
    )


def _text(text: Sequence[Inline]) -> Text:
    """The parts of a text up to `LETTERS` altogether."""
    return tuple(_parts(text))


def _parts(text: Sequence[Inline]) -> Iterator[Inline]:
    room = LETTERS
    for part in text:
        words = part if isinstance(part, str) else getattr(part, "text", "")
        if room <= 0:
            yield "…"
            return
        yield part if len(words) <= room else _part(part, room)
        room -= max(len(words), 10)


def _part(part: Inline, room: int) -> Inline:
    match part:
        case str():
            return shortened(part, room)
        case Link() | Mark() | Strong():
            return replace(part, text=shortened(part.text, room))
        case _:
            return part
