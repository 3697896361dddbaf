"""A sprint as a burn-up: the scope line, what is completed, and the even pace."""

from decimal import Decimal

from pmreport.metrics.sprint import EventKind, LedgerEvent, LedgerIssue, SprintLedger
from pmreport.report import charts, sprints, terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Chart, Column, Day, Inline, Moment, Paragraph, Row, Strong, Table
from pmreport.report.words import bare, local_day, lower, units

_DAY_COLUMNS = (
    Column(title="Day"),
    Column(title="Scope", numeric=True),
    Column(title="Completed", numeric=True, definition=terms.COMPLETED),
    Column(title="Remaining", numeric=True),
    Column(title="Ideal", numeric=True, definition=terms.IDEAL),
)
_EVENT_COLUMNS = (
    Column(title="When"),
    Column(title="Item"),
    Column(title="What happened"),
    Column(title="Scope", numeric=True),
    Column(title="Completed", numeric=True),
    Column(title="Remaining after", numeric=True),
    Column(title="By"),
)


def heading(inputs: Inputs, ledger: SprintLedger, *, named: bool = True) -> Paragraph:
    """Which sprint of which board, from when to when, and its goal; not `named` where a title has said it."""
    end = ledger.close or ledger.planned_end
    parts: list[Inline] = [Strong(ledger.name), f" on {ledger.board_name}, from "] if named else ["From "]
    parts.append(Day(local_day(ledger.start, inputs.zone)))
    if end is not None:
        parts += [" to ", Day(local_day(end, inputs.zone))]
    parts.append(", closed." if ledger.close else ", active.")
    words = " ".join((ledger.goal or "").split())
    goal = f" Goal: {words.rstrip('.')}." if words else " It has no goal text."
    return Paragraph((*parts, goal))


def picture(inputs: Inputs, ledger: SprintLedger, table: Table, *, named: bool = False) -> Chart | Paragraph:
    """The burn-up of a sprint over a table of the same values; `named` where others stand beside it.

    A sentence where it never held anything: a line along the bottom says less.
    """
    if not any(step.scope or step.completed for step in charts.steps(ledger)):
        why = charts.nothing(ledger)
        return Paragraph((f"No burn-up of {ledger.name} is drawn: {why}.",), quiet=True)
    finding = charts.finding(inputs, ledger)
    return Chart(
        id=sprints.place(ledger, "burnup"),
        spec="burnup",
        caption=f"{ledger.name}: {lower(finding)}" if named else finding,
        description=f"Burn-up of {ledger.name}: {lower(finding)}.",
        data=charts.burnup(inputs, ledger),
        table=table,
    )


def by_day(inputs: Inputs, ledger: SprintLedger) -> Table:
    """The burn-up at the end of each day of the sprint."""
    walked, line = charts.steps(ledger), charts.ideal(inputs, ledger)
    days = charts.day_ends(inputs, ledger)
    rows = []
    for day, moment in days[-charts.LONGEST :]:
        step = charts.at(walked, moment)
        ideal = None if line is None else line.value(moment)
        shown = (step.scope, step.completed, step.remaining, ideal)
        rows.append(Row(cells=((Day(day),), *((bare(value, ledger.unit),) for value in shown))))
    return Table(
        id=sprints.place(ledger, "burnup-table"),
        caption=f"{ledger.name} by day, in {units(ledger.unit)}",
        columns=_DAY_COLUMNS,
        rows=tuple(rows),
        more=max(0, len(days) - charts.LONGEST),
    )


def by_event(inputs: Inputs, ledger: SprintLedger) -> Table:
    """Every event of the sprint after its start, with what it moved and who did it."""
    names = {issue.issue_id: issue for issue in ledger.issues}
    remaining, rows = Decimal(0), []
    for event in ledger.events:
        remaining += event.remaining_delta
        if event.kind is not EventKind.START:
            rows.append(_event_row(inputs, ledger, event, names.get(event.issue_id), remaining))
    return Table(
        id=sprints.place(ledger, "events"),
        caption=f"What happened in {ledger.name} after its start, in {units(ledger.unit)}",
        columns=_EVENT_COLUMNS,
        rows=tuple(rows),
        empty="Nothing happened after the start.",
    )


def _event_row(
    inputs: Inputs, ledger: SprintLedger, event: LedgerEvent, issue: LedgerIssue | None, remaining: Decimal
) -> Row:
    return Row(
        cells=(
            (Moment(event.at),),
            (sprints.name_of(inputs, issue),),
            (event.kind.value,),
            (bare(event.scope_delta, ledger.unit, signed=True),),
            (bare(event.completed_delta, ledger.unit, signed=True),),
            (bare(remaining, ledger.unit),),
            (sprints.who(inputs, event.author_id),),
        )
    )
