"""The beta distribution, which intervals of shares and p values of correlations are read from."""

from math import exp, lgamma, log, log1p

_TINY = 1e-300
_CLOSE_ENOUGH = 4e-15


def below(x: float, a: float, b: float) -> float:
    """The share of the beta distribution of `a` and `b`, both above zero, that lies at or below `x`.

    Source: the continued fraction of Lentz in Press et al., Numerical Recipes, 6.4; right to about 1e-13.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def quantile(share: float, a: float, b: float) -> float:
    """The value that this share of the distribution does not exceed, by halving."""
    low, high = 0.0, 1.0
    for _ in range(64):
        centre = (low + high) / 2
        low, high = (centre, high) if below(centre, a, b) < share else (low, centre)
    return (low + high) / 2


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _kept(1 - (a + b) * x / (a + 1))
    product, factor, m = d, 0.0, 0
    while abs(factor - 1) > _CLOSE_ENOUGH:  # it converges on this side of the mean
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _kept(1 + even * d), _kept(1 + even / c)
        product *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _kept(1 + odd * d), _kept(1 + odd / c)
        factor = d * c
        product *= factor
    return product


def _kept(value: float) -> float:
    """Away from zero, which would be divided by."""
    return value if abs(value) > _TINY else _TINY
