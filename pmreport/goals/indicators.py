"""Whether a goal's target is met, said only as surely as the numbers allow."""

from dataclasses import dataclass
from enum import StrEnum

from pmreport.goals.goal import Aim, Goal
from pmreport.stats.proportion import wilson

FEWEST = 5  # below it there are dots, but no verdict
SURE_ENOUGH = 0.5  # what the lower bound of a share must pass, beside its target


class Verdict(StrEnum):
    """Where an indicator stands against its target."""

    MET = "met"
    NOT_YET = "not yet met"
    NOT_SURE = "met by the number, but it rests on too few to be sure"
    TOO_EARLY = "too early to say"
    NO_DATA = "no data, so no score"
    NO_TARGET = "no target set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was measured: `value` over `n` observations; None and 0 where there are none.

    `successes` is given where the value is a share, successes / n.
    """

    value: float | None
    n: int = 0
    successes: int | None = None


def verdict(goal: Goal, reading: Reading | None) -> Verdict:
    """Whether the target is met.

    No data is no score, never 0. A share also needs a Wilson lower bound above one half, so that 4 of 5 is
    not yet a success; the bound is asked only of shares that should be large.
    """
    if reading is None or reading.value is None:
        return Verdict.NO_DATA
    if goal.target is None:
        return Verdict.NO_TARGET
    if reading.n < FEWEST:
        return Verdict.TOO_EARLY
    is_met = reading.value >= goal.target if goal.aim is Aim.AT_LEAST else reading.value <= goal.target
    if not is_met:
        return Verdict.NOT_YET
    return Verdict.MET if _is_sure(goal, reading) else Verdict.NOT_SURE


def _is_sure(goal: Goal, reading: Reading) -> bool:
    if reading.successes is None or goal.aim is Aim.AT_MOST:
        return True
    interval = wilson(reading.successes, reading.n)
    return interval is not None and interval.low >= SURE_ENOUGH
