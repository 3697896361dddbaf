"""A range said in advance, against what came."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import inf

from pmreport.goals.register import Claim
from pmreport.stats.proportion import Interval
from pmreport.stats.ranges import holds, interval_score


class Outcome(StrEnum):
    """What became of a range."""

    OPEN = "open"
    HIT = "hit"
    MISS = "miss"
    TOO_LATE = "said when it was done already"
    NO_RANGE = "no range: its ends or its confidence make no sense"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came, in the unit of the range, and when it was known."""

    amount: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredClaim:
    """A range with its outcome.

    `came` and `score` (the interval score: the width, and a price for how far outside it came; smaller is
    better) are None while it is open; a range said too late, or that is none, has no score.
    """

    claim: Claim
    outcome: Outcome
    came: float | None = None
    score: float | None = None


def scored(claim: Claim, came: Came | None) -> ScoredClaim:
    """The range against what came; None came yet, or nothing that its unit could be compared with."""
    if came is None:
        return ScoredClaim(claim=claim, outcome=Outcome.OPEN)
    if claim.at >= came.at:
        return ScoredClaim(claim=claim, outcome=Outcome.TOO_LATE, came=came.amount)
    said = claim.range
    span = Interval(float(said.low), float(said.high))
    if not (0 < said.confidence < 1 and -inf < span.low <= span.high < inf):  # it was written by hand
        return ScoredClaim(claim=claim, outcome=Outcome.NO_RANGE, came=came.amount)
    return ScoredClaim(
        claim=claim,
        outcome=Outcome.HIT if holds(span, came.amount) else Outcome.MISS,
        came=came.amount,
        score=interval_score(span, came.amount, float(claim.range.confidence)),
    )
