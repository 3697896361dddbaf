"""How long things take when some of them are still going on."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_HALF = 0.5 + 1e-12  # a product of fractions that is one half comes out a little off it


class Lasting(NamedTuple):
    """How long something lasted, and whether it `ended` then or was still going on when last seen."""

    duration: float
    ended: bool


class Surviving(NamedTuple):
    """The share that lasts longer than `duration`."""

    duration: float
    share: float


def kaplan_meier(lastings: Iterable[Lasting]) -> tuple[Surviving, ...]:
    """The share that lasts longer than each duration at which something ended, shortest first.

    What is still going on counts as long as it was seen: dropped, it would make everything look quicker; what
    was last seen at the moment of an end counts as there. Empty when nothing ended.
    Source: Kaplan and Meier, Nonparametric estimation from incomplete observations, JASA 53, 1958.
    """
    held = tuple(lastings)
    seen = Counter(one.duration for one in held)
    ended = Counter(one.duration for one in held if one.ended)
    share, at_risk, steps = 1.0, len(held), []
    for duration in sorted(seen):
        if ended[duration]:
            share *= 1 - ended[duration] / at_risk
            steps.append(Surviving(duration, share))
        at_risk -= seen[duration]
    return tuple(steps)


def median_lasting(lastings: Iterable[Lasting]) -> float | None:
    """The shortest duration by which at least half has ended; None while fewer than half have.

    Without anything still going on it is the nearest-rank median.
    """
    return next((step.duration for step in kaplan_meier(lastings) if step.share <= _HALF), None)
