"""How good the estimates of the newest sprints are, beside those of the first."""

from collections import Counter
from collections.abc import Sequence
from math import exp, log

from pmreport.metrics.estimation import SprintAccuracy

RECENT = 6  # sprints: a quarter of a team, or six weeks of two


def measured(sprints: Sequence[SprintAccuracy]) -> tuple[SprintAccuracy, ...]:
    """The sprints in which an item has both an estimate and an actual, oldest first."""
    return tuple(one for one in sprints if one.items.typical_factor)


def pooled(sprints: Sequence[SprintAccuracy]) -> tuple[float | None, int]:
    """The typical factor over the items of several sprints, and their number.

    The mean of |ln ratio|, weighted by how many items each sprint has: the same as over all items at once.
    """
    n = sum(one.items.n for one in sprints)
    if n == 0:
        return None, 0
    return exp(sum(one.items.n * log(one.items.typical_factor or 1) for one in sprints) / n), n


def pooled_commitments(sprints: Sequence[SprintAccuracy]) -> tuple[float | None, int]:
    """The typical factor between completed and committed of several sprints, and their number."""
    misses = [abs(one.log_ratio) for one in sprints if one.log_ratio is not None]
    return (exp(sum(misses) / len(misses)), len(misses)) if misses else (None, 0)


def left_out(sprints: Sequence[SprintAccuracy]) -> tuple[tuple[str, int], ...]:
    """How many completed items of these sprints say nothing, by reason, the most frequent first."""
    counts: Counter[str] = Counter()
    for one in sprints:
        counts.update(dict(one.items.excluded))
    return tuple(counts.most_common())
