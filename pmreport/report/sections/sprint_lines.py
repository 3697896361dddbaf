"""Where the sprints stand: what came in and went out of each, their burn-ups, and the sprints before."""

from pmreport.metrics.sprint import SprintLedger
from pmreport.report import links, sprints
from pmreport.report.inputs import Inputs
from pmreport.report.sections import burnups, identity, velocity
from pmreport.report.view import Block, Inline, Item, Items, Paragraph, Section
from pmreport.report.words import counted, plural


def section(inputs: Inputs) -> Section:
    """The current sprint of every board, then what its last sprints completed."""
    now = sprints.with_issues(sprints.current(inputs.ledgers))
    blocks: list[Block] = [Items(items=tuple(_entry(inputs, one) for one in now))] if now else []
    for ledger in now:
        blocks += (*identity.incomplete(ledger), *identity.warning(ledger))
    blocks += [burnups.picture(inputs, one, burnups.by_day(inputs, one), named=True) for one in now]
    for board in sprints.by_board(sprints.own(inputs.ledgers)):
        blocks += velocity.blocks(inputs, board)
    return Section(id="sprints", title="Sprints", blocks=tuple(blocks) or (_by_flow(inputs),))


def _entry(inputs: Inputs, ledger: SprintLedger) -> Item:
    jira = links.jql(inputs, f"sprint = {ledger.sprint_id}", "Its items in Jira")
    return Item(text=burnups.heading(inputs, ledger).text, detail=(*identity.line(ledger), " ", jira))


def _by_flow(inputs: Inputs) -> Paragraph:
    """A board without sprints is no error: the week is then told by flow, and says so."""
    done, blocked = len(inputs.delivered), len(inputs.blocked)
    text: tuple[Inline, ...] = (
        "No sprint has started yet, so this report is made from flow numbers: ",
        counted(done, "item"),
        f" {plural(done, 'was', 'were')} delivered and ",
        counted(blocked, "item"),
        f" {plural(blocked, 'is', 'are')} blocked.",
    )
    return Paragraph(text)
