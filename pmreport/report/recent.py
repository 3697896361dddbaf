"""How good the estimates of the newest sprints are, beside those of the first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from math import exp, log

from pmreport.metrics.estimation import EstimationSummary, SprintAccuracy
from pmreport.metrics.ledger import SprintTotals
from pmreport.report.sprints import closed, comparable

RECENT = 6  # sprints: a quarter of a team, or six weeks of two


def measured(sprints: Sequence[SprintAccuracy]) -> tuple[SprintAccuracy, ...]:
    """The sprints in which an item has both an estimate and an actual, oldest first."""
    return tuple(one for one in sprints if one.items.typical_factor)


def closed_by(
    moment: datetime, ledgers: Iterable[SprintTotals], known: EstimationSummary | None
) -> frozenset[int]:
    """The sprints that numbers of an earlier moment may rest on: the newest that had closed by then.

    They hold twice as many as such a number asks for: a few that counted then may not count any more.
    """
    past = [one for one in closed(ledgers) if one.close is not None and one.close <= moment]
    by_items = known is not None and known.items.n > 0
    accurate = {
        (one.board_id, one.sprint_id)
        for one in (known.sprints if known else ())
        if (one.items.typical_factor if by_items else one.log_ratio is not None)
    }
    told = {(one.board_id, one.sprint_id) for one in comparable(past)[0]}
    first = min(_place_of_first(past, accurate), _place_of_first(past, told))
    return frozenset(one.sprint_id for one in past[first:])


def _place_of_first(past: Sequence[SprintTotals], counted: AbstractSet[tuple[int, int]]) -> int:
    """Where the sprints begin that hold enough of those that are counted; 0 where all together do not."""
    places = [place for place, one in enumerate(past) if (one.board_id, one.sprint_id) in counted]
    return places[-2 * RECENT] if len(places) >= 2 * RECENT else 0


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
