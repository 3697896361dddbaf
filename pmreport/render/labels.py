"""Room for the words in a chart: labels that would lie upon one another are moved apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pmreport.report.view import ChartValue

Point = Mapping[str, ChartValue]

LINE_HEIGHT = 15.0  # between two labels, in the units of the drawing
CHARACTER_WIDTH = 6.6
LEVELS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """The part of a drawing the data are drawn in, about as large as Vega will make it."""

    width: float
    height: float
    earliest: datetime
    latest: datetime
    highest: float

    def x(self, point: Point) -> float:
        """How far from the left edge a point lies."""
        span = (self.latest - self.earliest).total_seconds() or 1.0
        return (_instant(point) - self.earliest).total_seconds() / span * self.width

    def y(self, point: Point) -> float:
        """How far from the top edge a point lies."""
        return (1 - _value(point) / (self.highest or 1.0)) * self.height


def plane(data: Mapping[str, Sequence[Point]], *, width: float, height: float) -> Plane | None:
    """The plane all the points lie in; None when there are none that have a time and a value."""
    points = [point for rows in data.values() for point in rows if is_placed(point)]
    if not points:
        return None
    moments = [_instant(point) for point in points]
    return Plane(
        width=width,
        height=height,
        earliest=min(moments),
        latest=max(moments),
        highest=max(_value(point) for point in points),
    )


def is_placed(point: Point) -> bool:
    """Whether a point has a time and a value to be drawn at."""
    try:
        _instant(point)
    except (TypeError, ValueError):
        return False
    return isinstance(point.get("value"), int | float)


def shifted(ends: Sequence[Point], area: Plane) -> tuple[Point, ...]:
    """The labels at the ends of lines, each with the `shift` down that keeps it clear of the one above.

    Only labels at about the same place along the time axis can meet.
    """
    placed: list[Point] = []
    taken: list[tuple[float, float]] = []
    for end in sorted(ends, key=area.y):
        x, y = area.x(end), area.y(end)
        above = [other + LINE_HEIGHT for at, other in taken if abs(at - x) < CHARACTER_WIDTH * 12]
        lower = max([y, *above])
        taken.append((x, lower))
        placed.append({**end, "shift": round(lower - y, 1)})
    return tuple(placed)


def levelled(notes: Sequence[Point], area: Plane) -> tuple[Point, ...]:
    """The notes upon a line, each with the `level` on which its words are free; None where no level is.

    The words stand above everything drawn, at the value `top`, so that no line runs through them. A note
    without a level is not drawn; the table behind the chart has it.
    """
    right_edges = [float("-inf")] * LEVELS
    placed: list[Point] = []
    for note in sorted(notes, key=area.x):
        half = len(str(note.get("text", ""))) * CHARACTER_WIDTH / 2
        left = area.x(note) - half
        level = next((index for index, edge in enumerate(right_edges) if left > edge), None)
        if level is not None:
            right_edges[level] = left + 2 * half + CHARACTER_WIDTH
        placed.append({**note, "level": level, "top": area.highest})
    return tuple(placed)


def _instant(point: Point) -> datetime:
    return datetime.fromisoformat(str(point.get("at")))


def _value(point: Point) -> float:
    value = point["value"]
    return float(value) if isinstance(value, int | float) else 0.0
