"""The number of a goal: its last values, where it began, where it should come to, and how sure it is.

Spec `progress`:
    `values`   [{index, value, text}]         the last values, oldest first; a gap has no row
    `now`      [{index, value, low, high}]    the number itself and how sure it is (null: not known); one that
               rests on several values stands after the last of them
    `lines`    [{index, value, series}]       series is target or baseline, from end to end
    `ends`     [{index, value, text, series}] the label of each line's end; series also value
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pmreport.goals.goal import Goal
from pmreport.report.charts import Points
from pmreport.report.inputs import Measure
from pmreport.report.pictures import values
from pmreport.report.view import Chart, ChartValue, Column, Number, Row, Table
from pmreport.report.words import exact, in_words, plain

FEWEST = 3  # values: two are already told in the row of facts
_SIGNS = {"x": "×", "%": "\u202f%"}
_COLUMNS = (Column(title="Value"), Column(title="", numeric=True))


def picture(goal: Goal, measure: Measure) -> Chart | None:
    """The last values of a goal; None where fewer than three are known, which its facts say."""
    known = [(index, value) for index, value in enumerate(measure.trend) if value is not None]
    if measure.value is None or len(known) < FEWEST:
        return None
    target = None if goal.target is None else exact(goal.target) * measure.scale
    told = finding(goal, measure, target)
    return Chart(
        id=f"progress-{goal.id}",
        spec="progress",
        caption=told,
        description=f"The last {in_words(len(known), 'value')}, oldest first. {told}.",
        data=data(goal, measure, target, known),
        table=_table(goal, measure, target),
    )


def finding(goal: Goal, measure: Measure, target: Decimal | None) -> str:
    """Where the number stands; whether it changed is for the verdict below to say."""
    now = f"{goal.indicator or 'The measure'}: {_told(measure, measure.value)} now"
    begun = "" if measure.baseline is None else f", {_told(measure, measure.baseline)} at first"
    aim = "" if target is None else f", target {goal.aim.value} {_told(measure, target)}"
    return f"{now}{begun}{aim}"


def data(
    goal: Goal, measure: Measure, target: Decimal | None, known: list[tuple[int, Decimal]]
) -> Mapping[str, Points]:
    """The data sets of the picture."""
    now = measure.value or Decimal(0)
    first, (last, newest) = known[0][0], known[-1]
    place = last if newest == now else last + 1
    lines = [(name, value) for name, value in _lines(measure, target) if value is not None]
    low, high = (None, None) if measure.interval is None else map(values.number, measure.interval)
    return {
        "values": tuple(
            {"index": index, "value": values.number(value), "text": _told(measure, value)}
            for index, value in known
        ),
        "now": ({"index": place, "value": values.number(now), "low": low, "high": high},),
        "lines": tuple(_point(index, value, name) for name, value in lines for index in (first, place)),
        "ends": tuple(_ends(goal, measure, (place, now), lines)),
    }


def _lines(measure: Measure, target: Decimal | None) -> tuple[tuple[str, Decimal | None], ...]:
    return (("target", target), ("baseline", measure.baseline))


def _ends(
    goal: Goal, measure: Measure, newest: tuple[int, Decimal], lines: list[tuple[str, Decimal]]
) -> Iterator[Mapping[str, ChartValue]]:
    last, value = newest
    yield {**_point(last, value, "value"), "text": _told(measure, value)}
    for name, line in lines:
        word = f"Target {goal.aim.value}" if name == "target" else "At first"
        yield {**_point(last, line, name), "text": f"{word} {_told(measure, line)}"}


def _point(index: int, value: Decimal, series: str) -> Mapping[str, ChartValue]:
    return {"index": index, "value": values.number(value), "series": series}


def _told(measure: Measure, value: Decimal | None) -> str:
    unit = _SIGNS.get(measure.unit, f" {measure.unit}" if measure.unit else "")
    return "not known" if value is None else f"{plain(value, measure.decimals)}{unit}"


def _table(goal: Goal, measure: Measure, target: Decimal | None) -> Table:
    told: list[tuple[str, Decimal | None]] = [("At first", measure.baseline), ("Target", target)]
    told += [(f"Value {number}", value) for number, value in enumerate(measure.trend, start=1)]
    return Table(
        id=f"progress-{goal.id}-table",
        caption=f"{goal.indicator or goal.title}: first, aimed at, and the last values, oldest first",
        columns=_COLUMNS,
        rows=tuple(
            Row(cells=((name,), (Number(value=value, unit=measure.unit, decimals=measure.decimals),)))
            for name, value in told
        ),
    )
