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
from pmreport.report.words import day_in_words, local_day, plain

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
    return Chart(
        id=f"costs-{one.id}",
        spec="costs",
        caption=finding(one.name, held, whole.number),
        description=f"Planned, earned and spent by the end of each week of the plan: {_told_whole(held)}.",
        data=data(inputs, held, whole.number),
        table=_table(inputs, one, held),
    )


def finding(name: str, held: Budget, whole: Decimal) -> str:
    """What the curves show: "Checkout: 42 000 of 120 000 EUR earned for 45 000 spent"."""
    last, before = held.weeks[-1], _before_the_plan(held)
    whole_told = f"{_told(whole)} {held.cost.unit}"
    earned = "" if last.earned is None else f"{_told(last.earned)} of {whole_told} earned for "
    spent = f"{_told(last.spent)} spent" if earned else f"{_told(last.spent)} of {whole_told} spent"
    early = before[-1].earned if before else None
    ahead = f", {_told(early)} of it before the plan began" if early else ""
    gaps = "; what was spent is known in part only" if held.incomplete_cost else ""
    return f"{values.name(name)}: {earned}{spent}{ahead if earned else ''}{gaps}"


def _told_whole(held: Budget) -> str:
    """The last values, and what stood there already when the plan began."""
    last, before = held.weeks[-1], _before_the_plan(held)
    now = ((last.planned, "planned"), (last.earned, "earned"), (last.spent, "spent"))
    told = ", ".join(f"{_told(value)} {word}" for value, word in now if value is not None)
    if not before or isinstance(held.plan, str):
        return told
    earned = "" if before[-1].earned is None else f"{_told(before[-1].earned)} earned and "
    began = f"the plan began on {day_in_words(held.plan.start)}"
    return f"{told}; {began}, with {earned}{_told(before[-1].spent)} spent before"


def _before_the_plan(held: Budget) -> tuple[WeekSoFar, ...]:
    """The weeks that were over when the plan began; none where it has not begun, or there is no plan."""
    if isinstance(held.plan, str):
        return ()
    start = held.plan.start
    over = tuple(week for week in held.weeks if week.first_day + _WEEK_END < start)
    return over if len(held.weeks) - len(over) >= FEWEST else ()


def data(inputs: Inputs, held: Budget, whole: Decimal) -> Mapping[str, Points]:
    """The data sets of the curves, from the start of the plan on."""
    before = _before_the_plan(held)
    weeks = held.weeks[len(before) :]
    zero = WeekSoFar(first_day=weeks[0].first_day, planned=Decimal(0), earned=Decimal(0), spent=Decimal(0))
    first, at_first = (_end_of(inputs, before[-1]), before[-1]) if before else (zero.first_day, zero)
    last = _end_of(inputs, weeks[-1])
    points = [(first, at_first), *((_end_of(inputs, week), week) for week in weeks)]
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
