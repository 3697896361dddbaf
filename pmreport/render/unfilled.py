"""The report without anything to fill in: nobody writes into a mail that they got."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pmreport.report.view import Block, Form, Panel, PanelBlock, Panels, Report, Table


def told(report: Report) -> Report:
    """The report as it stands, without fields and without rows that are still empty."""
    return replace(
        report,
        sections=tuple(
            replace(section, blocks=tuple(_without_forms(section.blocks))) for section in report.sections
        ),
    )


def _without_forms(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Form():
                continue
            case Panels(panels=panels):
                yield Panels(tuple(replace(one, blocks=_spoken(one)) for one in panels))
            case Table(to_fill=True):
                yield replace(block, rows=tuple(row for row in block.rows if any(row.cells)), to_fill=False)
            case _:
                yield block


def _spoken(panel: Panel) -> tuple[PanelBlock, ...]:
    return tuple(block for block in panel.blocks if not isinstance(block, Form))
