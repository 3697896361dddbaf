"""A sample of whole numbers as how often each came: exact, and small however large the sample."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pmreport.stats.order import percentile_ranks
from pmreport.stats.proportion import Interval


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often each value came, smallest value first; what never came is not there."""

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def n(self) -> int:
        """How many values there are."""
        return sum(count for _, count in self.counts)

    @property
    def smallest(self) -> int | None:
        """The smallest value; None without any."""
        return self.counts[0][0] if self.counts else None

    @property
    def largest(self) -> int | None:
        """The largest value; None without any."""
        return self.counts[-1][0] if self.counts else None

    def at_rank(self, rank: int) -> int:
        """The value that has this rank, 1 being the smallest. Raises ValueError for a rank nobody has."""
        passed = 0
        for value, count in self.counts:
            passed += count
            if 1 <= rank <= passed:
                return value
        raise ValueError(f"no value of {passed} has the rank {rank}")

    def percentile(self, percent: int) -> int | None:
        """The smallest value that at least `percent` per cent do not exceed; None without values.

        The nearest rank, as `stats.percentile.nearest_rank` has it, computed in whole numbers.
        """
        return self.at_rank(max(1, -(-percent * self.n // 100))) if self.counts else None

    def percentile_interval(self, percent: int) -> Interval | None:
        """Between which two values the true percentile lies with 95 %; None where they are too few to say."""
        ranks = percentile_ranks(self.n, percent)
        return None if ranks is None else Interval(self.at_rank(ranks.low), self.at_rank(ranks.high))

    def at_most(self, limit: int) -> int:
        """How many values do not exceed `limit`."""
        return sum(count for value, count in self.counts if value <= limit)

    def beyond(self, limit: int) -> "Histogram":
        """The values above `limit` alone."""
        return Histogram(tuple(pair for pair in self.counts if pair[0] > limit))


def histogram(pairs: Iterable[tuple[int, int]]) -> Histogram:
    """The histogram of (value, how often); the same value may come several times, in any order."""
    counts: Counter[int] = Counter()
    for value, count in pairs:
        counts[value] += count
    return Histogram(tuple(sorted((value, count) for value, count in counts.items() if count)))
