"""The places of a page that can be linked to, each with a name of its own."""

from dataclasses import dataclass, field, replace

from pmreport.render.filters import slug
from pmreport.report.view import (
    Bars,
    Block,
    Chart,
    Facts,
    Figures,
    Form,
    Panel,
    Panels,
    Report,
    Row,
    Section,
    Table,
)

_TAKEN = ("content", "glossary", "glossary-title")


@dataclass(frozen=True, slots=True)
class _Register:
    """The names given so far. The first to ask keeps its name; the next gets a number behind it."""

    taken: set[str] = field(default_factory=lambda: set(_TAKEN))

    def name(self, wanted: str) -> str:
        base = slug(wanted)
        free, number = base, 1
        while free in self.taken:
            number += 1
            free = f"{base}-{number}"
        self.taken.add(free)
        return free


def named(report: Report) -> Report:
    """The report with ids that are valid and used once, as a page needs them.

    Links to a place keep leading to the first of that name.
    """
    register = _Register()
    return replace(report, sections=tuple(_section(section, register) for section in report.sections))


def _section(section: Section, register: _Register) -> Section:
    name = register.name(section.id)
    return replace(section, id=name, blocks=tuple(_block(block, register) for block in section.blocks))


def _block(block: Block, register: _Register) -> Block:
    match block:
        case Table():
            named: Block = _table(block, register)
        case Chart():
            named = replace(block, id=register.name(block.id), table=_table(block.table, register))
        case Bars():
            named = replace(block, id=register.name(block.id), table=_table(block.table, register))
        case Figures():
            named = Figures(
                tuple(replace(figure, id=register.name(f"figure-{figure.id}")) for figure in block.figures)
            )
        case Facts():
            named = replace(block, id=register.name(block.id))
        case Form():
            named = _form(block, register)
        case Panels():
            named = Panels(tuple(_panel(panel, register) for panel in block.panels))
        case _:
            named = block
    return named


def _form(form: Form, register: _Register) -> Form:
    return Form(tuple(replace(one, id=register.name(one.id)) for one in form.fields))


def _panel(panel: Panel, register: _Register) -> Panel:
    blocks = tuple(_form(block, register) if isinstance(block, Form) else block for block in panel.blocks)
    return replace(panel, blocks=blocks)


def _table(table: Table, register: _Register) -> Table:
    rows = tuple(_row(row, register) for row in table.rows)
    return replace(table, id=register.name(table.id), rows=rows)


def _row(row: Row, register: _Register) -> Row:
    return replace(row, anchor=register.name(row.anchor)) if row.anchor else row
