"""The budget of an initiative over time: what was planned, earned and spent by the end of each week.

Spec `costs`:
    `lines`  [{at, value, series}]        series is planned, earned or spent; one that is not known is absent
    `budget` [{at, value}]                the budget (BAC), at both ends of the time shown
    `ends`   [{at, value, text, series}]  the label of each line's end; series also budget
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from pmreport.metrics.budget import Budget, WeekSoFar
from pmreport.report import terms
from pmreport.report.charts import Points
from pmreport.report.inputs import Initiative, Inputs
from pmreport.report.pictures import values
from pmreport.report.view import Chart, ChartValue, Column, Day, Number, Paragraph, Row, Table
from pmreport.report.words import local_day, plain

FEWEST = 2  # weeks: one alone is no line
_MOST = 104  # weeks in the table
_WEEK_END = timedelta(days=6)
_SERIES = ("planned", "earned", "spent")
_COLUMNS = (
    Column(title="By the end of"),
    Column(title="Planned", numeric=True, definition=terms.PLANNED_VALUE),
    Column(title="Earned", numeric=True, definition=terms.EARNED_VALUE),
    Column(title="Spent", numeric=True, definition=terms.ACTUAL_COST),
)


def picture(inputs: Inputs, one: Initiative, held: Budget) -> Chart | Paragraph:
    """The curves of an initiative, or the sentence why there are none."""
    whole = held.position.budget
    if whole.number is None or len(held.weeks) < FEWEST:
        why = whole.reason or "fewer than two weeks are known"
        return Paragraph((f"{one.name}: costs are not drawn, for {why}.",), quiet=True)
    told = finding(one.name, held, whole.number)
    return Chart(
        id=f"costs-{one.id}",
        spec="costs",
        caption=told,
        description=f"Planned, earned and spent, week by week, below the budget. {told}.",
        data=data(inputs, held, whole.number),
        table=_table(inputs, one, held),
    )


def finding(name: str, held: Budget, whole: Decimal) -> str:
    """What the curves show: "Checkout: 45 000 EUR spent, 42 000 earned, 50 000 planned of 120 000"."""
    last = held.weeks[-1]
    amounts = [f"{_told(last.spent)} {held.cost.unit} spent"]
    amounts += [f"{_told(value)} {word}" for word, value in _pair(last) if value is not None]
    gaps = "; what was spent is known in part only" if held.incomplete_cost else ""
    return f"{values.name(name)}: {', '.join(amounts)} of {_told(whole)}{gaps}"


def data(inputs: Inputs, held: Budget, whole: Decimal) -> Mapping[str, Points]:
    """The data sets of the curves."""
    first, last = held.weeks[0].first_day, _end_of(inputs, held.weeks[-1])
    zero = WeekSoFar(first_day=first, planned=Decimal(0), earned=Decimal(0), spent=Decimal(0))
    points = [(first, zero), *((_end_of(inputs, week), week) for week in held.weeks)]
    drawn = [name for name in _SERIES if getattr(held.weeks[-1], name) is not None]
    return {
        "lines": tuple(
            _point(day, value, name)
            for name in drawn
            for day, week in points
            if (value := getattr(week, name)) is not None
        ),
        "budget": tuple(_point(day, whole, "budget") for day in (first, last)),
        "ends": tuple(_ends(held, last, whole)),
    }


def _pair(week: WeekSoFar) -> tuple[tuple[str, Decimal | None], ...]:
    return (("earned", week.earned), ("planned", week.planned))


def _end_of(inputs: Inputs, week: WeekSoFar) -> date:
    """The last day of a week, or the day of the report where it still runs."""
    return min(week.first_day + _WEEK_END, local_day(inputs.as_of, inputs.zone))


def _ends(held: Budget, last: date, whole: Decimal) -> Iterator[Mapping[str, ChartValue]]:
    yield {**_point(last, whole, "budget"), "text": f"Budget {_told(whole)}"}
    week = held.weeks[-1]
    for name in _SERIES:
        value = getattr(week, name)
        if value is not None:
            yield {**_point(last, value, name), "text": f"{name.capitalize()} {_told(value)}"}


def _point(day: date, value: Decimal, series: str) -> Mapping[str, ChartValue]:
    return {"at": values.day(day), "value": values.number(value), "series": series}


def _told(amount: Decimal) -> str:
    return plain(amount, 0)


def _table(inputs: Inputs, one: Initiative, held: Budget) -> Table:
    weeks = held.weeks[-_MOST:]
    return Table(
        id=f"costs-{one.id}-table",
        caption=f"{one.name} by week, in {'hours' if held.cost.unit == 'h' else held.cost.unit}, added up",
        columns=_COLUMNS,
        rows=tuple(
            Row(
                cells=(
                    (Day(_end_of(inputs, week)),),
                    (Number(value=week.planned),),
                    (Number(value=week.earned),),
                    (Number(value=week.spent),),
                )
            )
            for week in weeks
        ),
        more=len(held.weeks) - len(weeks),
    )
