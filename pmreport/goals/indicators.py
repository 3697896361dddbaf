"""Whether a goal's target is met, said only as surely as the numbers allow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Aim, Guard, Indicator
from pmreport.stats.proportion import Interval, wilson

NO_TREND = "No trend shown."
FEWEST = 5  # below it there are dots, but no verdict
SURE_ENOUGH = 0.5  # what the lower bound of a share must pass, beside its target
_FULL = 100.0


class Verdict(StrEnum):
    """Where an indicator stands against its target."""

    MET = "met"
    NOT_YET = "not yet met"
    NOT_SURE = "met by the number, but it rests on too few to be sure"
    NOT_GUARDED = "met by the number, but its guard is not kept"
    TOO_EARLY = "too early to say"
    NO_DATA = "no data, so no score"
    NO_TARGET = "no target set"
    CONTEXT = "a number of the team: context, never a personal score"


class Kept(StrEnum):
    """Where a guard stands against its limit."""

    KEPT = "kept"
    BROKEN = "not kept"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was measured: `value` over `n` observations; None and 0 where there are none.

    `successes` is given where the value is a share, successes / n. `is_count`: the value itself is how many
    there were, so that few are an answer and not a small sample. `items` are the keys of the issues behind
    it; `note` says what limits it, or why there is no value.
    """

    value: float | None
    n: int = 0
    successes: int | None = None
    interval: Interval | None = None
    is_count: bool = False
    items: tuple[str, ...] = ()
    excluded: tuple[tuple[str, int], ...] = ()
    note: str = ""
    trend: str = ""


NOTHING = Reading(value=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A guard as it was read, in the same row as what it guards."""

    guard: Guard
    reading: Reading
    kept: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One indicator of one goal, read and judged.

    `score` is 0 at the floor and 100 at the target; None: no data, too few, or a number of the team.
    `baseline` is the reading the goal began with; None where it is not known. `trend` claims a change only
    where the test of trends does.
    """

    goal_id: str
    indicator: Indicator
    reading: Reading
    verdict: Verdict
    score: float | None = None
    guarded: Guarded | None = None
    baseline: Reading | None = None
    due: date | None = None

    @property
    def id(self) -> str:
        """The metric, or the name of the formula."""
        return self.indicator.binding.id

    @property
    def interval(self) -> Interval | None:
        """How sure the value is: its own interval, else Wilson's where it is a share; None for any other."""
        return interval_of(self.reading)

    @property
    def trend(self) -> str:
        """What may be claimed about a change."""
        return self.reading.trend or NO_TREND


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that was read for one goal, by the key of its bindings."""

    now: Mapping[str, Reading] = field(default_factory=dict)
    before: Mapping[str, Reading] = field(default_factory=dict)


def verdict(goal: Goal, reading: Reading | None) -> Verdict:
    """Whether the target of a goal is met.

    No data is no score, never 0. A share also needs a Wilson lower bound above one half, so that 4 of 5 is
    not yet a success; the bound is asked only of shares that should be large.
    """
    return _verdict(reading, goal.aim, goal.target)


def measures(goal: Goal, readings: Readings) -> tuple[Measure, ...]:
    """Every indicator of a goal, read and judged, with its guard in the same row."""
    return tuple(_measure(goal, indicator, readings) for indicator in goal.indicators)


def score(value: float, *, floor: float, target: float) -> float | None:
    """100 x clamp((x - floor) / (target - floor)), so that less may be better; None where both are the same.

    A floor that does not lie below its target (above, where less is better) has no scale, and no score.
    """
    if target == floor:
        return None
    share = (value - floor) / (target - floor)
    return _FULL * min(1.0, max(0.0, share)) + 0.0


def interval_of(reading: Reading) -> Interval | None:
    """The interval of a reading; None where nothing can be said."""
    if reading.interval is not None or reading.successes is None:
        return reading.interval
    return wilson(reading.successes, reading.n)


def kept(guard: Guard, reading: Reading) -> Kept:
    """Whether a guard holds; not known is not kept, and not broken either."""
    if reading.value is None:
        return Kept.UNKNOWN
    return Kept.KEPT if _passes(reading.value, guard.aim, guard.limit) else Kept.BROKEN


def _measure(goal: Goal, indicator: Indicator, readings: Readings) -> Measure:
    reading = readings.now.get(indicator.binding.key, NOTHING)
    guard = indicator.guard
    guarded = None
    if guard is not None:
        seen = readings.now.get(guard.binding.key, NOTHING)
        guarded = Guarded(guard=guard, reading=seen, kept=kept(guard, seen))
    found = _verdict(reading, indicator.aim, indicator.target)
    if indicator.is_context and found is not Verdict.NO_DATA:
        found = Verdict.CONTEXT
    if found is Verdict.MET and guarded is not None and guarded.kept is Kept.BROKEN:
        found = Verdict.NOT_GUARDED
    return Measure(
        goal_id=goal.id,
        indicator=indicator,
        reading=reading,
        verdict=found,
        score=_score(indicator, reading, found),
        guarded=guarded,
        baseline=readings.before.get(indicator.binding.key),
        due=goal.due,
    )


def _score(indicator: Indicator, reading: Reading, found: Verdict) -> float | None:
    if found in {Verdict.NO_DATA, Verdict.TOO_EARLY, Verdict.NO_TARGET, Verdict.CONTEXT}:
        return None
    floor, target = indicator.floor, indicator.target
    if reading.value is None or floor is None or target is None:
        return None
    rises = indicator.aim is Aim.AT_LEAST
    return score(reading.value, floor=floor, target=target) if rises is (target > floor) else None


def _verdict(reading: Reading | None, aim: Aim, target: float | None) -> Verdict:
    if reading is None or reading.value is None:
        return Verdict.NO_DATA
    if target is None:
        return Verdict.NO_TARGET
    if reading.n < FEWEST and not reading.is_count:
        return Verdict.TOO_EARLY
    if not _passes(reading.value, aim, target):
        return Verdict.NOT_YET
    return Verdict.MET if _is_sure(aim, reading) else Verdict.NOT_SURE


def _passes(value: float, aim: Aim, bound: float) -> bool:
    return value >= bound if aim is Aim.AT_LEAST else value <= bound


def _is_sure(aim: Aim, reading: Reading) -> bool:
    if reading.successes is None or aim is Aim.AT_MOST:
        return True
    interval = wilson(reading.successes, reading.n)
    return interval is not None and interval.low >= SURE_ENOUGH
