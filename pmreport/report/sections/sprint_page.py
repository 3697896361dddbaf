"""One sprint on one page: where it stands, what changed, and every item."""

from pmreport.metrics.sprint import SprintLedger, Unit
from pmreport.report.inputs import Inputs
from pmreport.report.pictures import burndown
from pmreport.report.sections import burnups, changes, identity, items, ledger, velocity
from pmreport.report.sprints import by_board, own, place
from pmreport.report.view import Block, Paragraph, Section


def sections(inputs: Inputs, shown: tuple[SprintLedger, ...]) -> tuple[Section, ...]:
    """The parts of every sprint shown, each sprint after the first on a new page."""
    pages = [_parts(inputs, one, page_break=bool(index)) for index, one in enumerate(shown)]
    return tuple(part for page in pages for part in page)


def velocities(inputs: Inputs) -> Section:
    """The last closed sprints of every board."""
    boards = by_board(own(inputs.ledgers))
    blocks = [block for board in boards for block in velocity.blocks(inputs, board)]
    return Section(
        id="velocity",
        title="The sprints before",
        blocks=tuple(blocks) or (Paragraph(("No sprint has started yet.",)),),
    )


def _parts(inputs: Inputs, one: SprintLedger, *, page_break: bool) -> tuple[Section, ...]:
    stand: tuple[Block, ...] = (
        burnups.heading(inputs, one, named=False),
        *identity.incomplete(one),
        ledger.figures(inputs, one),
        burnups.picture(inputs, one, burnups.by_event(inputs, one)),
    )
    adding_up: tuple[Block, ...] = (
        Paragraph(identity.line(one)),
        *((Paragraph(identity.in_issues(one)),) if one.unit is not Unit.ISSUES else ()),
        *identity.warning(one),
        ledger.table(inputs, one),
    )
    where = f"{one.name}, {one.board_name}"
    return (
        Section(id=place(one, "sprint"), title=where, blocks=stand, brief=True, page_break_before=page_break),
        Section(
            id=place(one, "left"), title=f"{one.name}: what is left", blocks=(burndown.picture(inputs, one),)
        ),
        Section(id=place(one, "amounts"), title=f"{one.name}: how it adds up", blocks=adding_up),
        Section(
            id=place(one, "scope"), title=f"{one.name}: what changed", blocks=(changes.table(inputs, one),)
        ),
        Section(id=place(one, "all"), title=f"{one.name}: items", blocks=(items.table(inputs, one),)),
    )
