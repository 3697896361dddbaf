"""What follows from a journal: baselines, ranges, follow-ups, accepted findings and drafts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pmreport.model.forgotten import Mark, Subject
from pmreport.model.journal import Entry
from pmreport.model.journal_kinds import (
    Baseline,
    DraftVersion,
    FollowUp,
    Forgotten,
    QualityException,
    Range,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFollowUp:
    """A follow-up over time: the id of the entry that raised it, and every state with its moment, in order.

    The first due date and every later one stand in `states`: a date moved quietly is still a date moved.
    """

    id: str
    states: tuple[tuple[datetime, FollowUp], ...]

    @property
    def now(self) -> FollowUp:
        """The state written last."""
        return self.states[-1][1]


def baselines(entries: Iterable[Entry], initiative: str | None = None) -> tuple[Entry, ...]:
    """The entries that hold a baseline, of one initiative or of all, in the order they were set."""
    return tuple(
        entry
        for entry in entries
        if isinstance(entry.payload, Baseline) and initiative in {None, entry.payload.initiative}
    )


def baseline_in_force(entries: Iterable[Entry], initiative: str, as_of: datetime) -> Baseline | None:
    """The baseline that an initiative is held against at `as_of`; None where it has none by then.

    It is the one set first: a second one stands beside it and replaces nothing. What counts is the moment a
    baseline speaks of, not when it was typed, so one set for a day in the past holds from that day on.
    """
    for entry in entries:
        found = entry.payload
        if isinstance(found, Baseline) and found.initiative == initiative and found.as_of <= as_of:
            return found
    return None


def ranges(entries: Iterable[Entry], as_of: datetime) -> tuple[tuple[datetime, Range], ...]:
    """Every range typed by `as_of`, with its moment: several about one thing stand beside each other."""
    return tuple(
        (entry.at, entry.payload)
        for entry in entries
        if isinstance(entry.payload, Range) and entry.at <= as_of
    )


def follow_ups(entries: Iterable[Entry], as_of: datetime) -> tuple[KnownFollowUp, ...]:
    """The follow-ups as they stood at `as_of`, in the order they were raised.

    An update of a follow-up that nobody raised (its first entry cannot be read) counts as raising it.
    """
    states: dict[str, list[tuple[datetime, FollowUp]]] = {}
    for entry in entries:
        if isinstance(entry.payload, FollowUp) and entry.at <= as_of:
            states.setdefault(entry.payload.follow_up or entry.id, []).append((entry.at, entry.payload))
    return tuple(KnownFollowUp(id=id_, states=tuple(found)) for id_, found in states.items())


def exceptions(entries: Iterable[Entry], as_of: datetime, on: date) -> tuple[QualityException, ...]:
    """The findings accepted on the day `on`: for each check and item what was said last by `as_of`."""
    last: dict[tuple[str, str], QualityException] = {}
    for entry in entries:
        if isinstance(entry.payload, QualityException) and entry.at <= as_of:
            last[entry.payload.check, entry.payload.key] = entry.payload
    return tuple(found for found in last.values() if on <= found.until)


def draft_versions(entries: Iterable[Entry], report: str, period: str) -> tuple[tuple[datetime, str], ...]:
    """Every text of one draft that a report was made from, with the moment it was read, the oldest first."""
    return tuple(
        (entry.at, entry.payload.text)
        for entry in entries
        if isinstance(entry.payload, DraftVersion)
        and (entry.payload.report, entry.payload.period) == (report, period)
    )


def forgotten_in(entries: Iterable[Entry], site: str) -> tuple[Mark, ...]:
    """What was forgotten of a site, as the journal keeps it for a store that is made anew."""
    return tuple(
        Mark(subject=Subject(found.what), digests=found.marks, number=found.number)
        for found in (entry.payload for entry in entries)
        if isinstance(found, Forgotten) and found.site == site and found.what in set(Subject)
    )
