"""Who may see which goal: a goal that is not for an audience never reaches what is made for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from pmreport.goals.evidence import Evidence
from pmreport.goals.goal import Goal, Visibility


class Audience(StrEnum):
    """For whom something is made, from the person alone to everybody on the team."""

    PRIVATE = "private"
    MANAGER = "manager"
    MANAGEMENT = "management"
    TEAM = "team"


TALKERS = frozenset({Audience.PRIVATE, Audience.MANAGER})  # who may read what was said in their talks


@dataclass(frozen=True, slots=True)
class Shown:
    """The goals an audience may see, and the evidence of these goals only."""

    goals: tuple[Goal, ...]
    evidence: tuple[Evidence, ...]


def shown(goals: Iterable[Goal], evidence: Iterable[Evidence], audience: Audience) -> Shown:
    """What an audience may see. Everything made for it is to be built from this, and from nothing else."""
    kept = visible(goals, audience)
    ids = {goal.id for goal in kept}
    return Shown(kept, tuple(piece for piece in evidence if piece.goal_id in ids))


def visible(goals: Iterable[Goal], audience: Audience) -> tuple[Goal, ...]:
    """The goals an audience may see: the person all of them, the team none."""
    allowed = _allowed(audience)
    return tuple(goal for goal in goals if goal.visibility in allowed)


def _allowed(audience: Audience) -> frozenset[Visibility]:
    match audience:
        case Audience.PRIVATE:
            return frozenset(Visibility)
        case Audience.MANAGER:
            return frozenset({Visibility.MANAGER, Visibility.MANAGEMENT})
        case Audience.MANAGEMENT:
            return frozenset({Visibility.MANAGEMENT})
        case Audience.TEAM:
            return frozenset()
        case _:
            assert_never(audience)
