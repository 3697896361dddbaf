"""A development goal: what it is, why it matters, and the rules that find its evidence."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmreport.goals.condition import Condition
from pmreport.goals.indicator import Aim, Indicator

__all__ = ["Aim", "Goal", "GoalRule", "Polarity", "Visibility"]


class Visibility(StrEnum):
    """Who may see a goal: the product manager, also their manager, or also management."""

    PRIVATE = "private"
    MANAGER = "manager"
    MANAGEMENT = "management"


class Polarity(StrEnum):
    """Whether an item that a rule finds speaks for the goal or against it."""

    EVIDENCE = "evidence"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRule:
    """Which items speak for or against a goal, in JQL. `strength` is 1 to 3.

    `condition` is a number that an item must have besides; None: the JQL is enough. `where` says where the
    rule is written (file:line:column), for errors; None for a built-in rule.
    """

    id: str
    jql: str
    polarity: Polarity = Polarity.EVIDENCE
    strength: int = 1
    condition: Condition | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal, built-in text and the user's own words merged.

    The first of the `indicators` is the one a goal is known by: `metric`, `aim` and `target` are its own.
    `metric` is None where nothing measures the goal. `baseline` says where the measuring begins.
    `beyond_three` is why it is active although three others are; empty: it is one of the three.
    """

    id: str
    title: str
    why: str
    behaviour_now: str
    target_behaviour: str
    indicator: str  # what is measured, in words
    guard: str  # the counter-measure that shows gaming, in words
    show: str  # what to show in the 1:1
    target: float | None = None
    due: date | None = None
    active: bool = True
    beyond_three: str = ""
    visibility: Visibility = Visibility.MANAGER
    rules: tuple[GoalRule, ...] = ()
    metric: str | None = None
    aim: Aim = Aim.AT_LEAST
    baseline: str = ""
    indicators: tuple[Indicator, ...] = ()
