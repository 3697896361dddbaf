"""Whether ranges given in advance held as often as they claimed, and how wide they were to do so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from pmreport.metrics.ledger import SprintTotals, Unit
from pmreport.model.finishes import finishes
from pmreport.model.instant import to_ms
from pmreport.model.query import Query, Scalar, sql_text
from pmreport.stats.binomial import as_unlikely
from pmreport.stats.misses import mean, middle
from pmreport.stats.proportion import Interval, wilson
from pmreport.stats.ranges import holds, interval_score, relative_width


class Range(NamedTuple):
    """From `low` to `high`, with a `confidence` between 0 and 1, said of `for_` (a key) at `made_ms`."""

    for_: str
    low: float
    high: float
    confidence: float
    made_ms: int


class Came(NamedTuple):
    """What came of a thing, in the unit of its ranges, and when that was known."""

    amount: float
    at_ms: int


class WorkedRow(NamedTuple):
    """When an item was done, the work logged up to then, and whether it ever had a time estimate."""

    done_ms: int
    spent_seconds: int
    has_time: int


_HOUR = 3600
_HOURS = frozenset({"h", "hour", "hours"})
_UNITS = {
    Unit.POINTS: frozenset({"", "pt", "point", "points"}),
    Unit.SECONDS: _HOURS | {""},
    Unit.ISSUES: frozenset({"", "issue", "issues", "item", "items"}),
}


def worked_query(site_id: int, as_of: datetime, issue_key: str) -> Query[WorkedRow]:
    """The work on one item, if it was done by `as_of`."""
    before, after = (
        sql_text("pmreport.metrics", f"sql/{name}.sql") for name in ("worked_candidate", "worked_item")
    )
    parameters: dict[str, Scalar] = {"site_id": site_id, "as_of_ms": to_ms(as_of), "issue_key": issue_key}
    return Query(f"{before}{finishes()}{after}", WorkedRow, parameters)


def came_of_item(row: WorkedRow, unit: str) -> Came | None:
    """The hours an item took; None without work, and for a range in points: points have no actual.

    A range without a unit is one of hours where the item has a time estimate.
    """
    in_hours = unit.lower() in _HOURS or (not unit and row.has_time)
    return Came(row.spent_seconds / _HOUR, row.done_ms) if in_hours and row.spent_seconds > 0 else None


def came_of_sprint(ledger: SprintTotals, unit: str) -> Came | None:
    """What a closed sprint completed, in the unit of its board (hours for seconds); None in any other."""
    if ledger.close is None or ledger.is_incomplete or unit.lower() not in _UNITS[ledger.unit]:
        return None
    completed = float(ledger.amounts.completed)
    return Came(completed / _HOUR if ledger.unit is Unit.SECONDS else completed, to_ms(ledger.close))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The ranges of one `confidence`: how many of `n` held, and what they cost.

    `p` is the exact two-sided probability of so few or so many hits if the claim were true. `width` is the
    median of width over middle, and stands beside the hits always: wide ranges hold easily. `score` is the
    mean interval score; smaller is better.
    """

    confidence: float
    hits: int
    n: int
    interval: Interval | None
    p: float
    width: float | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrations:
    """By confidence, lowest first, and how many ranges were left out, by reason."""

    claims: tuple[Calibration, ...]
    excluded: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """How many ranges were judged."""
        return sum(claim.n for claim in self.claims)

    @property
    def brier(self) -> float | None:
        """range-brier: the mean square of certainty less what came (1 for a hit); None without any."""
        missed = (
            claim.hits * (1 - claim.confidence) ** 2 + (claim.n - claim.hits) * claim.confidence**2
            for claim in self.claims
        )
        return sum(missed) / self.n if self.n else None

    @property
    def width(self) -> float | None:
        """range-width: the median width over the middle, of the confidence whose ranges are the widest.

        None where no range has a width.
        """
        return max((claim.width for claim in self.claims if claim.width is not None), default=None)


NO_RANGES = Calibrations(claims=(), excluded=())


def calibrations(ranges: Iterable[Range], came: Mapping[str, Came]) -> Calibrations:
    """range-hit-rate: the first range said of each thing counts; a later one knew more."""
    reasons: Counter[str] = Counter()
    kept: list[tuple[Range, float]] = []
    judged: set[tuple[str, float]] = set()
    for each in sorted(ranges, key=lambda one: (one.made_ms, one.for_)):
        reason = _why_not(each, came.get(each.for_), (each.for_, each.confidence) in judged)
        if reason is None:
            judged.add((each.for_, each.confidence))
            kept.append((each, came[each.for_].amount))
        else:
            reasons[reason] += 1
    kept.sort(key=lambda one: one[0].confidence)
    return Calibrations(
        claims=tuple(
            _claim(confidence, tuple(same))
            for confidence, same in groupby(kept, key=lambda one: one[0].confidence)
        ),
        excluded=tuple(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
    )


def _why_not(given: Range, came: Came | None, is_later: bool) -> str | None:  # noqa: FBT001 - one of three facts
    if not (given.low <= given.high and 0 < given.confidence < 1):
        return "no range: its ends or its confidence make no sense"
    if came is None:
        return "not done, or nothing to compare with"
    if given.made_ms >= came.at_ms:
        return "said when it was done already"
    return "a later range for the same thing" if is_later else None


def _claim(confidence: float, kept: tuple[tuple[Range, float], ...]) -> Calibration:
    spans = [(Interval(each.low, each.high), amount) for each, amount in kept]
    hits, n = sum(holds(span, amount) for span, amount in spans), len(spans)
    widths = [width for span, _ in spans if (width := relative_width(span)) is not None]
    return Calibration(
        confidence=confidence,
        hits=hits,
        n=n,
        interval=wilson(hits, n),
        p=as_unlikely(hits, n, confidence),
        width=middle(widths),
        score=mean([interval_score(span, amount, confidence) for span, amount in spans]),
    )
