"""What changed in a sprint after its start: added, removed, re-estimated and carried, with when and who."""

from pmreport.metrics.sprint import EventKind, LedgerEvent, LedgerIssue, SprintLedger
from pmreport.report import links, sprints, terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Column, Moment, Number, Row, Table, Text
from pmreport.report.words import bare

_KINDS = {
    EventKind.ADDED: "Added",
    EventKind.REMOVED: "Removed",
    EventKind.REESTIMATED: "Re-estimated",
}
_CARRIED = "Carried over"
_COLUMNS = (
    Column(title="Item"),
    Column(title="Summary"),
    Column(title="Change"),
    Column(title="When"),
    Column(title="By"),
    Column(title="Estimate before", numeric=True, definition=terms.REESTIMATED),
    Column(title="Estimate after", numeric=True),
)


def table(inputs: Inputs, ledger: SprintLedger) -> Table:
    """Scope changes by time, then what a closed sprint did not complete."""
    issues = {issue.issue_id: issue for issue in ledger.issues}
    rows = [
        _changed(inputs, ledger, event, issues.get(event.issue_id))
        for event in ledger.events
        if event.kind in _KINDS
    ]
    if ledger.close is not None:
        rows += [_carried(inputs, ledger, issue) for issue in sprints.open_issues(ledger)]
    return Table(
        id=sprints.place(ledger, "changes"),
        caption=f"What changed in {ledger.name} after its start",
        columns=_COLUMNS,
        rows=tuple(rows),
        filter_column=2 if rows else None,
        empty="Nothing was added, removed or re-estimated after the start.",
    )


def _changed(inputs: Inputs, ledger: SprintLedger, event: LedgerEvent, issue: LedgerIssue | None) -> Row:
    return Row(
        cells=(
            (sprints.name_of(inputs, issue),),
            (issue.summary if issue else "",),
            (_KINDS[event.kind],),
            (Moment(event.at),),
            (sprints.who(inputs, event.author_id),),
            () if event.kind is EventKind.ADDED else (bare(event.estimate_before, ledger.unit),),
            () if event.kind is EventKind.REMOVED else (bare(event.estimate_after, ledger.unit),),
        )
    )


def _carried(inputs: Inputs, ledger: SprintLedger, issue: LedgerIssue) -> Row:
    closed: Text = () if ledger.close is None else (Moment(ledger.close),)
    estimate: Number = bare(issue.estimate_at_close, ledger.unit)
    return Row(
        cells=(
            (links.named(inputs, issue.issue_key),),
            (issue.summary,),
            (_CARRIED,),
            closed,
            ("at the close",),
            (bare(issue.estimate_at_start, ledger.unit),),
            (estimate,),
        )
    )
