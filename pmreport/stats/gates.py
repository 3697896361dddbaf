"""How many observations a statement needs before it may be made."""

DOTS_ONLY_BELOW = 5  # the median lies between the smallest and the largest of five with 93.75 %
FEWEST_FOR_TREND = 8  # five is the arithmetic least: 2 / 5! = 0.017
_FEWEST = {50: 5, 70: 11, 85: 20, 95: 59}


def sayable(percent: int, n: int) -> bool:
    """Whether a percentile of `n` values may be shown.

    The median from five on, P70 from 11, P85 from 20, P95 from 59; another percentile as the next one further
    from the middle. Beyond P95, never.
    """
    further = max(percent, 100 - percent)
    return any(n >= fewest for each, fewest in _FEWEST.items() if each >= further)


def next_within(n: int) -> float | None:
    """The probability that the next value lies within the range of `n` seen: (n - 1) / (n + 1).

    None when n is 0. It assumes only that the next value might as well have come earlier.
    """
    return (n - 1) / (n + 1) if n > 0 else None
