"""Where the sprints stand: each board's burn-up, its identity, and the sprints before."""

from pmreport.metrics.sprint import SprintLedger
from pmreport.report import sprints
from pmreport.report.inputs import Inputs
from pmreport.report.sections import burnups, identity, velocity
from pmreport.report.view import Block, Inline, Paragraph, Section
from pmreport.report.words import counted, plural


def section(inputs: Inputs) -> Section:
    """The current sprint of every board, then what its last sprints completed."""
    blocks: list[Block] = []
    for ledger in sprints.current(inputs.ledgers):
        blocks += _current(inputs, ledger)
    for board in sprints.by_board(sprints.own(inputs.ledgers)):
        blocks += velocity.blocks(inputs, board)
    return Section(id="sprints", title="Sprints", blocks=tuple(blocks) or (_by_flow(inputs),))


def _current(inputs: Inputs, ledger: SprintLedger) -> tuple[Block, ...]:
    return (
        burnups.heading(inputs, ledger),
        *identity.incomplete(ledger),
        burnups.chart(inputs, ledger, burnups.by_day(inputs, ledger)),
        Paragraph(identity.line(ledger)),
        *identity.warning(ledger),
    )


def _by_flow(inputs: Inputs) -> Paragraph:
    """A board without sprints is no error: the week is then told by flow, and says so."""
    done, blocked = len(inputs.delivered), len(inputs.blocked)
    text: tuple[Inline, ...] = (
        "No board has sprints, so this report is made from flow numbers: ",
        counted(done, "item"),
        f" {plural(done, 'was', 'were')} delivered and ",
        counted(blocked, "item"),
        f" {plural(blocked, 'is', 'are')} blocked.",
    )
    return Paragraph(text)
