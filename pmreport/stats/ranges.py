"""How good a range or a percentile was that somebody gave in advance: did it hold, and how wide was it?"""

from pmreport.stats.proportion import Interval


def holds(given: Interval, came: float) -> bool:
    """Whether what came lies in the range, its edges included."""
    return given.low <= came <= given.high


def relative_width(given: Interval) -> float | None:
    """The width as a share of the middle: 0 is a single number. None where the middle is not above zero."""
    middle = (given.low + given.high) / 2
    return (given.high - given.low) / middle if middle > 0 else None


def interval_score(given: Interval, came: float, confidence: float) -> float:
    """The width, and 2 / (1 - confidence) times how far outside it came; smaller is better.

    A wide range pays for its width, a narrow one for what it misses. Raises ValueError unless confidence lies
    between 0 and 1.
    Source: Gneiting and Raftery, Strictly proper scoring rules, prediction, and estimation, JASA 102, 2007.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1: {confidence}")
    outside = max(given.low - came, came - given.high, 0)
    return given.high - given.low + 2 / (1 - confidence) * outside


def pinball_loss(forecast: float, came: float, percent: int) -> float:
    """What a forecast percentile costs: too low weighs `percent`, too high the rest; smaller is better.

    Source: Koenker and Bassett, Regression quantiles, Econometrica 46, 1978.
    """
    miss = came - forecast
    return (percent * miss if miss >= 0 else (percent - 100) * miss) / 100
