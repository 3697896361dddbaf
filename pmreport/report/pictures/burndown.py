"""A sprint as a burn-down: what is left, against an even pace from the commitment to nothing.

Spec `burndown`:
    `scope`     [{at, value}]           a step line: each value holds until the next instant
    `remaining` [{at, value}]           so too
    `ideal`     [{at, value}]           straight over working days, flat between; empty without planned end
    `ends`      [{at, value, text, series}]  the label of each line's end; series is scope, remaining or ideal
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from pmreport.metrics.sprint import SprintLedger
from pmreport.model.instant import to_iso, to_ms
from pmreport.report import charts, sprints, terms
from pmreport.report.charts import Ideal, Points, Step
from pmreport.report.inputs import Inputs
from pmreport.report.pictures import values
from pmreport.report.view import Chart, ChartValue, Column, Day, Paragraph, Row, Table
from pmreport.report.words import bare, lower, plain, plain_amount, rounded, scaled, units

_COLUMNS = (
    Column(title="Day"),
    Column(title="Scope", numeric=True),
    Column(title="Remaining", numeric=True),
    Column(title="Even pace leaves", numeric=True, definition=terms.IDEAL),
)


def picture(inputs: Inputs, ledger: SprintLedger) -> Chart | Paragraph:
    """The burn-down of a sprint, or the sentence that there is nothing to burn down."""
    if not any(step.scope for step in charts.steps(ledger)):
        return Paragraph((f"{ledger.name} never held any {units(ledger.unit)}: nothing to burn down.",))
    told = finding(inputs, ledger)
    return Chart(
        id=sprints.place(ledger, "burndown"),
        spec="burndown",
        caption=told,
        description=f"Burn-down of {ledger.name}: {lower(told)}.",
        data=data(inputs, ledger),
        table=_table(inputs, ledger),
    )


def finding(inputs: Inputs, ledger: SprintLedger) -> str:
    """What a burn-down shows: "25 points left, 6 more than an even pace would leave"."""
    left = f"{plain_amount(_last(inputs, ledger).remaining, ledger.unit)} left"
    if ledger.close is not None:
        return f"{left} at the close, after a commitment of {_told(ledger, ledger.amounts.commitment)}"
    gap = above(inputs, ledger)
    if gap is None:
        return f"{left} of {_told(ledger, _last(inputs, ledger).scope)} in scope"
    if _is_nothing(ledger, gap):
        return f"{left}, as an even pace would leave"
    more = "more" if gap > 0 else "less"
    return f"{left}, {_told(ledger, abs(gap))} {more} than an even pace would leave"


def above(inputs: Inputs, ledger: SprintLedger) -> Decimal | None:
    """How much more is left than an even pace would leave (negative: less); None without such a pace."""
    line = _line(inputs, ledger)
    if line is None:
        return None
    return _last(inputs, ledger).remaining - _leaves(line, charts.told_until(inputs, ledger))


def data(inputs: Inputs, ledger: SprintLedger) -> Mapping[str, Points]:
    """The data sets of a burn-down."""
    drawn = [*charts.steps(ledger), _last(inputs, ledger)]
    line = _line(inputs, ledger)
    corners = () if line is None else line.corners()
    return {
        "scope": tuple(_point(ledger, step.at, step.scope) for step in drawn),
        "remaining": tuple(_point(ledger, step.at, step.remaining) for step in drawn),
        "ideal": ()
        if line is None
        else tuple(_point(ledger, corner, _leaves(line, corner)) for corner in corners),
        "ends": tuple(_ends(inputs, ledger, line)),
    }


def _line(inputs: Inputs, ledger: SprintLedger) -> Ideal | None:
    """The even pace over all that was committed; None without a planned end or a commitment."""
    line = charts.ideal(inputs, ledger)
    if line is None or not ledger.amounts.commitment:
        return None
    return replace(line, goal=ledger.amounts.commitment)


def _leaves(line: Ideal, instant: datetime) -> Decimal:
    return line.goal - line.value(instant)


def _last(inputs: Inputs, ledger: SprintLedger) -> Step:
    """Where the lines end."""
    return replace(charts.steps(ledger)[-1], at=charts.told_until(inputs, ledger))


def _ends(inputs: Inputs, ledger: SprintLedger, line: Ideal | None) -> Iterable[Mapping[str, ChartValue]]:
    last = _last(inputs, ledger)
    yield _end(ledger, last.at, last.scope, "scope", f"Scope {_told(ledger, last.scope)}")
    yield _end(ledger, last.at, last.remaining, "remaining", _left_label(inputs, ledger))
    if line is not None:
        yield _end(ledger, line.corners()[-1], Decimal(0), "ideal", "Even pace")


def _left_label(inputs: Inputs, ledger: SprintLedger) -> str:
    left, gap = f"{_told(ledger, _last(inputs, ledger).remaining)} left", above(inputs, ledger)
    if gap is None or ledger.close is not None or _is_nothing(ledger, gap):
        return left
    return f"{left}, {_told(ledger, abs(gap))} {'above' if gap > 0 else 'below'}"


def _end(
    ledger: SprintLedger, where: datetime, value: Decimal, series: str, text: str
) -> Mapping[str, ChartValue]:
    return {**_point(ledger, where, value), "text": text, "series": series}


def _point(ledger: SprintLedger, where: datetime, value: Decimal) -> Mapping[str, ChartValue]:
    return {"at": to_iso(to_ms(where)), "value": values.amount(value, ledger.unit)}


def _told(ledger: SprintLedger, value: Decimal) -> str:
    return plain(scaled(value, ledger.unit))


def _is_nothing(ledger: SprintLedger, value: Decimal) -> bool:
    return rounded(scaled(value, ledger.unit)) == 0


def _table(inputs: Inputs, ledger: SprintLedger) -> Table:
    """The lines at the end of each day."""
    walked, line = charts.steps(ledger), _line(inputs, ledger)
    days = charts.day_ends(inputs, ledger)
    rows = []
    for day, moment in days[-charts.LONGEST :]:
        step = charts.at(walked, moment)
        shown = (step.scope, step.remaining, None if line is None else _leaves(line, moment))
        rows.append(Row(cells=((Day(day),), *((bare(value, ledger.unit),) for value in shown))))
    return Table(
        id=sprints.place(ledger, "burndown-table"),
        caption=f"{ledger.name} by day, in {units(ledger.unit)}",
        columns=_COLUMNS,
        rows=tuple(rows),
        more=max(0, len(days) - charts.LONGEST),
    )
