"""When an initiative will be finished: what was done so far, and the days that forecasts fan out to.

Spec `fan`:
    `done`  [{at, value}]           items done by the end of each day so far; empty where no scope is known
    `scope` [{at, value}]           items in scope so far, and then as they are now
    `rays`  [{at, value, percent}]  from today to the day by which all is done with so many per cent
    `band`  [{at, value, low}]      the room between the first and the last ray
    `notes` [{at, value, text}]     the days, above the ends of the rays
    `ends`  [{at, value, text, series}]  the label of the scope, and of what is done so far
    `due`   [{at, text}]            at most one: the day it is due
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from pmreport.metrics.backtest import UNTESTED
from pmreport.report import terms
from pmreport.report.charts import Points
from pmreport.report.inputs import Initiative, Outlook
from pmreport.report.pictures import values
from pmreport.report.view import Chart, ChartValue, Column, Day, Paragraph, Row, Table
from pmreport.report.words import day_in_words, in_words, short_day

DRAWN = (50, 85, 95)
_FAR = 300  # days, from which on a day and a month may be taken for those of another year
_COLUMNS = (
    Column(title="Finished with", definition=terms.FORECAST_WHEN),
    Column(title="By"),
)


def picture(one: Initiative, outlook: Outlook) -> Chart | Paragraph:
    """The fan of an initiative, or the sentence why there is none."""
    days = [(percent, day) for percent, day in outlook.days if percent in DRAWN]
    if not outlook.open or len(days) < len(DRAWN) or days[-1][1] <= outlook.today:
        why = "nothing of it is open" if not outlook.open else outlook.note or "it takes more than ten years"
        return Paragraph((f"{one.name}: no forecast is drawn, for {why}.",), quiet=True)
    said = finding(one, outlook, days)
    return Chart(
        id=f"forecast-{one.id}",
        spec="fan",
        caption=said,
        description=f"Items done so far, and the days on which all may be: {_told_whole(outlook, days)}.",
        data=data(one, outlook, days),
        table=_table(one, outlook, days),
    )


def finding(one: Initiative, outlook: Outlook, days: list[tuple[int, date]]) -> str:
    """What the fan shows: the likely day, how far from the day it is due, and doubts about such forecasts."""
    likely = days[1][1]
    sure = f"{values.name(one.name)}: {days[1][0]} % sure by {day_in_words(likely)}"
    doubt = "" if _is_sound(outlook) else f"; {_tested(outlook)}"
    return f"{sure}{'' if outlook.due is None else f', {_beside(likely, outlook.due)}'}{doubt}"


def _beside(day: date, due: date) -> str:
    """Where a day lies beside the day it is due."""
    gap = (day - due).days
    if not gap:
        return "the day it is due"
    return f"{in_words(abs(gap), 'day')} {'after' if gap > 0 else 'before'} it is due"


def _told_whole(outlook: Outlook, days: list[tuple[int, date]]) -> str:
    """A day for each chance, the day it is due, and what such forecasts are worth."""
    (_, even), (_, likely), (_, sure) = days
    left = f"{in_words(outlook.open, 'open item')} done"
    chances = f"by {day_in_words(even)} (50 %), {day_in_words(likely)} (85 %) or {day_in_words(sure)} (95 %)"
    due = "" if outlook.due is None else f", due {day_in_words(outlook.due)}"
    return f"{left} {chances}{due}; {_tested(outlook)}"


def _is_sound(outlook: Outlook) -> bool:
    return outlook.tested != UNTESTED and not outlook.tested.startswith("too")


def _tested(outlook: Outlook) -> str:
    """What became of such forecasts in the past."""
    if _is_sound(outlook):
        return "nothing speaks against such forecasts"
    return f"such forecasts {'are' if outlook.tested == UNTESTED else 'were'} {outlook.tested}"


def data(one: Initiative, outlook: Outlook, days: list[tuple[int, date]]) -> Mapping[str, Points]:
    """The data sets of the fan."""
    history = () if one.scope is None else one.scope.burn_up
    done = history[-1].done_count if history else 0
    top, last = done + outlook.open, days[-1][1]
    start, first = _point(outlook.today, done), history[0].day if history else outlook.today
    return {
        "done": tuple(_point(point.day, point.done_count) for point in history),
        "scope": (
            *(_point(point.day, point.scope_count) for point in history),
            _point(outlook.today, top),
            _point(last, top),
        ),
        "rays": tuple(
            {**end, "percent": percent} for percent, day in days for end in (start, _point(day, top))
        ),
        "band": _band(outlook.today, done, top, days),
        "notes": tuple(
            {**_point(day, top), "text": f"{percent} %: {_label(outlook, day)}"} for percent, day in days
        ),
        "ends": (
            {**_point(last, top), "text": f"Scope {top}" if history else f"{top} open", "series": "scope"},
            *([{**start, "text": f"{done} done", "series": "done"}] if history else []),
        ),
        "due": _due(outlook, first, last),
    }


def _due(outlook: Outlook, first: date, last: date) -> Points:
    """The day it is due, where it would not squeeze everything else together."""
    due = outlook.due
    if due is None or not first <= due <= last + (last - first):
        return ()
    return ({"at": values.day(due), "text": f"Due {_label(outlook, due)}"},)


def _label(outlook: Outlook, day: date) -> str:
    """A day, with its year where it is far."""
    return short_day(day) if abs((day - outlook.today).days) < _FAR else day_in_words(day)


def _band(today: date, done: int, top: int, days: list[tuple[int, date]]) -> Points:
    """Between the first ray, which ends first, and the last one."""
    (_, first), *_, (_, last) = days
    passed = Fraction((first - today).days, (last - today).days)
    below = float(done + (top - done) * passed)
    return (
        {**_point(today, done), "low": done},
        {**_point(first, top), "low": round(below, 3)},
        {**_point(last, top), "low": top},
    )


def _point(day: date, count: int) -> Mapping[str, ChartValue]:
    return {"at": values.day(day), "value": count}


def _table(one: Initiative, outlook: Outlook, days: list[tuple[int, date]]) -> Table:
    rows = [((f"{percent} % certainty",), (Day(day),)) for percent, day in days]
    due = [] if outlook.due is None else [(("Due",), (Day(outlook.due),))]
    return Table(
        id=f"forecast-{one.id}-table",
        caption=f"When {one.name} is finished, if {in_words(outlook.open, 'item')} are left",
        columns=_COLUMNS,
        rows=tuple(Row(cells=cells) for cells in [*rows, *due]),
        note=(f"Held against what came of past weeks, {_tested(outlook)}.",),
    )
