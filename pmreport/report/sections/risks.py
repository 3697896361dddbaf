"""What may go wrong: risks that were written down, and blocked items."""

from pmreport.report import links, narrative, sprints
from pmreport.report.draft import Danger
from pmreport.report.inputs import Blocked, Inputs, Marker, Note
from pmreport.report.view import Inline, Item, Items, Mark, Section, Tone
from pmreport.report.words import capital, in_words

SHOWN = 5


def section(inputs: Inputs) -> Section:
    """What is new or stops the running sprint first, then what is older; at most five together.

    That is: the risks of the draft; risks in comments of the last six weeks, the newest first; blocked items
    of a running sprint, the longest blocked first; older risks; other blocked items.
    """
    notes = narrative.open_notes(inputs, [Marker.RISK])[::-1]
    new = [note for note in notes if not narrative.is_stale(inputs, note)]
    old = [note for note in notes if narrative.is_stale(inputs, note)]
    running = {issue.issue_id for ledger in sprints.running(inputs) for issue in ledger.issues}
    blocked = sorted(inputs.blocked, key=lambda item: (-item.working_days, item.key))
    entries = [
        *(_drafted(inputs, one) for one in (inputs.draft.dangers if inputs.draft else ())),
        *(_written(inputs, note) for note in new),
        *(_blocked(inputs, item) for item in blocked if item.issue_id in running),
        *(_written(inputs, note) for note in old),
        *(_blocked(inputs, item) for item in blocked if item.issue_id not in running),
    ]
    block = Items(
        items=tuple(entries[:SHOWN]),
        empty="No risk was recorded, and nothing is blocked.",
        more=max(0, len(entries) - SHOWN),
    )
    return Section(id="risks", title="Risks", blocks=(block,), brief=True)


def _drafted(inputs: Inputs, danger: Danger) -> Item:
    told = (
        ("Impact", danger.impact),
        ("Owner", danger.owner),
        ("Mitigation", danger.mitigation),
        ("Path to green", danger.path_to_green),
    )
    detail: list[Inline] = []
    for name, words in told:
        if words:
            detail += [f"{' ' if detail else ''}{name}: ", *links.words(inputs, words.rstrip(".")), "."]
    if not danger.owner:
        detail += [" " if detail else "", Mark("No owner", Tone.WARN)]
    return Item(
        text=(Mark("Risk", Tone.WARN), " ", *links.words(inputs, capital(danger.what))),
        detail=tuple(part for part in detail if part != ""),
    )


def _written(inputs: Inputs, note: Note) -> Item:
    return narrative.entry(inputs, note, Mark("Risk", Tone.WARN), " ")


def _blocked(inputs: Inputs, item: Blocked) -> Item:
    mark = f"Blocked {in_words(item.working_days, 'working day')}" if item.working_days else "Blocked today"
    detail: list[Inline] = [f"Owner: {item.owner}." if item.owner else "It has no owner."]
    if item.reason:
        detail.append(f" Waiting for: {' '.join(item.reason.split())}")
    return Item(
        text=(links.named(inputs, item.key, item.summary), " ", Mark(mark, Tone.BAD)), detail=tuple(detail)
    )
