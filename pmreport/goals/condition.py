"""A number of an item that a rule may ask for besides its JQL: which, and between which bounds."""

from dataclasses import dataclass
from enum import StrEnum


class RuleMetric(StrEnum):
    """What a rule may count on one item.

    Days are working days of the reporting calendar and are counted on items that are not done; idle since
    somebody last commented, logged work, or changed status, assignee or description. Actual over estimate is
    the work logged until done over the time estimated before, on done items that have both: 2 took twice as
    long. A due date is moved when it becomes another day, also after it was taken away; an item is reopened
    when it leaves the status category done.
    """

    AGE = "age-days"
    IDLE = "idle-days"
    ACTUAL = "actual-over-estimate"
    MOVES = "due-moves"
    REOPENED = "reopened"


COUNTS = frozenset({RuleMetric.MOVES, RuleMetric.REOPENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A number that lies above one bound, below another, or between the two; a bound itself is outside.

    None is no bound on that side.
    """

    metric: RuleMetric
    above: float | None = None
    below: float | None = None

    def holds(self, value: float | None) -> bool:
        """Whether the number is so; an item that has none is never so."""
        if value is None:
            return False
        return (self.above is None or value > self.above) and (self.below is None or value < self.below)

    @property
    def text(self) -> str:
        """The condition as a clause: `idle-days > 10`."""
        bounds = ((">", self.above), ("<", self.below))
        return " AND ".join(f"{self.metric} {sign} {bound:g}" for sign, bound in bounds if bound is not None)
