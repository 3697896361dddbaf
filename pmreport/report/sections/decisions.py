"""Decisions and asks: what is needed from whom, and what was decided."""

from collections.abc import Iterable

from pmreport.report import narrative
from pmreport.report.inputs import Inputs, Marker, Note
from pmreport.report.view import Item, Items, Mark, Section, Tone

SHOWN = 5
_MARKS = {Marker.ASK: Mark("Ask", Tone.WARN), Marker.DECISION: Mark("Decision")}


def asks(inputs: Inputs) -> tuple[Note, ...]:
    """What is asked and not answered, until its item is done; after six weeks it stands behind the others."""
    return _in_order(inputs, [Marker.ASK])


def section(inputs: Inputs) -> Section:
    """Open asks, the decisions of the period, then asks older than six weeks; oldest first, at most five."""
    notes = _in_order(inputs, _MARKS)
    entries = tuple(_entry(inputs, note) for note in notes[:SHOWN])
    block = Items(
        items=entries,
        ordered=True,
        empty="No decision is needed, and none was recorded, in the comments of the narrators.",
        more=max(0, len(notes) - SHOWN),
    )
    return Section(id="decisions", title="Decisions and asks", blocks=(block,), brief=True)


def _in_order(inputs: Inputs, markers: Iterable[Marker]) -> tuple[Note, ...]:
    notes = narrative.open_notes(inputs, markers)
    return tuple(
        sorted(notes, key=lambda one: (narrative.is_stale(inputs, one), one.marker is Marker.DECISION))
    )


def _entry(inputs: Inputs, note: Note) -> Item:
    return narrative.entry(inputs, note, _MARKS[note.marker], " ")
