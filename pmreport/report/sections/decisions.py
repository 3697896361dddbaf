"""Decisions and asks: what is needed from whom, and what was decided."""

from collections.abc import Iterable

from pmreport.report import links, narrative
from pmreport.report.draft import Ask
from pmreport.report.inputs import Inputs, Marker, Note
from pmreport.report.rag import last_day
from pmreport.report.view import Day, Inline, Item, Items, Mark, Section, Tone
from pmreport.report.words import capital, counted

SHOWN = 5
_MARKS = {Marker.ASK: Mark("Ask", Tone.WARN), Marker.DECISION: Mark("Decision")}


def asks(inputs: Inputs) -> tuple[str, ...]:
    """What is asked and not answered: the draft's, then what stands in comments, the stale last."""
    drafted = inputs.draft.asks if inputs.draft else ()
    return (
        *(capital(" ".join(one.what.split())) for one in drafted),
        *(capital(narrative.spoken(inputs, one)) for one in _in_order(inputs, [Marker.ASK])),
    )


def section(inputs: Inputs) -> Section:
    """The draft's asks, those of comments, decisions of the period, then asks older than six weeks."""
    drafted = inputs.draft.asks if inputs.draft else ()
    entries = [
        *(_drafted(inputs, one) for one in drafted),
        *(narrative.entry(inputs, note, _MARKS[note.marker], " ") for note in _in_order(inputs, _MARKS)),
    ]
    block = Items(
        items=tuple(entries[:SHOWN]),
        ordered=True,
        empty="No decision is needed, and none was recorded, in the draft or in a comment.",
        more=max(0, len(entries) - SHOWN),
    )
    return Section(id="decisions", title="Decisions and asks", blocks=(block,), brief=True)


def _in_order(inputs: Inputs, markers: Iterable[Marker]) -> tuple[Note, ...]:
    notes = narrative.open_notes(inputs, markers)
    return tuple(
        sorted(notes, key=lambda one: (narrative.is_stale(inputs, one), one.marker is Marker.DECISION))
    )


def _drafted(inputs: Inputs, ask: Ask) -> Item:
    today = last_day(inputs)
    detail: list[Inline] = [f"From {ask.from_whom}" if ask.from_whom else Mark("Nobody is named", Tone.WARN)]
    if ask.by is not None:
        detail += [", by ", Day(ask.by)]
        if ask.by < today:
            detail += [" ", Mark("Overdue", Tone.BAD)]
    detail.append(".")
    if ask.cost_of_delay:
        detail += [" Waiting costs: ", *links.words(inputs, ask.cost_of_delay.rstrip(".")), "."]
    if ask.raised is not None and (age := (today - ask.raised).days) >= 0:
        detail += [" Asked ", *((counted(age, "day"), " ago.") if age else ("today.",))]
    return Item(text=(_MARKS[Marker.ASK], " ", *links.words(inputs, capital(ask.what))), detail=tuple(detail))
