"""The bottom line: two or three sentences to take away."""

from decimal import Decimal

from pmreport.metrics.sprint import SprintLedger
from pmreport.report import charts, links, narrative, sprints
from pmreport.report.inputs import Inputs, Marker
from pmreport.report.view import Inline, Paragraph, Section, Text
from pmreport.report.words import amount, capital, counted, plural, rounded, scaled

_NOT_WRITTEN = "Nobody has written a bottom line; this one was made from the numbers."
_LOST = "What was written by then is not known; this one was made from the numbers."


def section(inputs: Inputs) -> Section:
    """What the draft says, else what a narrator wrote in the period, else what the numbers say."""
    note = narrative.latest(inputs, Marker.SUMMARY)
    if inputs.draft is not None and inputs.draft.bottom_line:
        blocks: tuple[Paragraph, ...] = (Paragraph(links.words(inputs, inputs.draft.bottom_line)),)
    elif note is None:
        blocks = (
            Paragraph(from_numbers(inputs)),
            Paragraph((_LOST if inputs.draft_is_lost else _NOT_WRITTEN,), quiet=True),
        )
    else:
        blocks = (
            Paragraph((capital(narrative.spoken(inputs, note)),)),
            Paragraph((*narrative.source(inputs, note), "."), quiet=True),
        )
    return Section(id="bottom-line", title="Bottom line", blocks=blocks, brief=True)


def from_numbers(inputs: Inputs) -> Text:
    """The bottom line by rule: what was delivered, where the sprints stand, what waits."""
    text: list[Inline] = [*_delivered(inputs)]
    for ledger in sprints.running(inputs):
        text += [" ", *_pace(inputs, ledger)]
    return (*text, *_waiting(inputs))


def _delivered(inputs: Inputs) -> Text:
    count = len(inputs.delivered)
    if count == 0:
        return ("Nothing was delivered in this period.",)
    return (counted(count, "item"), f" {plural(count, 'was', 'were')} delivered.")


def _pace(inputs: Inputs, ledger: SprintLedger) -> Text:
    gap = charts.behind(inputs, ledger)
    if why := charts.nothing(ledger):
        return (f"{ledger.name} runs: {why}.",)
    if gap is None:
        return (f"{ledger.name} runs: ", amount(ledger.amounts.completed, ledger.unit), " completed.")
    return (f"{ledger.name} is ", *_gap_words(gap, ledger), *_left(inputs, ledger), ".")


def _gap_words(gap: Decimal, ledger: SprintLedger) -> Text:
    if rounded(scaled(gap, ledger.unit)) == 0:
        return ("on the ideal line",)
    return (amount(abs(gap), ledger.unit), " behind" if gap > 0 else " ahead of", " the ideal line")


def _left(inputs: Inputs, ledger: SprintLedger) -> Text:
    days = sprints.working_days_left(inputs, ledger)
    if days is None:
        return ()
    return (" with ", counted(days, "working day"), " left") if days else (" on its last day",)


def _waiting(inputs: Inputs) -> Text:
    overdue = len(inputs.followups.overdue) if inputs.followups else 0
    blocked = len(inputs.blocked)
    parts: list[Inline] = []
    if overdue:
        parts += [" ", counted(overdue, "follow-up"), f" {plural(overdue, 'is', 'are')} overdue."]
    if blocked:
        parts += [" ", counted(blocked, "item"), f" {plural(blocked, 'is', 'are')} blocked."]
    return tuple(parts)
