"""Decisions and asks: what is needed from whom, and what was decided."""

from pmreport.report import narrative
from pmreport.report.inputs import Inputs, Marker, Note
from pmreport.report.view import Item, Items, Mark, Section, Tone

SHOWN = 5
_MARKS = {Marker.ASK: Mark("Ask", Tone.WARN), Marker.DECISION: Mark("Decision")}


def asks(inputs: Inputs) -> tuple[Note, ...]:
    """What is asked and not answered, oldest first: an ask stands until its item is done."""
    return narrative.open_notes(inputs, [Marker.ASK])


def section(inputs: Inputs) -> Section:
    """Open asks and the decisions of the period, oldest first, at most five."""
    notes = narrative.open_notes(inputs, _MARKS)
    entries = tuple(_entry(inputs, note) for note in notes[:SHOWN])
    block = Items(
        items=entries,
        ordered=True,
        empty="No decision is needed, and none was recorded, in the comments of the narrators.",
        more=max(0, len(notes) - SHOWN),
    )
    return Section(id="decisions", title="Decisions and asks", blocks=(block,), brief=True)


def _entry(inputs: Inputs, note: Note) -> Item:
    return narrative.entry(inputs, note, _MARKS[note.marker], " ")
