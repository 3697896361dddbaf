"""What is read for a goal from its evidence and from the journal, and the sentence that says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Aim, Binding, Source
from pmreport.goals.indicators import Measure, Reading, Readings

BASELINE_AFTER = timedelta(weeks=13)
_PERCENT = 100
_MOST_ITEMS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An entry of the journal, as far as counting needs it. `is_sourced`: it names a source.

    `subject` is what it is about; empty: nothing that can be told apart.
    """

    at: datetime
    kind: str
    goal_id: str = ""
    is_sourced: bool = False
    subject: str = ""


def bindings(goal: Goal) -> tuple[tuple[Binding, Aim], ...]:
    """Everything that has to be read for a goal, guards included, with the side that is the better one."""
    found: dict[str, tuple[Binding, Aim]] = {}
    for indicator in goal.indicators:
        found.setdefault(indicator.binding.key, (indicator.binding, indicator.aim))
        if indicator.guard is not None:
            guard = indicator.guard
            found.setdefault(guard.binding.key, (guard.binding, guard.aim))
    return tuple(found.values())


def own_readings(
    goal: Goal,
    evidence: Iterable[Evidence],
    journal: Iterable[Logged],
    as_of: datetime,
    *,
    before: Iterable[Evidence] = (),
) -> Readings:
    """What the evidence and the journal say about a goal, and what they said a quarter before.

    `before` is what the rules would have found then; without it a share has no reading there.
    """
    pieces, entries, earlier = tuple(evidence), tuple(journal), tuple(before)
    now: dict[str, Reading] = {}
    then: dict[str, Reading] = {}
    for binding, _ in bindings(goal):
        if binding.source is Source.EVIDENCE:
            now[binding.key] = of_evidence(binding, goal.id, pieces)
            then[binding.key] = of_evidence(binding, goal.id, earlier)
        elif binding.source is Source.JOURNAL:
            now[binding.key] = of_journal(binding, goal.id, entries, as_of)
            then[binding.key] = of_journal(binding, goal.id, entries, as_of - BASELINE_AFTER)
    return Readings(now, then)


def of_evidence(binding: Binding, goal_id: str, evidence: Iterable[Evidence]) -> Reading:
    """The share of the items that a hit found and no miss, of all that either found.

    A rejected piece counts for nothing; a piece that matches no more only if a person accepted it.
    """
    standing = [
        piece
        for piece in evidence
        if piece.goal_id == goal_id
        and piece.state is not EvidenceState.REJECTED
        and (piece.matches or piece.state is EvidenceState.ACCEPTED)
    ]
    key_of = {piece.issue_id: piece.issue_key for piece in standing}
    misses = {piece.issue_id for piece in standing if piece.rule_id in binding.misses}
    hits = {piece.issue_id for piece in standing if piece.rule_id in binding.hits} - misses
    n = len(hits) + len(misses)
    if n == 0:
        return Reading(value=None, note="no rule of this measure has found an item: run `pmreport tag`")
    against = sorted(key_of[issue_id] for issue_id in misses)
    note = f"{len(misses)} speak against it" if misses else ""
    return Reading(
        value=len(hits) / n, n=n, successes=len(hits), items=tuple(against[:_MOST_ITEMS]), note=note
    )


def of_journal(binding: Binding, goal_id: str, journal: Iterable[Logged], as_of: datetime) -> Reading:
    """How many entries the last days hold; of a share, the part that names its source.

    Nobody who never wrote an entry of the kind has zero: there is no data. Entries typed after `as_of` were
    not known then.
    """
    kinds = ", ".join(binding.kinds)
    known = [
        entry
        for entry in journal
        if entry.kind in binding.kinds
        and entry.at <= as_of
        and (not binding.goal_only or entry.goal_id == goal_id)
    ]
    if not known:
        under = f" under {goal_id}" if binding.goal_only else ""
        return Reading(value=None, note=f"the journal has no entry of the kind {kinds}{under} yet")
    recent = [entry for entry in known if entry.at > as_of - timedelta(days=binding.days)]
    if not binding.is_share:
        n = len(_subjects(recent)) if binding.by_subject else len(recent)
        return Reading(value=float(n), n=n, is_count=True)
    if not recent:
        return Reading(value=None, note=f"no entry of the kind {kinds} in the last {binding.days} days")
    sourced = sum(entry.is_sourced for entry in recent)
    return Reading(value=sourced / len(recent), n=len(recent), successes=sourced)


def _subjects(entries: Iterable[Logged]) -> frozenset[str]:
    """What entries are about, however it is written."""
    return frozenset(" ".join(entry.subject.casefold().split()) for entry in entries if entry.subject.strip())


def smart(measure: Measure) -> str:
    """The target in a sentence that can be checked: from, to, by when, measured by what, guarded by what."""
    indicator = measure.indicator
    start = measure.baseline if measure.baseline and measure.baseline.value is not None else measure.reading
    unit = indicator.binding.unit
    origin = "From no reading yet" if start.value is None else f"From {said(start.value, unit)} (n={start.n})"
    aim = "no target" if indicator.target is None else f"{indicator.aim} {said(indicator.target, unit)}"
    due = f"by {measure.due.isoformat()}" if measure.due else "by a day still to be agreed"
    guard = ""
    if indicator.guard is not None:
        limit = said(indicator.guard.limit, indicator.guard.binding.unit)
        guard = f", guard {indicator.guard.binding.id} not worse than {limit}"
    return f"{origin} to {aim} {due}, measured by {measure.id}{guard}."


def said(value: float, unit: str) -> str:
    """A number of a goal as a person reads it: shares in per cent."""
    shown = value * _PERCENT if unit == "%" else value
    text = f"{shown:.2f}".rstrip("0").rstrip(".")
    text = "0" if text in {"-0", ""} else text
    return f"{text} {unit}" if unit else text
