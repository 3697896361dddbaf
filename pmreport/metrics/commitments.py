"""Whether commitments of a board say more than a trivial forecast, and what an ordinary sprint is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pmreport.metrics.estimation import SHORTEST_SPRINT
from pmreport.metrics.ledger import SprintTotals, Unit
from pmreport.stats.gates import DOTS_ONLY_BELOW
from pmreport.stats.misses import Pair, mean_absolute_error, mean_error, skill
from pmreport.stats.process import Limits, natural_limits
from pmreport.stats.proportion import Interval
from pmreport.stats.resampling import ratio_of_sums, resampled_interval

_BEFORE = 3  # sprints that the mean of the last three needs


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCommitments:
    """The commitments of one board, in its own unit, over `n` closed sprints, oldest first.

    `ratio` is the sum completed over the sum committed, its interval by drawing sprints again. `error` (ME)
    and `absolute_error` (MAE) compare completed with commitment over all of them. The skills compare the
    commitment with "as last sprint" and "as the mean of the last three" over the same `compared` sprints,
    those with three before them: above zero the commitment says more, below it the trivial forecast does.
    `limits` are those of what the sprints complete. None below five sprints (compared ones for the skills).
    """

    board_id: int
    board_name: str
    unit: Unit
    n: int
    compared: int
    ratio: float | None = None
    ratio_interval: Interval | None = None
    error: float | None = None
    absolute_error: float | None = None
    skill_over_last: float | None = None
    skill_over_three: float | None = None
    limits: Limits | None = None
    completed: tuple[float, ...] = ()


def commitments(ledgers: Iterable[SprintTotals]) -> tuple[BoardCommitments, ...]:
    """commitment-ratio, commitment-skill, natural-limits: of each board and unit with a usable sprint."""
    kept = sorted(
        filter(_is_usable, ledgers), key=lambda one: (one.board_id, one.unit.value, one.close, one.sprint_id)
    )
    boards = groupby(kept, key=lambda one: (one.board_id, one.unit))
    return tuple(_board(tuple(same)) for _, same in boards)


def _is_usable(ledger: SprintTotals) -> bool:
    """Closed, on its own board, wholly known, not closed at once, with something committed."""
    return (
        ledger.is_own
        and ledger.close is not None
        and not ledger.is_incomplete
        and ledger.close - ledger.start >= SHORTEST_SPRINT
        and ledger.amounts.commitment > 0
    )


def _board(ledgers: Sequence[SprintTotals]) -> BoardCommitments:
    first = ledgers[0]
    pairs = [Pair(float(one.amounts.commitment), float(one.amounts.completed)) for one in ledgers]
    came, n = [pair.came for pair in pairs], len(pairs)
    told = BoardCommitments(
        board_id=first.board_id,
        board_name=first.board_name,
        unit=first.unit,
        n=n,
        compared=max(0, n - _BEFORE),
        completed=tuple(came),
    )
    if n < DOTS_ONLY_BELOW:
        return told
    said = [pair.said for pair in pairs]
    over_last, over_three = _skills(pairs)
    return BoardCommitments(
        board_id=told.board_id,
        board_name=told.board_name,
        unit=told.unit,
        n=n,
        compared=told.compared,
        ratio=sum(came) / sum(said),
        ratio_interval=resampled_interval((came, said), ratio_of_sums),
        error=mean_error(pairs),
        absolute_error=mean_absolute_error(pairs),
        skill_over_last=over_last,
        skill_over_three=over_three,
        limits=natural_limits(came),
        completed=told.completed,
    )


def _skills(pairs: Sequence[Pair]) -> tuple[float | None, float | None]:
    came = [pair.came for pair in pairs]
    places = range(_BEFORE, len(pairs))
    if len(places) < DOTS_ONLY_BELOW:
        return None, None
    error = mean_absolute_error(pairs[at] for at in places)
    last = mean_absolute_error(Pair(came[at - 1], came[at]) for at in places)
    three = mean_absolute_error(Pair(sum(came[at - _BEFORE : at]) / _BEFORE, came[at]) for at in places)
    return skill(error, last), skill(error, three)
