"""What `show estimates --json` tells beside its values."""

from pmreport.cli.json_values import Json, number
from pmreport.metrics.calibration import Calibration
from pmreport.metrics.commitments import BoardCommitments
from pmreport.metrics.consistency import Bucket
from pmreport.metrics.effort import Group
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import Miss, SprintAccuracy
from pmreport.metrics.improvement import Trend, verdict_words

_FURTHEST = 100


def more(known: Estimates) -> Json:
    """By sprint, the trends, the misses, by group, by size in points, by board, and the ranges."""
    summary = known.summary
    return {
        "sprints": [_sprint(one) for one in summary.sprints],
        "trends": [_trend("items", summary.item_trend), _trend("commitments", summary.commitment_trend)],
        "misses": [_miss(miss) for miss in summary.misses[:_FURTHEST]],
        "groups": [_group(group) for group in known.groups],
        "sizes": [_size(bucket) for bucket in known.consistency.buckets],
        "boards": [_board(board) for board in known.boards],
        "ranges": [_range(claim) for claim in known.ranges.claims],
    }


def _sprint(one: SprintAccuracy) -> Json:
    return {
        "sprint_id": one.sprint_id,
        "board_id": one.board_id,
        "name": one.sprint_name,
        "bias_factor": number(one.items.bias_factor),
        "typical_factor": number(one.items.typical_factor),
        "n": one.items.n,
        "n_excluded": sum(count for _, count in one.items.excluded),
        "log_ratio": number(one.log_ratio),
    }


def _trend(of: str, trend: Trend) -> Json:
    return {
        "of": of,
        "verdict": str(trend.verdict),
        "n": trend.n,
        "s": trend.s,
        "p": trend.p,
        "p_adjusted": trend.p_adjusted,
        "slope": trend.slope,
        "slope_interval": None if trend.slope_low is None else [trend.slope_low, trend.slope_high],
        "first": trend.first,
        "last": trend.last,
        "sentence": verdict_words(trend),
    }


def _miss(miss: Miss) -> Json:
    return {
        "key": miss.issue_key,
        "sprint_id": miss.sprint_id,
        "estimate_seconds": number(miss.estimate_seconds),
        "actual_seconds": miss.actual_seconds,
        "log_ratio": miss.log_ratio,
    }


def _group(group: Group) -> Json:
    return {
        "by": group.by,
        "name": group.name,
        "n": group.n,
        "bias_factor": number(group.bias_factor),
        "typical_factor": number(group.typical_factor),
    }


def _size(bucket: Bucket) -> Json:
    return {
        "points": number(bucket.points),
        "n": bucket.n,
        "median_days": number(bucket.median_days),
        "p85_days": number(bucket.p85_days),
        "quartiles": None if bucket.low is None else [number(bucket.low), number(bucket.high)],
        "median_per_point": number(bucket.days_per_point),
        "over_smaller": number(bucket.over_smaller),
        "dots": list(bucket.dots),
    }


def _board(board: BoardCommitments) -> Json:
    return {
        "board_id": board.board_id,
        "name": board.board_name,
        "unit": str(board.unit),
        "n": board.n,
        "completed": [number(each) for each in board.completed],
        "mean_error": number(board.error),
        "mean_absolute_error": number(board.absolute_error),
        "skill_over_last": number(board.skill_over_last),
        "skill_over_three": number(board.skill_over_three),
        "limits": None if board.limits is None else [board.limits.low, board.limits.high],
        "signals": [] if board.limits is None else list(board.limits.signals),
    }


def _range(claim: Calibration) -> Json:
    return {
        "confidence": claim.confidence,
        "hits": claim.hits,
        "n": claim.n,
        "p": claim.p,
        "median_width": number(claim.width),
        "interval_score": number(claim.score),
    }
