"""The report as paragraphs, lists and tables alone, for what cannot set parts beside each other.

Pure: a Report in, a Report out. Plain text, Markdown and mail are made from it, so that what is said beside
something else in a page is said below it there, and a field to fill in is a blank.
"""

from collections.abc import Iterator
from dataclasses import replace

from pmreport.report.view import (
    Block,
    Fact,
    Facts,
    Field,
    FieldKind,
    Form,
    Item,
    Items,
    Panels,
    Paragraph,
    Report,
    Section,
    Strong,
)

_BLANKS = {
    FieldKind.SCALE: "1 / 2 / 3 / 4 / 5",
    FieldKind.LINE: "." * 30,
    FieldKind.LINES: "." * 30,
}


def flat(report: Report) -> Report:
    """The report without anything that stands beside something else, or that is filled in on a screen."""
    return replace(report, sections=tuple(_section(section) for section in report.sections))


def _section(section: Section) -> Section:
    return replace(section, blocks=tuple(flat for block in section.blocks for flat in _blocks(block)))


def _blocks(block: Block) -> Iterator[Block]:
    match block:
        case Facts(facts=facts, note=note):
            yield Items(items=tuple(_fact(fact) for fact in facts))
            if note:
                yield Paragraph(note)
        case Form(fields=fields):
            yield Items(items=tuple(_field(field) for field in fields))
        case Panels(panels=panels):
            for panel in panels:
                yield Paragraph((Strong(panel.title),))
                for part in panel.blocks:
                    yield from _blocks(part)
        case _:
            yield block


def _fact(fact: Fact) -> Item:
    return Item(text=(f"{fact.label}: ", *fact.text))


def _field(field: Field) -> Item:
    hint = f" ({field.hint})" if field.hint else ""
    return Item(text=(f"{field.label}{hint}: {_BLANKS[field.kind]}",))
