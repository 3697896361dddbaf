"""Which entry of the draft speaks for which comment, so that a log holds the two in one row."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from pmreport.report import narrative
from pmreport.report.draft import Ask, Danger
from pmreport.report.inputs import Inputs, Marker, Note

Entry = Ask | Danger
_ALIKE = 0.4  # of the words: who edits an entry keeps about half of them


def spoken_for(inputs: Inputs, notes: Iterable[Note]) -> Mapping[Note, Entry]:
    """The asks and risks of the draft by the comment that each is about, the most alike first.

    Words that are the same are about one thing. Others are, if they are much alike, where the comment was
    filled into the draft and edited there.
    """
    pairs = sorted(_pairs(inputs, notes), key=lambda pair: -pair[0])
    told: dict[Note, Entry] = {}
    taken: set[int] = set()
    for _, note, entry in pairs:
        if note not in told and id(entry) not in taken:
            told[note] = entry
            taken.add(id(entry))
    return told


def _pairs(inputs: Inputs, notes: Iterable[Note]) -> Iterator[tuple[float, Note, Entry]]:
    draft = inputs.draft
    if draft is None:
        return
    entries: Mapping[Marker, tuple[Entry, ...]] = {Marker.ASK: draft.asks, Marker.RISK: draft.dangers}
    for note in notes:
        words = _heard(narrative.spoken(inputs, note))
        filled_in = draft.harvested is not None and note.written <= draft.harvested
        for entry in entries.get(note.marker, ()):
            alike = SequenceMatcher(None, words, _heard(entry.what), autojunk=False).ratio()
            if alike >= (_ALIKE if filled_in else 1):
                yield alike, note, entry


def _heard(text: str) -> list[str]:
    return text.casefold().rstrip(". ").split()
