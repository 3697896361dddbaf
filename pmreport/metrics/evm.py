"""Earned value: what was planned, what was earned, what it cost, and what that means for the end.

Every figure is computed from the four basic amounts and never from another one that was rounded: a book that
rounded CPI on the way printed 4479 where 4480 is right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pmreport.metrics.reckoning import Reckoning, reckon

NO_COST = "nothing was spent yet"
NO_PLAN_YET = "nothing was planned to be done yet"
NOTHING_EARNED = "nothing is earned yet"
NO_BUDGET = "the budget is zero"
NO_REESTIMATE = "no open item has a remaining estimate"
NOT_ACHIEVABLE = "not achievable: the budget is spent and work is left"
ALL_EARNED = "everything is earned"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedValue:
    """The position of a piece of work at one moment, in money or in hours.

    `planned` (PV), `earned` (EV) and `spent` (AC) are cumulative; `budget` is BAC. `reestimate` is what the
    rest costs by the remaining estimates of the open items, for the bottom-up forecast.
    Source: PMI, The Standard for Earned Value Management.
    """

    budget: Reckoning
    planned: Reckoning
    earned: Reckoning
    spent: Reckoning
    reestimate: Reckoning

    @property
    def cost_variance(self) -> Reckoning:
        """cost-variance: EV - AC; below zero it cost more than it earned."""
        return reckon(lambda ev, ac: ev - ac, self.earned, self.spent)

    @property
    def schedule_variance(self) -> Reckoning:
        """schedule-variance: EV - PV, in the unit of the budget; below zero is behind."""
        return reckon(lambda ev, pv: ev - pv, self.earned, self.planned)

    @property
    def cost_performance(self) -> Reckoning:
        """cpi: EV / AC; not defined before anything was spent."""
        return reckon(_ratio(NO_COST), self.earned, self.spent)

    @property
    def schedule_performance(self) -> Reckoning:
        """spi: EV / PV; not defined before anything was planned. Goes to 1 at the end, however late."""
        return reckon(_ratio(NO_PLAN_YET), self.earned, self.planned)

    @property
    def estimate_typical(self) -> Reckoning:
        """eac-typical: BAC / CPI, the rest costs as the past did."""
        return reckon(
            lambda bac, ev, ac: bac * ac / ev if ev else NOTHING_EARNED,
            self.budget,
            self.earned,
            self.spent,
        )

    @property
    def estimate_atypical(self) -> Reckoning:
        """eac-atypical: AC + BAC - EV, the rest costs what was planned."""
        return reckon(lambda bac, ev, ac: ac + bac - ev, self.budget, self.earned, self.spent)

    @property
    def estimate_both(self) -> Reckoning:
        """eac-both: AC + (BAC - EV) / (CPI x SPI), both the cost and the delay go on."""

        def compute(bac: Decimal, ev: Decimal, ac: Decimal, pv: Decimal) -> Decimal | str:
            return ac + (bac - ev) * ac * pv / (ev * ev) if ev else NOTHING_EARNED

        return reckon(compute, self.budget, self.earned, self.spent, self.planned)

    @property
    def estimate_bottom_up(self) -> Reckoning:
        """eac-bottom-up: AC + what the open items are estimated to need still."""
        return reckon(lambda ac, rest: ac + rest, self.spent, self.reestimate)

    @property
    def estimate_to_complete(self) -> Reckoning:
        """etc: EAC (typical) - AC."""
        return reckon(lambda eac, ac: eac - ac, self.estimate_typical, self.spent)

    @property
    def variance_at_completion(self) -> Reckoning:
        """vac: BAC - EAC (typical); below zero the budget will not do."""
        return reckon(lambda bac, eac: bac - eac, self.budget, self.estimate_typical)

    @property
    def needed_for_budget(self) -> Reckoning:
        """tcpi-budget: (BAC - EV) / (BAC - AC), the efficiency that keeps the budget."""

        def compute(bac: Decimal, ev: Decimal, ac: Decimal) -> Decimal | str:
            if ev >= bac:
                return ALL_EARNED
            return (bac - ev) / (bac - ac) if ac < bac else NOT_ACHIEVABLE

        return reckon(compute, self.budget, self.earned, self.spent)

    @property
    def needed_for_estimate(self) -> Reckoning:
        """tcpi-estimate: (BAC - EV) / (EAC - AC), the efficiency that keeps the typical forecast.

        With that forecast it is the CPI so far, by definition; with another it is not.
        """
        return self.needed_for(self.estimate_typical)

    def needed_for(self, estimate: Reckoning) -> Reckoning:
        """The efficiency with which the rest must be done to end at `estimate`."""

        def compute(bac: Decimal, ev: Decimal, ac: Decimal, eac: Decimal) -> Decimal | str:
            if ev >= bac:
                return ALL_EARNED
            return (bac - ev) / (eac - ac) if eac > ac else NOT_ACHIEVABLE

        return reckon(compute, self.budget, self.earned, self.spent, estimate)

    @property
    def share_complete(self) -> Reckoning:
        """percent-complete: EV / BAC."""
        return reckon(_ratio(NO_BUDGET), self.earned, self.budget)

    @property
    def share_spent(self) -> Reckoning:
        """percent-spent: AC / BAC; above 1 the budget is overdrawn."""
        return reckon(_ratio(NO_BUDGET), self.spent, self.budget)


def _ratio(reason: str) -> Callable[[Decimal, Decimal], Decimal | str]:
    return lambda above, below: above / below if below else reason
