"""The promise check: last week's plan, entry by entry, against what became of it.

The plan is the one that was sent, if it was; else the one of last week's draft.
"""

from pmreport.report import links
from pmreport.report.draft import Draft, Planned, Promise, PromiseResult, promised
from pmreport.report.inputs import Inputs
from pmreport.report.view import Day, Inline, Item, Items, Mark, Paragraph, Section, Text, Tone
from pmreport.report.words import capital, counted, local_day, plural

SHOWN = 5
_MARKS = {
    PromiseResult.DONE: Mark("Done", Tone.GOOD),
    PromiseResult.NOT_DONE: Mark("Not done", Tone.BAD),
    PromiseResult.UNPLANNED: Mark("Unplanned"),
}
_NO_PLAN = "Last week's report held no plan, so there is no promise to check."
_NO_REASON = Mark("No reason is given", Tone.WARN)


def section(inputs: Inputs) -> Section:
    """How many of last week's entries are done, each entry with its result, then what came unplanned."""
    before = inputs.draft_before
    if before is None or not before.plan:
        return _section((Paragraph((_NO_PLAN,), quiet=True),))
    said = {one.id: one for one in (inputs.draft or Draft()).promises}
    results = [(entry, _result(inputs, key, said.get(key))) for key, entry in promised(before.plan)]
    unplanned = [one for one in said.values() if one.result is PromiseResult.UNPLANNED]
    entries = [
        *(_entry(inputs, entry, *result) for entry, result in results),
        *(_came(inputs, one) for one in unplanned),
    ]
    done = sum(result is PromiseResult.DONE for _, (result, _) in results)
    block = Items(items=tuple(entries[:SHOWN]), more=max(0, len(entries) - SHOWN))
    return _section((Paragraph((*_sum(done, len(results), len(unplanned)), *_plan(inputs))), block))


def _section(blocks: tuple[Paragraph | Items, ...]) -> Section:
    return Section(id="promises", title="Promise check", blocks=blocks, brief=True)


def _sum(done: int, planned: int, unplanned: int) -> Text:
    came: Text = ()
    if unplanned:
        came = ("; ", counted(unplanned, "thing"), " came unplanned")
    if planned == 1:
        return (f"The one planned entry is {'done' if done else 'not done'}", *came, ".")
    verb = plural(done, "is", "are")
    return (f"{done} of ", counted(planned, "planned entry", "planned entries"), f" {verb} done", *came, ".")


def _plan(inputs: Inputs) -> Text:
    """Which plan it is: the one its readers have, with the day they got it, else the one that was written."""
    if inputs.plan_sent is None:
        return (" By the plan in last week's draft.",)
    return (" By the plan sent on ", Day(local_day(inputs.plan_sent, inputs.zone)), ".")


def _result(inputs: Inputs, key: str, said: Promise | None) -> tuple[PromiseResult, str | None]:
    """What became of an entry, and why; by Jira where the draft does not say. None: it needs no reason."""
    if said is not None and said.result is not PromiseResult.UNPLANNED:
        return said.result, None if said.result is PromiseResult.DONE else said.reason
    card = next((one for one in inputs.cards.values() if one.key == key), None)
    if card is not None and card.is_done:
        return PromiseResult.DONE, None
    return PromiseResult.NOT_DONE, f"In Jira: {card.status}" if card is not None and card.status else ""


def _entry(inputs: Inputs, entry: Planned, result: PromiseResult, reason: str | None) -> Item:
    detail: list[Inline] = []
    if reason is not None:
        detail += [*links.words(inputs, capital(reason.rstrip("."))), "."] if reason else [_NO_REASON]
    return Item(text=(_MARKS[result], " ", *links.words(inputs, entry.item)), detail=tuple(detail))


def _came(inputs: Inputs, said: Promise) -> Item:
    """Something nobody had planned: an issue with its summary, or words."""
    reason: Text = (*links.words(inputs, capital(said.reason.rstrip("."))), ".") if said.reason else ()
    if said.id.isdigit():
        return Item(text=(_MARKS[said.result], " ", *reason))
    return Item(text=(_MARKS[said.result], " ", *links.words(inputs, said.id)), detail=reason)
