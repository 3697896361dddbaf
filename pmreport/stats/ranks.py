"""How far two orders agree, and how often the larger of two groups takes longer; ties are shared."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pmreport.stats.beta import below
from pmreport.stats.proportion import Interval
from pmreport.stats.resampling import SEED, TIMES, edges

FEASIBLE = 30_000_000  # cells of resampled tables; about five seconds
_AT_ONCE = 2_000_000  # cells held in memory
_FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Spearman's `rho` and Kendall's `tau` (tau-b), with percentile bootstrap intervals.

    The intervals are None where there are too many different values to resample in reasonable time. `p` is
    two-sided for rho by Student's t with n - 2 degrees of freedom, which is rough for few values.
    """

    n: int
    rho: float
    tau: float
    p: float
    rho_interval: Interval | None = None
    tau_interval: Interval | None = None


def vargha_delaney(larger: Sequence[float], smaller: Sequence[float]) -> float | None:
    """A12: how often a value of `larger` exceeds one of `smaller`, a tie counting half. 0.5: no difference.

    None where either is empty.
    Source: Vargha and Delaney, A critique and improvement of the CL common language effect size, 2000.
    """
    if not larger or not smaller:
        return None
    ordered = sorted(smaller)
    wins = sum(bisect_left(ordered, each) + bisect_right(ordered, each) for each in larger)
    return wins / (2 * len(larger) * len(smaller))


def agreement(
    left: Sequence[float], right: Sequence[float], *, times: int = TIMES, seed: int = SEED
) -> Agreement | None:
    """How far two lists of values of the same things agree in their order.

    None for fewer than three, or where all values of a side are the same: there is no order then. Both
    coefficients are read from the table of how often each pair of values occurs, so that a resample is a
    draw of its cells; `times` = 0 leaves the intervals out.
    Source: Kendall, Rank Correlation Methods, 1970.
    """
    import numpy as np

    n, pairs = len(left), Counter(zip(left, right, strict=True))
    rows, columns = ({value: at for at, value in enumerate(sorted(set(side)))} for side in (left, right))
    if n < _FEWEST or len(rows) == 1 or len(columns) == 1:
        return None
    table = np.zeros((1, len(rows), len(columns)))
    for (x, y), count in pairs.items():
        table[0, rows[x], columns[y]] = count
    rho, tau = (float(found[0]) for found in _coefficients(table))
    intervals: tuple[Interval | None, Interval | None] = (None, None)
    if 0 < times * table.size <= FEASIBLE:
        intervals = _resampled(table[0], n, times, seed)
    return Agreement(
        n=n, rho=rho, tau=tau, p=_p(rho, n), rho_interval=intervals[0], tau_interval=intervals[1]
    )


def _resampled(table: Any, n: int, times: int, seed: int) -> tuple[Interval | None, Interval | None]:
    import numpy as np

    dice = np.random.Generator(np.random.PCG64(seed))
    filled = np.flatnonzero(table)
    rhos, taus = [], []
    at_once = max(1, _AT_ONCE // table.size)
    for start in range(0, times, at_once):
        size = min(at_once, times - start)
        drawn = np.zeros((size, table.size))
        drawn[:, filled] = dice.multinomial(n, table.ravel()[filled] / n, size=size)
        rho, tau = _coefficients(drawn.reshape(size, *table.shape))
        rhos.append(rho)
        taus.append(tau)
    return edges(np.concatenate(rhos)), edges(np.concatenate(taus))


def _coefficients(tables: Any) -> tuple[Any, Any]:
    """Rho and tau-b of each table; 0 where a resample has one value only on a side and thus no order."""
    import numpy as np

    down, across = tables.sum(axis=2), tables.sum(axis=1)
    n = down.sum(axis=1)
    x, y = (side.cumsum(axis=1) - side / 2 - n[:, None] / 2 for side in (down, across))  # midranks, centred
    both = np.einsum("bij,bi,bj->b", tables, x, y, optimize=True)
    rho = _ratio(both, np.sqrt((down * x * x).sum(axis=1) * (across * y * y).sum(axis=1)))
    before = tables.cumsum(axis=1).cumsum(axis=2)[:, :-1, :-1]
    agreeing = (tables[:, 1:, 1:] * before).sum(axis=(1, 2))
    after = tables.cumsum(axis=1)[:, :-1, ::-1].cumsum(axis=2)[:, :, ::-1][:, :, 1:]
    opposed = (tables[:, 1:, :-1] * after).sum(axis=(1, 2))
    all_pairs = n * n
    untied = [all_pairs - (side * side).sum(axis=1) for side in (down, across)]
    return rho, _ratio(2 * (agreeing - opposed), np.sqrt(untied[0] * untied[1]))


def _ratio(above: Any, under: Any) -> Any:
    import numpy as np

    return np.divide(above, under, out=np.zeros_like(above), where=under > 0)


def _p(rho: float, n: int) -> float:
    """Student's t as a beta distribution: t squared over (t squared + degrees of freedom) is rho squared."""
    return below(max(0.0, 1 - rho * rho), (n - 2) / 2, 0.5)
