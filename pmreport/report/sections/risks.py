"""What may go wrong: risks that were written down, and blocked items."""

from pmreport.report import links, narrative, sprints
from pmreport.report.inputs import Blocked, Inputs, Marker
from pmreport.report.view import Inline, Item, Items, Mark, Section, Tone
from pmreport.report.words import in_words

SHOWN = 5


def section(inputs: Inputs) -> Section:
    """Risks in their author's words, the newest first, then blocked items; at most five together.

    Blocked items of a running sprint stand before others, the longest blocked first.
    """
    written = [
        narrative.entry(inputs, note, Mark("Risk", Tone.WARN), " ")
        for note in reversed(narrative.open_notes(inputs, [Marker.RISK]))
    ]
    running = {issue.issue_id for ledger in sprints.active(inputs.ledgers) for issue in ledger.issues}
    blocked = sorted(
        inputs.blocked, key=lambda item: (item.issue_id not in running, -item.working_days, item.key)
    )
    entries = [*written, *(_blocked(inputs, item) for item in blocked)]
    block = Items(
        items=tuple(entries[:SHOWN]),
        empty="No risk was recorded, and nothing is blocked.",
        more=max(0, len(entries) - SHOWN),
    )
    return Section(id="risks", title="Risks", blocks=(block,), brief=True)


def _blocked(inputs: Inputs, item: Blocked) -> Item:
    mark = f"Blocked {in_words(item.working_days, 'working day')}" if item.working_days else "Blocked today"
    detail: list[Inline] = [f"Owner: {item.owner}." if item.owner else "It has no owner."]
    if item.reason:
        detail.append(f" Waiting for: {' '.join(item.reason.split())}")
    return Item(
        text=(links.named(inputs, item.key, item.summary), " ", Mark(mark, Tone.BAD)), detail=tuple(detail)
    )
