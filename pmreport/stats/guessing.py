"""Whether estimates are better than guessing: against drawing the actual of another item at random."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import gcd, sqrt

FEASIBLE = 1_500_000_000  # additions; about two seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessing:
    """Estimates beside a guesser who says for each item the actual of a random other one.

    `error` is the mean distance of the estimates, `guess_error` the guesser's expected one (MAR_P0 without
    the item's own value), both in the unit given. `accuracy` = 1 - error / guess_error (SA): 0 is guessing,
    below it worse. `pair_sd` is the population standard deviation of the distances of all pairs, `effect` =
    (error - guess_error) / pair_sd. `guess_sd` is the standard deviation of the guesser's mean distance. `p`
    is the exact probability that the guesser does at least as well, None where it takes too long to count.
    """

    n: int
    error: float
    guess_error: float
    accuracy: float
    pair_sd: float
    effect: float
    guess_sd: float
    p: float | None


def against_guessing(estimates: Sequence[int], actuals: Sequence[int]) -> Guessing | None:
    """Standardised accuracy; None for fewer than two items, or where all took the same: nothing to guess.

    In whole units (seconds), so that nothing is rounded before the end. No simulation: the expected distance
    is a sum over sorted values, and p a convolution over the sums that are small enough.
    Source: Shepperd and MacDonell, Evaluating prediction systems in software project estimation, IST 54(8),
    2012; exact and without the item's own value, after Langdon et al., 2016, who argue about leaving it out.
    """
    n, total = len(actuals), sum(abs(a - e) for e, a in zip(estimates, actuals, strict=True))
    if n < 2 or min(actuals) == max(actuals):  # noqa: PLR2004 - a guess needs another item
        return None
    distances, squares = _distances(actuals)
    pairs = n * (n - 1)
    guess_error = sum(distances) / pairs
    pair_sd = sqrt(sum(squares) / pairs - guess_error**2) if _vary(distances, squares, pairs) else 0.0
    spread = sum(q / (n - 1) - (d / (n - 1)) ** 2 for d, q in zip(distances, squares, strict=True))
    return Guessing(
        n=n,
        error=total / n,
        guess_error=guess_error,
        accuracy=1 - total / n / guess_error,
        pair_sd=pair_sd,
        effect=(total / n - guess_error) / pair_sd if pair_sd else 0.0,
        guess_sd=sqrt(max(0.0, spread)) / n,
        p=chance_of_as_good(total, actuals),
    )


def chance_of_as_good(total: int, actuals: Sequence[int], *, feasible: int = FEASIBLE) -> float | None:
    """The probability that random guesses are off by at most `total` altogether.

    Only sums up to `total` are followed, on the grid of the greatest common divisor of all distances; sums of
    products of positive numbers, so the result is right to about twelve digits. None where that would take
    more than `feasible` additions.
    """
    least = min(actuals)
    step = gcd(*(each - least for each in actuals))
    places = [(each - least) // step for each in actuals]
    counts, room = Counter(places), total // step + 1
    if len(places) * len(counts) * room > feasible:
        return None
    return _share_within(counts, room, len(places))


def _share_within(counts: Counter[int], room: int, n: int) -> float:
    import numpy as np

    reached = np.zeros(room)
    reached[0] = 1.0
    for own, times in counts.items():
        chances: Counter[int] = Counter()
        for other, count in counts.items():
            if abs(other - own) < room and (others := count - (other == own)):
                chances[abs(other - own)] += others
        for _ in range(times):
            grown = np.zeros(room)
            for distance, count in chances.items():
                grown[distance:] += reached[: room - distance] * (count / (n - 1))
            reached = grown
    return min(1.0, float(reached.sum()))


def _distances(values: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each value, smallest first: the sum of its distances to the others, and of their squares."""
    ordered = sorted(values)
    n, below = len(ordered), [0, *accumulate(ordered)]
    whole, squared = below[-1], sum(each * each for each in ordered)
    distances = [
        each * rank - below[rank] + (whole - below[rank]) - each * (n - rank)
        for rank, each in enumerate(ordered)
    ]
    return distances, [n * each * each - 2 * each * whole + squared for each in ordered]


def _vary(distances: Sequence[int], squares: Sequence[int], pairs: int) -> bool:
    """Whether not all distances are the same, told in whole numbers."""
    return pairs * sum(squares) > sum(distances) ** 2
