"""Whether larger points take longer: consistency of sizes, never their accuracy.

Points have no actual, and nobody's hours per point are made up here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from types import MappingProxyType

from pmreport.metrics.estimated import Restated, Sized
from pmreport.stats.gates import DOTS_ONLY_BELOW, sayable
from pmreport.stats.misses import Pair, middle
from pmreport.stats.percentile import nearest_rank
from pmreport.stats.ranks import Agreement, agreement, vargha_delaney


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """The cycle times, in calendar days, of the items of one size.

    Below five items only the `dots` and `keys` are told, and all else is None. `p85` waits for twenty items,
    the quartiles `low` and `high` for twenty too. `over_smaller` is A12 against the next smaller size: how
    often an item of this size takes longer than one of that, a tie counting half. `keys` are its items, as
    far as they are named; an empty one is of an item that must not be.
    """

    points: float
    n: int
    median_days: float | None = None
    p85_days: float | None = None
    low: float | None = None
    high: float | None = None
    days_per_point: float | None = None
    over_smaller: float | None = None
    dots: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """Every size, smallest first, and how far size and cycle time agree over `n` items.

    `agreement` is None for fewer than five items, or where all have one size or one time.
    """

    buckets: tuple[Bucket, ...]
    agreement: Agreement | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """How many of `n` items were estimated anew between commitment and done.

    `up`, `down` and `first_time` (there was none before), `taken_away`; `median_factor` is the median of new
    over old where both are above zero, None without any.
    """

    n: int
    up: int
    down: int
    first_time: int
    taken_away: int
    median_factor: float | None

    @property
    def changed(self) -> int:
        """How many in all."""
        return self.up + self.down + self.first_time + self.taken_away


def consistency(
    sized: Iterable[Sized], keys: Mapping[float, tuple[str, ...]] = MappingProxyType({})
) -> Consistency:
    """size-agreement: points when committed against days of cycle time; `keys` name items by their points."""
    held = sorted(sized, key=lambda one: (one.points, one.days))
    days_of = {
        points: [one.days for one in same for _ in range(one.n)]
        for points, same in groupby(held, key=lambda one: one.points)
    }
    sizes, days = (
        [value for one in held for value in [getattr(one, name)] * one.n] for name in ("points", "days")
    )
    smaller = (None, *days_of.values())
    return Consistency(
        buckets=tuple(
            replace(_bucket(points, own, before), keys=keys.get(points, ()))
            for (points, own), before in zip(days_of.items(), smaller, strict=False)
        ),
        agreement=agreement(sizes, days) if len(days) >= DOTS_ONLY_BELOW else None,
        n=len(days),
    )


def elapsed_agreement(elapsed: Sequence[Pair]) -> Agreement | None:
    """elapsed-agreement: time estimates against days of cycle time, where no work was logged.

    None for fewer than five items, or where all have one estimate or one time.
    """
    if len(elapsed) < DOTS_ONLY_BELOW:
        return None
    return agreement([pair.said for pair in elapsed], [pair.came for pair in elapsed])


def restatement(restated: Iterable[Restated]) -> Restatement:
    """estimated-anew: how often, which way and by how much estimates changed after the commitment."""
    counts = {"same": 0, "up": 0, "down": 0, "first_time": 0, "taken_away": 0}
    factors: list[float] = []
    for one in restated:
        counts[_direction(one)] += one.n
        if one.was and one.became and one.was != one.became:
            factors += [one.became / one.was] * one.n
    n = sum(counts.values())
    del counts["same"]
    return Restatement(n=n, median_factor=middle([each for each in factors if each > 0]), **counts)


def _direction(one: Restated) -> str:
    if one.was == one.became:
        return "same"
    if one.was is None:
        return "first_time"
    if one.became is None:
        return "taken_away"
    return "up" if one.became > one.was else "down"


def _bucket(points: float, days: Sequence[int], smaller: Sequence[int] | None) -> Bucket:
    n = len(days)
    if n < DOTS_ONLY_BELOW:
        return Bucket(points=points, n=n, dots=tuple(days))
    enough = smaller is not None and len(smaller) >= DOTS_ONLY_BELOW
    p85 = sayable(85, n)
    return Bucket(
        points=points,
        n=n,
        median_days=median(days),
        p85_days=nearest_rank(days, 85) if p85 else None,
        low=nearest_rank(days, 25) if p85 else None,
        high=nearest_rank(days, 75) if p85 else None,
        days_per_point=median(days) / points,
        over_smaller=vargha_delaney(days, smaller or ()) if enough else None,
    )
