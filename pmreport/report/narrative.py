"""What people wrote for the report, in comments that begin with a marker."""

import re
from collections.abc import Iterable
from datetime import date

from pmreport.report import links
from pmreport.report.inputs import Inputs, Marker, Note
from pmreport.report.view import Day, Inline, Item, Text
from pmreport.report.words import capital, counted, day_in_words, local_day

STALE = 42  # days: what nobody has answered for six weeks no longer stands before what is new
_MENTION = re.compile(r"\[~(?:accountid:)?([^\]]+)\]")
_ADDRESS = re.compile(r"(?P<who>.*?)(?:\bby\s+(?P<by>\S.*))?$", re.IGNORECASE)


def open_notes(inputs: Inputs, markers: Iterable[Marker]) -> tuple[Note, ...]:
    """Notes that still stand, oldest first: their issue is not done, or they were written in the period.

    What was filled into the draft is the draft's to tell: taken out there, it is not told. A decision is news
    once, in the period in which it was written. Restricted notes never come this far.
    """
    wanted = frozenset(markers)
    standing = [
        note
        for note in inputs.notes
        if note.marker in wanted and _stands(inputs, note) and not _is_drafts(inputs, note)
    ]
    return tuple(sorted(standing, key=lambda note: (note.written, note.issue_key, note.text)))


def latest(inputs: Inputs, marker: Marker) -> Note | None:
    """The newest note of the period with this marker, or None."""
    fresh = [note for note in open_notes(inputs, [marker]) if _in_period(inputs, note)]
    return fresh[-1] if fresh else None


def spoken(inputs: Inputs, note: Note) -> str:
    """The words of a note on one line, people by their names, without the marker and whom it addresses."""
    return _parts(inputs, note)[1]


def asked_of(inputs: Inputs, note: Note) -> tuple[str, str]:
    """Whom a note addresses and by when, as it was written; empty where it does not say."""
    head, colon, _ = _words(inputs, note).partition(":")
    marker, _, address = head.partition(" ")
    if not colon or marker.upper() != note.marker.value:
        return "", ""
    found = _ADDRESS.match(address.strip())
    return (found["who"].strip(" @,"), found["by"] or "") if found else ("", "")


def is_stale(inputs: Inputs, note: Note) -> bool:
    """Whether a note was written more than six weeks ago."""
    return _age(inputs, note) > STALE


def entry(inputs: Inputs, note: Note, *lead: Inline) -> Item:
    """A note as an entry of a list: its words, then of whom it is asked, who wrote it where, and when."""
    address, words = _parts(inputs, note)
    asked = (f"{address}. ",) if address else ()
    return Item(text=(*lead, capital(words)), detail=(*asked, *source(inputs, note), "."))


def source(inputs: Inputs, note: Note) -> Text:
    """Who wrote a note, on which item, when, and how long ago that is."""
    days = _age(inputs, note)
    age: Text = (counted(days, "day"), " ago") if days else ("today",)
    where = links.issue(inputs, note.issue_key)
    return (note.author, " on ", where, ", ", Day(local_day(note.written, inputs.zone)), ", ", *age)


def _parts(inputs: Inputs, note: Note) -> tuple[str, str]:
    """Whom a note addresses and by when, in words or empty, and what it says."""
    words = _words(inputs, note)
    head, colon, rest = words.partition(":")
    if not colon or head.partition(" ")[0].upper() != note.marker.value:
        return "", words
    who, by = asked_of(inputs, note)
    told = [f"of {who}"] * bool(who) + ([f"by {_in_words(by)}"] if by else [])
    return f"Asked {' '.join(told)}" if told else "", rest.strip()


def _words(inputs: Inputs, note: Note) -> str:
    """All of a note on one line, people by their names."""
    return _MENTION.sub(lambda found: inputs.people.get(found[1], "somebody"), " ".join(note.text.split()))


def _in_words(day: str) -> str:
    try:
        return day_in_words(date.fromisoformat(day))
    except ValueError:
        return day


def _age(inputs: Inputs, note: Note) -> int:
    """Whole days since a note was written."""
    return (local_day(inputs.as_of, inputs.zone) - local_day(note.written, inputs.zone)).days


def _stands(inputs: Inputs, note: Note) -> bool:
    if note.written > inputs.as_of:
        return False
    if _in_period(inputs, note):
        return True
    card = inputs.cards.get(note.issue_id)
    return note.marker is not Marker.DECISION and (card is None or not card.is_done)


def _is_drafts(inputs: Inputs, note: Note) -> bool:
    draft = inputs.draft
    if draft is None or draft.harvested is None or note.marker is Marker.DECISION:
        return False
    return note.written <= draft.harvested


def _in_period(inputs: Inputs, note: Note) -> bool:
    return inputs.period_start <= note.written < inputs.period_end
