"""The report cut down to what belongs in a mail, with every cut said.

Pure: a Report in, a shorter Report out, so that the templates of a mail stay as simple as those of a page.
"""

from dataclasses import replace
from typing import assert_never

from pmreport.render.filters import beyond_caption, plus_more
from pmreport.render.flat import flat
from pmreport.render.listing import is_wide, listed
from pmreport.render.shortening import shortened, text
from pmreport.render.unfilled import told
from pmreport.report.view import (
    Bars,
    Block,
    Callout,
    Chart,
    Facts,
    Figure,
    Figures,
    Form,
    Item,
    Items,
    Panels,
    Paragraph,
    Report,
    Section,
    Strong,
    Table,
    Tone,
)

ENTRIES = 10  # of a list, a table or a set of bars
_SAID = 800  # letters of a paragraph
_BLOCKS = 3  # in a section, for each entry of a list
_FIGURES = 4  # numbers of a headline
_URGENT = {Tone.BAD: 0, Tone.WARN: 0}


def cut(report: Report, *, entries: int = ENTRIES, sections: int | None = None) -> Report:
    """The brief sections of a report, each list cut to `entries`; the first `sections` of them, or all.

    A picture becomes its finding in words: not every mail program shows pictures. What stands side by side in
    a page stands one below the other, a table too wide for a telephone becomes a list, and what is to be
    filled in stays in the page. A section of numbers alone comes first, and keeps the four that matter most.
    """
    wanted = [section for section in flat(told(report)).sections if section.brief]
    wanted.sort(key=lambda section: not _is_headline(section))
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


def _left_out(count: int) -> Section:
    said = f"{count} more {'section stands' if count == 1 else 'sections stand'} in the full report."
    return Section(id="more", title="And more", blocks=(Paragraph((said,)),), brief=True)


def _section(section: Section, entries: int) -> Section:
    figures = _FIGURES if _is_headline(section) else _FIGURES + 2
    blocks = [short for block in section.blocks for short in _block(block, entries, figures)]
    most = _BLOCKS * entries
    if len(blocks) > most:
        left_out = len(blocks) - most + 1
        blocks[most - 1 :] = [Paragraph((f"{plus_more(left_out)} in the full report",), quiet=True)]
    return replace(section, title=shortened(section.title), blocks=tuple(blocks))


def _is_headline(section: Section) -> bool:
    return bool(section.blocks) and all(isinstance(block, Figures) for block in section.blocks)


def _block(block: Block, entries: int, figures: int) -> tuple[Block, ...]:
    match block:
        case Table():
            short = _table(block, entries)
            if not is_wide(short):
                return (short,)
            return tuple(each for part in listed(short) for each in _block(part, entries, figures))
        case _:
            return (_one_block(block, entries, figures),)


def _one_block(block: Block, entries: int, figures: int) -> Block:
    match block:
        case Paragraph():
            short: Block = replace(block, text=text(block.text, _SAID))
        case Callout():
            short = _callout(block)
        case Figures():
            short = _figures(block, figures)
        case Items():
            short = _items(block, entries)
        case Chart():
            short = finding(block)
        case Bars():
            short = _bars(block, entries)
        case Table() | Facts() | Form() | Panels():
            raise TypeError("a flat report has none of these, and a table is no single block")
        case _:
            assert_never(block)
    return short


def finding(chart: Chart) -> Paragraph:
    """What a picture shows; what describes it says more, or only the same in a sentence."""
    caption, more = shortened(chart.caption), shortened(beyond_caption(chart))
    return Paragraph((Strong(caption), ". ", more) if more else (Strong(caption), "."))


def _items(block: Items, entries: int) -> Items:
    shown = tuple(Item(text=text(item.text), detail=text(item.detail)) for item in block.items[:entries])
    return replace(block, items=shown, more=block.more + len(block.items) - len(shown))


def _bars(block: Bars, entries: int) -> Bars:
    bars = tuple(replace(bar, label=shortened(bar.label, 60)) for bar in block.bars[:entries])
    return replace(block, caption=shortened(block.caption), bars=bars, table=_table(block.table, entries))


def _figures(block: Figures, most: int) -> Figures:
    """The numbers in their order; where there are too many, unknown ones go first, then fine ones."""
    places = sorted(range(len(block.figures)), key=lambda place: _weight(block.figures[place]))
    return Figures(tuple(_figure(block.figures[place]) for place in sorted(places[:most])))


def _figure(figure: Figure) -> Figure:
    return replace(
        figure,
        label=shortened(figure.label, 80),
        missing=figure.missing and shortened(figure.missing, 80),
        excluded=(),
        trend=(),
    )


def _weight(figure: Figure) -> int:
    return 2 if figure.number.value is None else _URGENT.get(figure.tone, 1)


def _callout(block: Callout) -> Callout:
    return replace(block, lead=shortened(block.lead), text=text(block.text))


def _table(table: Table, entries: int) -> Table:
    rows = tuple(replace(row, cells=tuple(map(text, row.cells))) for row in table.rows[:entries])
    columns = tuple(replace(column, title=shortened(column.title, 80)) for column in table.columns)
    return replace(
        table,
        caption=shortened(table.caption),
        columns=columns,
        rows=rows,
        note=text(table.note),
        more=table.more + len(table.rows) - len(rows),
    )
