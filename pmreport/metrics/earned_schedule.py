"""Earned schedule: at what time the work done by now should have been done."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pmreport.metrics.reckoning import Reckoning, known, reckon, unknown

NOT_BEGUN = "the plan has not begun yet"
NOTHING_PLANNED = "the plan has no value"
NOTHING_EARNED = "nothing is earned yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedSchedule:
    """Where the work stands on the time axis of its plan, in periods.

    `earned` (ES) is the time at which what is earned by now was planned to be earned; `actual` (AT) the time
    that passed; `duration` (PD) the period in which the plan is whole.
    Source: Lipke, Schedule is Different, The Measurable News, 2003.
    """

    earned: Reckoning
    actual: Reckoning
    duration: Reckoning

    @property
    def variance(self) -> Reckoning:
        """schedule-variance-time: SV(t) = ES - AT in periods; below zero is late."""
        return reckon(lambda es, at: es - at, self.earned, self.actual)

    @property
    def performance(self) -> Reckoning:
        """spi-time: SPI(t) = ES / AT; unlike SPI it stays below 1 when late work is done at last."""
        return reckon(lambda es, at: es / at if at else NOT_BEGUN, self.earned, self.actual)

    @property
    def forecast(self) -> Reckoning:
        """ieac-time: IEAC(t) = PD / SPI(t), the periods the whole will take at this pace."""
        return reckon(
            lambda pd, es, at: pd * at / es if es else NOTHING_EARNED,
            self.duration,
            self.earned,
            self.actual,
        )


def earned_schedule(planned: Sequence[Decimal], earned: Decimal, actual: Decimal) -> EarnedSchedule:
    """The earned schedule of `earned` at time `actual`.

    `planned` is the cumulative plan: its first member is at time 0, each further one a period later, the last
    one the budget. C is the largest period whose plan is covered, on a flat step the last of them; but when
    everything is earned, the first period at which everything was planned: a plan that stays flat at its end
    does not run on. Raises ValueError where a plan falls, or more is earned than was planned in all: both are
    mistakes of whoever asks, and capping would hide them.
    """
    if not planned or any(later < before for before, later in pairwise(planned)):
        raise ValueError("a plan is cumulative and never falls")
    if earned > planned[-1] or earned < planned[0]:
        raise ValueError(f"{earned} is not between nothing and the budget {planned[-1]}")
    if planned[-1] == planned[0]:
        nothing = unknown(NOTHING_PLANNED)
        return EarnedSchedule(earned=nothing, actual=known(actual), duration=nothing)
    duration = bisect_left(planned, planned[-1])
    return EarnedSchedule(
        earned=known(_time_of(planned, earned)), actual=known(actual), duration=known(duration)
    )


def _time_of(planned: Sequence[Decimal], earned: Decimal) -> Decimal:
    if earned == planned[-1]:
        return Decimal(bisect_left(planned, earned))
    covered = bisect_right(planned, earned) - 1
    step = planned[covered + 1] - planned[covered]
    return covered + (earned - planned[covered]) / step
