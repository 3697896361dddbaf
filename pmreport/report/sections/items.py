"""Every item of a sprint: how it came in, how it ended, and its estimates."""

from pmreport.metrics.sprint import LedgerIssue, Outcome, SprintLedger
from pmreport.report import links, sprints, terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Column, Mark, Row, Table, Tone
from pmreport.report.words import bare, in_words

_COLUMNS = (
    Column(title="Item"),
    Column(title="Summary"),
    Column(title="Came in"),
    Column(title="Outcome"),
    Column(title="Estimate at the start", numeric=True, definition=terms.COMMITMENT),
    Column(title="Estimate at the end", numeric=True),
    Column(title="Owner now"),
)
_OUTCOME_COLUMN = 3
_TONES = {Outcome.COMPLETED: Tone.GOOD}  # nothing else is good or bad by itself


def table(inputs: Inputs, ledger: SprintLedger) -> Table:
    """The items by key, to be searched, and filtered by outcome."""
    return Table(
        id=sprints.place(ledger, "items"),
        caption=f"{in_words(len(ledger.issues), 'item')} in {ledger.name}",
        columns=_COLUMNS,
        rows=tuple(_row(inputs, ledger, issue) for issue in ledger.issues),
        note=(links.jql(inputs, f"sprint = {ledger.sprint_id}", "These items in Jira"),),
        searchable=True,
        filter_column=_OUTCOME_COLUMN,
        empty="The sprint holds no item.",
    )


def _row(inputs: Inputs, ledger: SprintLedger, issue: LedgerIssue) -> Row:
    card = inputs.cards.get(issue.issue_id)
    return Row(
        cells=(
            (links.named(inputs, issue.issue_key),),
            (issue.summary,),
            (_entry(issue),),
            (Mark(_outcome(ledger, issue), _TONES.get(issue.outcome, Tone.NEUTRAL)),),
            (bare(issue.estimate_at_start, ledger.unit),),
            (bare(issue.estimate_at_close, ledger.unit),),
            (card.owner if card and card.owner else "",),
        ),
        anchor=sprints.place(ledger, f"item-{issue.issue_id}"),
    )


def _entry(issue: LedgerIssue) -> str:
    if issue.committed:
        return "committed"
    return "added" if issue.added else "already done"


def _outcome(ledger: SprintLedger, issue: LedgerIssue) -> str:
    running = ledger.close is None and issue.outcome is Outcome.NOT_COMPLETED
    return "open" if running else issue.outcome.value
