"""The ledger of one sprint: every amount in its own unit and in issues, and both ratios."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from pmreport.metrics.sprint import Amounts, EventKind, LedgerIssue, Outcome, SprintLedger, Unit
from pmreport.report import charts, links, sprints, terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Column, Figure, Figures, Link, Number, Row, Table, Text
from pmreport.report.words import amount, bare, capital, counted, in_words, percent, units

_LINES: tuple[tuple[str, str, Callable[[Amounts], Decimal], bool], ...] = (
    ("Committed at the start", terms.COMMITMENT, lambda one: one.commitment, False),
    ("Added", terms.ADDED, lambda one: one.added, False),
    ("Re-estimated", terms.REESTIMATED, lambda one: one.reestimated, True),
    ("Removed", terms.REMOVED, lambda one: one.removed, False),
    ("Completed", terms.COMPLETED, lambda one: one.completed, False),
    (
        "Completed of what was committed",
        terms.COMMITMENT_RELIABILITY,
        lambda one: one.committed_completed,
        False,
    ),
    ("Not completed", terms.NOT_COMPLETED, lambda one: one.not_completed, False),
    ("Completed outside this sprint", terms.COMPLETED_OUTSIDE, lambda one: one.completed_outside, False),
)

_EVENTS = {
    terms.ADDED: EventKind.ADDED,
    terms.REESTIMATED: EventKind.REESTIMATED,
    terms.REMOVED: EventKind.REMOVED,
}
_ISSUES: Mapping[str, Callable[[LedgerIssue], bool]] = {
    terms.COMMITMENT: lambda one: one.committed,
    terms.COMPLETED: lambda one: one.outcome is Outcome.COMPLETED,
    terms.COMMITMENT_RELIABILITY: lambda one: one.committed and one.outcome is Outcome.COMPLETED,
    terms.NOT_COMPLETED: lambda one: one.outcome is Outcome.NOT_COMPLETED,
    terms.COMPLETED_OUTSIDE: lambda one: one.outcome is Outcome.COMPLETED_OUTSIDE,
}


def figures(inputs: Inputs, ledger: SprintLedger) -> Figures:
    """What is completed, then the pace of a running sprint, or both ratios of a closed one."""
    return Figures(
        (_completed(ledger), *(_running(inputs, ledger) if ledger.close is None else _closed(ledger)))
    )


def _completed(ledger: SprintLedger) -> Figure:
    return Figure(
        id=sprints.place(ledger, "completed"),
        label="Completed of the final scope" if ledger.close else "Completed of the scope so far",
        number=bare(ledger.amounts.completed, ledger.unit),
        of=amount(ledger.amounts.final_scope, ledger.unit),
        n=sum(1 for issue in ledger.issues if issue.outcome in sprints.ON_THE_BOARD),
        definition=terms.COMPLETED,
        items=_items(ledger),
    )


def _running(inputs: Inputs, ledger: SprintLedger) -> tuple[Figure, ...]:
    gap, days = charts.behind(inputs, ledger), sprints.working_days_left(inputs, ledger)
    change = ledger.amounts.final_scope - ledger.amounts.commitment
    return (
        Figure(
            id=sprints.place(ledger, terms.IDEAL),
            label="Against the ideal line",
            number=Number(value=None) if gap is None else amount(-gap, ledger.unit, signed=True),
            n=len(ledger.issues),
            definition=terms.IDEAL,
            items=_items(ledger),
            missing=(charts.nothing(ledger) or "no planned end") if gap is None else None,
        ),
        Figure(
            id=sprints.place(ledger, "scope-change"),
            label="Scope since the start",
            number=amount(change, ledger.unit, signed=True),
            n=len(ledger.issues),
            items=links.anchor("what changed", sprints.place(ledger, "changes")),
        ),
        Figure(
            id=sprints.place(ledger, "days-left"),
            label="Left after this day",
            number=Number(value=None) if days is None else counted(days, "working day"),
            missing="no planned end, or no calendar" if days is None else None,
        ),
    )


def _closed(ledger: SprintLedger) -> tuple[Figure, ...]:
    return (
        _ratio(ledger, "Completion ratio", terms.COMPLETION_RATIO, ledger.completion_ratio),
        _ratio(ledger, "Commitment reliability", terms.COMMITMENT_RELIABILITY, ledger.commitment_reliability),
        _ratio(ledger, "Net scope growth", terms.NET_GROWTH, ledger.net_growth, signed=True),
    )


def table(inputs: Inputs, ledger: SprintLedger) -> Table:
    """Every amount of the ledger in the board's unit and in issues."""
    rows = tuple(
        Row(
            cells=(
                (links.keys(inputs, _behind(ledger, definition), title) or title,),
                (bare(part(ledger.amounts), ledger.unit, signed=signed),),
                (bare(part(ledger.counts), Unit.ISSUES, signed=signed),),
            )
        )
        for title, definition, part, signed in _LINES
    )
    columns = [
        Column(title="Amount"),
        Column(title=capital(units(ledger.unit)), numeric=True),
        Column(title="Issues", numeric=True),
    ]
    return Table(
        id=sprints.place(ledger, "ledger"),
        caption=f"The ledger of {ledger.name}",
        columns=tuple(columns),
        rows=rows,
        note=_note(inputs, ledger),
    )


def _behind(ledger: SprintLedger, definition: str) -> tuple[str, ...]:
    """The keys of the items that an amount is made of, each once."""
    kind, kept = _EVENTS.get(definition), _ISSUES.get(definition)
    if kind is not None:
        moved = {event.issue_id for event in ledger.events if event.kind is kind}
        return tuple(issue.issue_key for issue in ledger.issues if issue.issue_id in moved)
    return tuple(issue.issue_key for issue in ledger.issues if kept is not None and kept(issue))


def _note(inputs: Inputs, ledger: SprintLedger) -> Text:
    text = "Added, removed and re-estimated are totals of everything that happened after the start. "
    missing = ""
    if ledger.unestimated:
        missing = (
            f"{in_words(ledger.unestimated, 'committed issue')} had no estimate and counted as nothing. "
        )
    jira = links.jql(inputs, f"sprint = {ledger.sprint_id}", "The sprint's issues in Jira")
    return (text, missing, jira) if missing else (text, jira)


def _ratio(
    ledger: SprintLedger, label: str, definition: str, value: Decimal | None, *, signed: bool = False
) -> Figure:
    return Figure(
        id=sprints.place(ledger, definition),
        label=label,
        number=percent(value, signed=signed),
        n=sum(1 for issue in ledger.issues if issue.committed),
        definition=definition,
        items=_items(ledger),
        missing=_why_missing(ledger) if value is None else None,
    )


def _why_missing(ledger: SprintLedger) -> str:
    return sprints.BEGAN_BEFORE if ledger.is_incomplete else "no commitment"


def _items(ledger: SprintLedger) -> Link:
    return links.anchor("its items", sprints.place(ledger, "items"))
