"""Estimation accuracy: how far what was estimated lay from what it took."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from math import log
from typing import NamedTuple

from pmreport.metrics.improvement import UNKNOWN_TREND, Trend, trends_together
from pmreport.metrics.ledger import SprintTotals
from pmreport.metrics.sprint import steps_query
from pmreport.model.query import Query
from pmreport.stats.factors import bias_factor, log_ratio, typical_factor

SHORTEST_SPRINT = timedelta(days=3)  # a sprint closed sooner says nothing about planning


class LeftOut(StrEnum):
    """Why an item or a sprint says nothing about estimation."""

    INCOMPLETE_SPRINT = "sprint began before the history that was read"
    DROPPED = "dropped, not delivered"
    NO_ESTIMATE = "no time estimate"
    ZERO_ESTIMATE = "estimate of zero or less"
    NO_WORK = "no work logged"
    NO_POINTS = "no points"
    NEVER_STARTED = "done without a start"
    OPEN = "not done"
    SUBTASK = "sub-task"
    NO_COMMITMENT = "nothing committed"
    NOTHING_COMPLETED = "nothing completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """The headline pair over a set of (estimate, actual) pairs, and what it rests on.

    `bias_factor` = exp(mean ln(actual/estimate)), "takes 1.2 times what we say"; `typical_factor` =
    exp(mean |ln(actual/estimate)|), "usually within a factor of 1.4". Both None when `n` is 0.
    `excluded` counts what was left out by reason, most frequent first.
    """

    bias_factor: float | None
    typical_factor: float | None
    n: int
    excluded: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintAccuracy:
    """The accuracy of one sprint: of its completed items (hours), and of its commitment (its own unit).

    `log_ratio` is ln(completed / commitment), None where either is 0.
    """

    board_id: int
    sprint_id: int
    sprint_name: str
    items: Accuracy
    log_ratio: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One completed item whose effort lay far from its estimate, both in seconds."""

    issue_id: int
    issue_key: str
    sprint_id: int
    estimate_seconds: float
    actual_seconds: int
    after_done_seconds: int
    log_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimationSummary:
    """Accuracy by sprint, oldest first, and over all of them."""

    sprints: tuple[SprintAccuracy, ...]
    items: Accuracy  # every completed item of every sprint, once
    commitments: Accuracy  # one pair a sprint: estimate = commitment, actual = completed
    item_trend: Trend = UNKNOWN_TREND
    commitment_trend: Trend = UNKNOWN_TREND
    misses: tuple[Miss, ...] = ()  # the furthest off first


class PairRow(NamedTuple):
    """A completed item of a closed sprint: its estimate when it came in, and the work logged on it.

    The estimate is in thousandths, None where there was none.
    """

    board_id: int
    sprint_id: int
    issue_id: int
    issue_key: str
    done_ms: int
    estimate_milli: int | None
    spent_seconds: int
    spent_after_seconds: int
    resolution: str | None


def query(
    site_id: int, as_of: datetime, *, board_id: int | None = None, sprint_ids: Collection[int] | None = None
) -> Query[PairRow]:
    """The completed items of every closed sprint on its own board, or of some, known at `as_of`."""
    return steps_query(
        "estimation_pairs.sql",
        PairRow,
        site_id=site_id,
        as_of=as_of,
        board_id=board_id,
        sprint_ids=sprint_ids,
    )


def from_rows(
    ledgers: Iterable[SprintTotals], rows: Iterable[PairRow], *, dropped_resolutions: Collection[str] = ()
) -> EstimationSummary:
    """bias-factor, typical-factor: the accuracy of items and of commitments, by sprint and overall.

    Only closed sprints on their own board count, oldest close first. An item completed in several sprints
    counts once overall, where it was done last. An incomplete sprint keeps its line and says nothing; the
    trends also leave out sprints shorter than three days.
    """
    closed = sorted(
        (ledger for ledger in ledgers if ledger.is_own and ledger.close is not None),
        key=lambda ledger: (ledger.close, ledger.board_id, ledger.sprint_id),
    )
    dropped = frozenset(dropped_resolutions)
    incomplete = frozenset((one.board_id, one.sprint_id) for one in closed if one.is_incomplete)
    rows_of: defaultdict[tuple[int, int], list[PairRow]] = defaultdict(list)
    for row in rows:
        rows_of[row.board_id, row.sprint_id].append(row)
    last_of = {row.issue_id: row for row in sorted(chain(*rows_of.values()), key=lambda row: row.done_ms)}
    outcomes = tuple((row, _item_outcome(row, dropped, incomplete)) for row in last_of.values())
    sprints = tuple(_sprint(ledger, rows_of[ledger.board_id, ledger.sprint_id], dropped) for ledger in closed)
    lasting = [sprint for sprint, ledger in zip(sprints, closed, strict=True) if _is_long_enough(ledger)]
    item_trend, commitment_trend = trends_together(
        [log(sprint.items.typical_factor) for sprint in lasting if sprint.items.typical_factor is not None],
        [abs(sprint.log_ratio) for sprint in lasting if sprint.log_ratio is not None],
    )
    return EstimationSummary(
        sprints=sprints,
        items=_accuracy(outcome for _, outcome in outcomes),
        commitments=_accuracy(map(_commitment_ratio, closed)),
        item_trend=item_trend,
        commitment_trend=commitment_trend,
        misses=_misses(outcomes),
    )


def _is_long_enough(ledger: SprintTotals) -> bool:
    return ledger.close is not None and ledger.close - ledger.start >= SHORTEST_SPRINT


def _sprint(ledger: SprintTotals, rows: Iterable[PairRow], dropped: Collection[str]) -> SprintAccuracy:
    ratio = _commitment_ratio(ledger)
    key = (ledger.board_id, ledger.sprint_id)
    incomplete = frozenset({key}) if ledger.is_incomplete else frozenset()
    return SprintAccuracy(
        board_id=ledger.board_id,
        sprint_id=ledger.sprint_id,
        sprint_name=ledger.name,
        items=_accuracy(_item_outcome(row, dropped, incomplete) for row in rows),
        log_ratio=None if isinstance(ratio, LeftOut) else ratio,
    )


def _item_outcome(
    row: PairRow, dropped: Collection[str], incomplete: Collection[tuple[int, int]]
) -> float | LeftOut:
    """The ratio of an item; none in a sprint of which only some items are known."""
    if (row.board_id, row.sprint_id) in incomplete:
        return LeftOut.INCOMPLETE_SPRINT
    return _item_ratio(row, dropped)


def _item_ratio(row: PairRow, dropped: Collection[str]) -> float | LeftOut:
    """ln(work logged / estimate) of an item, else the first reason why there is none."""
    if row.resolution in dropped:
        return LeftOut.DROPPED
    if row.estimate_milli is None:
        return LeftOut.NO_ESTIMATE
    if row.estimate_milli <= 0:
        return LeftOut.ZERO_ESTIMATE
    ratio = log_ratio(row.estimate_milli / 1000, row.spent_seconds)
    return LeftOut.NO_WORK if ratio is None else ratio


def _commitment_ratio(ledger: SprintTotals) -> float | LeftOut:
    """ln(completed / commitment) of a sprint, else why there is none."""
    if ledger.is_incomplete:
        return LeftOut.INCOMPLETE_SPRINT
    if ledger.amounts.commitment == 0:
        return LeftOut.NO_COMMITMENT
    ratio = log_ratio(float(ledger.amounts.commitment), float(ledger.amounts.completed))
    return LeftOut.NOTHING_COMPLETED if ratio is None else ratio


def _accuracy(outcomes: Iterable[float | LeftOut]) -> Accuracy:
    ratios: list[float] = []
    reasons: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, LeftOut):
            reasons[outcome.value] += 1
        else:
            ratios.append(outcome)
    return Accuracy(
        bias_factor=bias_factor(ratios),
        typical_factor=typical_factor(ratios),
        n=len(ratios),
        excluded=tuple(sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))),
    )


def _misses(outcomes: Iterable[tuple[PairRow, float | LeftOut]]) -> tuple[Miss, ...]:
    misses = (
        Miss(
            issue_id=row.issue_id,
            issue_key=row.issue_key,
            sprint_id=row.sprint_id,
            estimate_seconds=(row.estimate_milli or 0) / 1000,
            actual_seconds=row.spent_seconds,
            after_done_seconds=row.spent_after_seconds,
            log_ratio=ratio,
        )
        for row, ratio in outcomes
        if not isinstance(ratio, LeftOut)
    )
    return tuple(sorted(misses, key=lambda miss: (-abs(miss.log_ratio), miss.issue_id)))
