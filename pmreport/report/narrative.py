"""What people wrote for the report, in comments that begin with a marker."""

from collections.abc import Iterable

from pmreport.report import links
from pmreport.report.inputs import Inputs, Marker, Note
from pmreport.report.view import Day, Inline, Item, Text
from pmreport.report.words import capital, counted, local_day


def open_notes(inputs: Inputs, markers: Iterable[Marker]) -> tuple[Note, ...]:
    """Notes that still stand, oldest first: their issue is not done, or they were written in the period.

    A decision is news once, in the period in which it was written. Restricted notes never come this far.
    """
    wanted = frozenset(markers)
    standing = [note for note in inputs.notes if note.marker in wanted and _stands(inputs, note)]
    return tuple(sorted(standing, key=lambda note: (note.written, note.issue_key, note.text)))


def latest(inputs: Inputs, marker: Marker) -> Note | None:
    """The newest note of the period with this marker, or None."""
    fresh = [note for note in open_notes(inputs, [marker]) if _in_period(inputs, note)]
    return fresh[-1] if fresh else None


def spoken(note: Note) -> str:
    """The words of a note on one line, without the marker."""
    words = " ".join(note.text.split())
    prefix = f"{note.marker.value}:"
    return words[len(prefix) :].lstrip() if words.upper().startswith(prefix) else words


def entry(inputs: Inputs, note: Note, *lead: Inline) -> Item:
    """A note as an entry of a list: its words, then who wrote it where and how long ago."""
    return Item(text=(*lead, capital(spoken(note))), detail=(*source(inputs, note), "."))


def source(inputs: Inputs, note: Note) -> Text:
    """Who wrote a note, on which item, when, and how long ago that is."""
    days = (local_day(inputs.as_of, inputs.zone) - local_day(note.written, inputs.zone)).days
    age: Text = (counted(days, "day"), " ago") if days else ("today",)
    where = links.issue(inputs, note.issue_key)
    return (note.author, " on ", where, ", ", Day(local_day(note.written, inputs.zone)), ", ", *age)


def _stands(inputs: Inputs, note: Note) -> bool:
    if note.written > inputs.as_of:
        return False
    if _in_period(inputs, note):
        return True
    card = inputs.cards.get(note.issue_id)
    return note.marker is not Marker.DECISION and (card is None or not card.is_done)


def _in_period(inputs: Inputs, note: Note) -> bool:
    return inputs.period_start <= note.written < inputs.period_end
