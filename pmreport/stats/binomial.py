"""How likely so many hits of so many are, exactly."""

from collections.abc import Iterable
from math import exp, fsum, lgamma, log, log1p

_AS_LIKELY = 1 + 1e-7  # two outcomes whose chances differ by less than this are equally likely


def at_most(hits: int, n: int, chance: float) -> float:
    """The probability of `hits` or fewer in `n` tries that succeed with `chance` each.

    Raises ValueError unless 0 <= hits <= n and 0 <= chance <= 1, as its neighbours do.
    """
    _check(hits, n, chance)
    return _sum(probability(k, n, chance) for k in range(hits + 1))


def at_least(hits: int, n: int, chance: float) -> float:
    """The probability of `hits` or more in `n` tries that succeed with `chance` each."""
    _check(hits, n, chance)
    return _sum(probability(k, n, chance) for k in range(hits, n + 1))


def as_unlikely(hits: int, n: int, chance: float) -> float:
    """The exact two-sided p: the probability of every count that is no likelier than `hits`.

    Source: the rule of R's binom.test (and of SciPy's binomtest): outcomes are ordered by their probability.
    """
    _check(hits, n, chance)
    most = probability(hits, n, chance) * _AS_LIKELY
    return _sum(each for k in range(n + 1) if (each := probability(k, n, chance)) <= most)


def _check(hits: int, n: int, chance: float) -> None:
    if not 0 <= hits <= n or not 0 <= chance <= 1:
        raise ValueError(f"{hits} of {n} with a chance of {chance} each is no binomial outcome")


def probability(hits: int, n: int, chance: float) -> float:
    """The probability of exactly `hits` in `n` tries that succeed with `chance` each."""
    if chance in {0, 1}:
        return float(hits == n * chance)
    ways = lgamma(n + 1) - lgamma(hits + 1) - lgamma(n - hits + 1)
    return exp(ways + hits * log(chance) + (n - hits) * log1p(-chance))


def _sum(probabilities: Iterable[float]) -> float:
    return min(1.0, fsum(probabilities))
