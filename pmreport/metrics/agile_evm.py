"""Earned value of a release that is planned in points and sprints (AgileEVM).

Only accepted work earns: an item that is nearly done has earned nothing (the 0/100 rule).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from itertools import pairwise

from pmreport.metrics.evm import NO_REESTIMATE, EarnedValue
from pmreport.metrics.reckoning import Reckoning, known, reckon, unknown

NO_POINTS = "the release has no points"
MORE_THAN_PLANNED = "more was completed than this plan held: the scope has grown"
NO_VELOCITY = "nothing was completed yet"
NOTHING_LEFT_TO_PLAN = "no sprint is planned"


class Baseline(StrEnum):
    """Which scope counts as planned.

    A plan that follows every addition always looks complete, one that follows none ignores what was agreed:
    both are to be shown.
    """

    ORIGINAL = "original plan"
    CURRENT = "current plan"


class Costs(StrEnum):
    """How a series of costs is meant; read the wrong way, a CPI of 0.97 becomes one of 0.56."""

    PERIOD = "what each sprint cost"
    CUMULATIVE = "what all sprints up to each one cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan:
    """A release as planned: `points` (PRP) at the start, over so many sprints of a length, for a budget."""

    budget: Decimal
    points: Decimal
    sprints: int
    sprint_days: int
    start: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintResult:
    """One sprint: points `completed` (accepted), points `added` (below 0: taken out), and its cost."""

    completed: Decimal
    added: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgileEarnedValue:
    """The state of a release after some sprints, against one of its two plans.

    Source: Sulaiman, Barton and Blackburn, AgileEVM, Agile Conference 2006.
    """

    plan: ReleasePlan
    points: Decimal  # PRP by the chosen baseline
    completed: Decimal  # RPC
    sprints_done: int  # n
    spent: Decimal  # AC

    @property
    def share_complete(self) -> Reckoning:
        """percent-points: APC = RPC / PRP."""
        if self.points <= 0:
            return unknown(NO_POINTS)
        if self.completed > self.points:
            return unknown(MORE_THAN_PLANNED)
        return known(self.completed / self.points)

    @property
    def position(self) -> EarnedValue:
        """The earned value: EV = APC x BAC, PV = n / PS x BAC (no more than all of it), AC = sum of costs."""
        budget = known(self.plan.budget)
        share = min(Decimal(self.sprints_done), Decimal(self.plan.sprints))
        planned = self.plan.budget * share / self.plan.sprints if self.plan.sprints else None
        return EarnedValue(
            budget=budget,
            planned=unknown(NOTHING_LEFT_TO_PLAN) if planned is None else known(planned),
            earned=reckon(lambda _: self.plan.budget * self.completed / self.points, self.share_complete),
            spent=known(self.spent),
            reestimate=unknown(NO_REESTIMATE),
        )

    @property
    def sprints_in_all(self) -> Reckoning:
        """The sprints that the whole takes at this velocity: n + (PRP - RPC) / v with v = RPC / n."""
        if self.share_complete.number is None:
            return self.share_complete
        if not self.completed:
            return unknown(NO_VELOCITY)
        return known(self.sprints_done + (self.points - self.completed) * self.sprints_done / self.completed)

    def release_date(self, *, whole_sprints: bool) -> tuple[date | None, str]:
        """The day it is all done at this velocity, or None and the reason why there is none.

        With `whole_sprints` at the end of the sprint it falls in, else on the day within it.
        """
        sprints = self.sprints_in_all
        if sprints.number is None:
            return None, sprints.reason
        number = sprints.number.quantize(Decimal(1), ROUND_CEILING) if whole_sprints else sprints.number
        days = (number * self.plan.sprint_days).quantize(Decimal(1), ROUND_CEILING)
        if days > (date.max - self.plan.start).days:
            return None, "not in any year that has a date"
        return self.plan.start + timedelta(days=int(days)), ""


def agile_earned_value(
    plan: ReleasePlan, results: Sequence[SprintResult], *, baseline: Baseline, costs: Costs
) -> AgileEarnedValue:
    """The state after these sprints, oldest first.

    Raises ValueError where cumulative costs fall: they are then costs of single sprints.
    """
    grown = plan.points + sum((result.added for result in results), Decimal(0))
    return AgileEarnedValue(
        plan=plan,
        points=plan.points if baseline is Baseline.ORIGINAL else grown,
        completed=sum((result.completed for result in results), Decimal(0)),
        sprints_done=len(results),
        spent=_total([result.cost for result in results], costs),
    )


def accepted_points(items: Iterable[tuple[Decimal, bool]]) -> Decimal:
    """The points that earn, of items as (points, whether it is done): all of the done ones, none in part."""
    return sum((points for points, is_done in items if is_done), Decimal(0))


def _total(costs: Sequence[Decimal], meant: Costs) -> Decimal:
    if meant is Costs.PERIOD or not costs:
        return sum(costs, Decimal(0))
    if any(later < before for before, later in pairwise(costs)):
        raise ValueError("cumulative costs never fall; these are costs of single sprints")
    return costs[-1]
