"""What is planned next: the plan of the draft, else what stands at the top of the active sprints."""

from pmreport.metrics.sprint import LedgerIssue, SprintLedger
from pmreport.report import links, sprints
from pmreport.report.draft import Planned
from pmreport.report.inputs import Inputs
from pmreport.report.view import Inline, Item, Items, Mark, Section, Tone
from pmreport.report.words import amount

SHOWN = 5


def section(inputs: Inputs) -> Section:
    """The draft's plan, else the next items of the sprint; at most five, with their owners."""
    running = sprints.running(inputs)
    if inputs.draft is not None and inputs.draft.plan:
        return _section(tuple(_written(inputs, one) for one in inputs.draft.plan), "")
    entries = waiting(inputs)
    return _section(tuple(_entry(inputs, issue, ledger) for issue, ledger in entries), _empty(running))


def _empty(running: tuple[SprintLedger, ...]) -> str:
    if not running:
        return "No sprint is active, so none is planned."
    held = any(one.outcome in sprints.ON_THE_BOARD for ledger in running for one in ledger.issues)
    return "Everything in the active sprint is completed." if held else "The active sprint holds no item."


def as_told(inputs: Inputs) -> tuple[Planned, ...]:
    """The plan as the report tells it: the person's, else what the sprint holds next.

    It is what next week's promises are scored against.
    """
    if inputs.draft is not None and inputs.draft.plan:
        return inputs.draft.plan
    return tuple(_as_entry(inputs, issue) for issue, _ in waiting(inputs)[:SHOWN])


def _as_entry(inputs: Inputs, issue: LedgerIssue) -> Planned:
    card = inputs.cards.get(issue.issue_id)
    item = f"{issue.issue_key} {issue.summary}".strip()
    return Planned(item=item, owner=(card.owner or "") if card else "")


def _section(entries: tuple[Item, ...], empty: str) -> Section:
    block = Items(items=entries[:SHOWN], ordered=True, empty=empty, more=max(0, len(entries) - SHOWN))
    return Section(id="next", title="Planned next", blocks=(block,), brief=True)


def _written(inputs: Inputs, entry: Planned) -> Item:
    """An entry of the draft's plan: who does it, and when it counts as done."""
    detail: list[Inline] = [entry.owner or Mark("No owner", Tone.WARN)]
    if entry.done_means:
        detail += [". Done means: ", *links.words(inputs, entry.done_means.rstrip("."))]
    return Item(text=links.words(inputs, entry.item), detail=(*detail, "."))


def waiting(inputs: Inputs) -> list[tuple[LedgerIssue, SprintLedger]]:
    """What the active sprints hold and is not done: what is in work first, then by rank."""
    running = sprints.running(inputs)
    found: dict[int, tuple[LedgerIssue, SprintLedger]] = {}
    for ledger in running:
        for issue in sprints.open_issues(ledger):
            found.setdefault(issue.issue_id, (issue, ledger))
    return sorted(found.values(), key=lambda pair: _order(inputs, pair[0]))


def _order(inputs: Inputs, issue: LedgerIssue) -> tuple[bool, bool, int, int]:
    card = inputs.cards.get(issue.issue_id)
    if card is None:
        return (True, True, 0, issue.issue_id)
    return (not card.in_progress, card.rank is None, card.rank or 0, issue.issue_id)


def _entry(inputs: Inputs, issue: LedgerIssue, ledger: SprintLedger) -> Item:
    card = inputs.cards.get(issue.issue_id)
    detail: list[Inline] = [card.owner if card and card.owner else Mark("No owner", Tone.WARN)]
    if card and card.status:
        detail.append(f", {card.status}")
    if issue.estimate_at_close is not None:
        detail += [", ", amount(issue.estimate_at_close, ledger.unit)]
    return Item(
        text=(links.named(inputs, issue.issue_key, issue.summary),), detail=(*detail, f", {ledger.name}.")
    )
