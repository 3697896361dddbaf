"""The last closed sprints of a board: what was committed and what was completed."""

from decimal import Decimal

from pmreport.metrics.ledger import SprintTotals
from pmreport.report import charts, links, sprints, terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Block, Chart, Column, Day, Paragraph, Row, Table
from pmreport.report.words import bare, in_words, local_day, percent, plain, scaled, unit_name

_COLUMNS = (
    Column(title="Sprint"),
    Column(title="Closed"),
    Column(title="Commitment", numeric=True, definition=terms.COMMITMENT),
    Column(title="Completed", numeric=True, definition=terms.COMPLETED),
    Column(title="Completion ratio", numeric=True, definition=terms.COMPLETION_RATIO),
    Column(title="Commitment reliability", numeric=True, definition=terms.COMMITMENT_RELIABILITY),
)


def blocks(inputs: Inputs, ledgers: tuple[SprintTotals, ...]) -> tuple[Block, ...]:
    """The velocity of one board, or the sentence that it has no closed sprint to show."""
    kept, excluded = sprints.comparable(ledgers)
    recent = kept[-sprints.SHOWN :]
    if not recent:
        return (Paragraph((_nothing(ledgers[0].board_name, excluded),)),)
    finding = _finding(recent)
    return (
        Chart(
            id=f"velocity-{recent[0].board_id}",
            spec="velocity",
            caption=finding,
            description="Commitment beside what was completed, sprint by sprint.",
            data=charts.velocity(recent),
            table=_table(inputs, recent, excluded),
        ),
    )


def _finding(recent: tuple[SprintTotals, ...]) -> str:
    unit = sprints.common_unit(recent)
    done = sum((sprints.amounts(one, unit).completed for one in recent), Decimal(0))
    committed = sum((sprints.amounts(one, unit).commitment for one in recent), Decimal(0))
    noun = unit_name(committed, unit)
    return (
        f"{recent[0].board_name}: {plain(scaled(done, unit))} completed for {plain(scaled(committed, unit))} "
        f"{noun} committed, over {in_words(len(recent), 'sprint')}"
    )


def _table(inputs: Inputs, recent: tuple[SprintTotals, ...], excluded: tuple[tuple[str, int], ...]) -> Table:
    left_out = _left_out(excluded)
    return Table(
        id=f"velocity-table-{recent[0].board_id}",
        caption=f"The last {in_words(len(recent), 'closed sprint')} of {recent[0].board_name}",
        columns=_COLUMNS,
        rows=tuple(_row(inputs, ledger) for ledger in recent),
        note=(f"{left_out}.",) if left_out else (),
    )


def _nothing(board: str, excluded: tuple[tuple[str, int], ...]) -> str:
    if any(reason == sprints.BEGAN_BEFORE for reason, _ in excluded):
        return f"{board} has no closed sprint to show the velocity of; {_left_out(excluded)}."
    return f"{board} has closed no sprint with a commitment yet, so there is no velocity to show."


def _left_out(excluded: tuple[tuple[str, int], ...]) -> str:
    return "; ".join(f"{count} left out: {reason}" for reason, count in excluded)


def _row(inputs: Inputs, ledger: SprintTotals) -> Row:
    closed = () if ledger.close is None else (Day(local_day(ledger.close, inputs.zone)),)
    return Row(
        cells=(
            (links.jql(inputs, f"sprint = {ledger.sprint_id}", ledger.name),),
            closed,
            (bare(ledger.amounts.commitment, ledger.unit),),
            (bare(ledger.amounts.completed, ledger.unit),),
            (percent(ledger.completion_ratio),),
            (percent(ledger.commitment_reliability),),
        )
    )
