"""A line the size of a word: the last values of a headline number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pmreport.report.view import Trend

WIDTH = 96
HEIGHT = 28
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Spark:
    """Lines between neighbouring values, single values between gaps, and the newest value.

    `lines` holds the points of a polyline each, ready for an attribute; `dots` and `last` are (x, y).
    """

    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


def lines(trend: Sequence[Decimal | None]) -> Spark | None:
    """The trend as a spark line; None with fewer than two known values. A gap stays a gap."""
    known = [float(value) for value in trend if value is not None and value.is_finite()]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = (WIDTH - 2 * _MARGIN) / (len(trend) - 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(trend):
        if value is None or not value.is_finite():
            runs.append([])
            continue
        y = HEIGHT - _MARGIN - (float(value) - low) / span * (HEIGHT - 2 * _MARGIN)
        runs[-1].append((round(_MARGIN + index * step, 1), round(y, 1)))
    return Spark(
        lines=tuple(" ".join(f"{x:g},{y:g}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        last=runs[-1][-1] if runs[-1] else None,
    )


def known_values(trend: Trend) -> tuple[Decimal | None, ...]:
    """The values of a trend, as a spark line is drawn from them."""
    return tuple(number.value for number in trend.values)
