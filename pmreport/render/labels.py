"""Room for the words in a chart: labels that would lie upon one another are moved apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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
    earliest: float
    latest: float
    lowest: float
    highest: float

    def x(self, point: Point) -> float:
        """How far from the left edge a point lies."""
        return (_along(point) - self.earliest) / ((self.latest - self.earliest) or 1.0) * self.width

    def y(self, point: Point) -> float:
        """How far from the top edge a point lies."""
        span = (self.highest - self.lowest) or 1.0
        return (1 - (_value(point) - self.lowest) / span) * self.height


def plane(
    data: Mapping[str, Sequence[Point]], *, width: float, height: float, from_zero: bool = True
) -> Plane | None:
    """The plane all the points lie in; None when there are none that have a place and a value.

    It begins at zero, else at the lowest value; `low` and `high` of a point lie in it too.
    """
    points = [point for rows in data.values() for point in rows if is_placed(point)]
    if not points:
        return None
    places = [_along(point) for point in points]
    heights = [edge for point in points for edge in _edges(point)]
    return Plane(
        width=width,
        height=height,
        earliest=min(places),
        latest=max(places),
        lowest=0.0 if from_zero else min(heights),
        highest=max(heights),
    )


def is_placed(point: Point) -> bool:
    """Whether a point has a time, or an index, and a value to be drawn at."""
    try:
        _along(point)
    except (TypeError, ValueError):
        return False
    return isinstance(point.get("value"), int | float)


def shifted(ends: Sequence[Point], area: Plane) -> tuple[Point, ...]:
    """The labels at the ends of lines, each with the `shift` down that keeps it clear of the one above.

    Only labels at about the same place along the axis can meet. Where they would run out below, they are
    moved up as far as they must.
    """
    held = sorted(ends, key=area.y)
    places = _downwards([(area.x(end), area.y(end)) for end in held])
    lowest = max(area.height, *(area.y(end) for end in held)) if held else 0.0
    flipped = [(x, lowest - min(y, lowest)) for x, y in reversed(places)]
    risen = [lowest - y for _, y in reversed(_downwards(flipped))]
    return tuple(
        {**end, "shift": round(y - area.y(end), 1) + 0.0} for end, y in zip(held, risen, strict=True)
    )


def _downwards(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Places of labels from the top down, each pushed below those it would lie upon."""
    taken: list[tuple[float, float]] = []
    for x, y in places:
        above = [other + LINE_HEIGHT for at, other in taken if abs(at - x) < CHARACTER_WIDTH * 12]
        taken.append((x, max([y, *above])))
    return taken


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


def _along(point: Point) -> float:
    """The time of a point in seconds, or its index."""
    index = point.get("index")
    if isinstance(index, int | float):
        return float(index)
    instant = datetime.fromisoformat(str(point.get("at")))
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()


def _edges(point: Point) -> list[float]:
    """Every value of a point: its own, and the ends of its interval."""
    told = (point.get(name) for name in ("value", "low", "high"))
    return [float(edge) for edge in told if isinstance(edge, int | float)]


def _value(point: Point) -> float:
    value = point["value"]
    return float(value) if isinstance(value, int | float) else 0.0
