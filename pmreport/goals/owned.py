"""Which entries of a journal speak of which goal, and who may therefore see them."""

from collections.abc import Iterable, Mapping, Sequence

from pmreport.goals.goal import Goal
from pmreport.goals.review import Audience, visible
from pmreport.model.journal import Entry
from pmreport.model.journal_goals import ActionResult, EvidenceDecision, GoalTerms, Logged, SignOff
from pmreport.model.journal_kinds import Range

NOBODYS = ""  # an entry about one that cannot be found speaks of a goal that nobody knows


def owners(entries: Iterable[Entry]) -> Mapping[str, str]:
    """The goal that each entry speaks of, by the id of the entry; those that speak of none are left out.

    What was said of an entry speaks of the goal of that entry.
    """
    known: dict[str, str] = {}
    about: dict[str, str] = {}
    for entry in entries:
        match entry.payload:
            case Logged() | EvidenceDecision() | GoalTerms():
                known[entry.id] = entry.payload.goal
            case Range() if entry.payload.goal:
                known[entry.id] = entry.payload.goal
            case SignOff() | ActionResult():
                about[entry.id] = entry.payload.entry
            case _:
                pass
    return known | {id_: known.get(entry, NOBODYS) for id_, entry in about.items()}


def seen_by(entries: Sequence[Entry], goals: Iterable[Goal], audience: Audience) -> tuple[Entry, ...]:
    """The entries that an audience may see: those of its goals, and those that speak of no goal.

    An entry of a goal that stands in no configuration any more is the person's alone: nobody can say any more
    who might have seen it.
    """
    if audience is Audience.PRIVATE:
        return tuple(entries)
    owner = owners(entries)
    allowed = {goal.id for goal in visible(goals, audience)}
    return tuple(entry for entry in entries if entry.id not in owner or owner[entry.id] in allowed)
