"""The dates of milestones as they were planned, week after week: a flat line kept its date.

Spec `milestones`:
    `plans` [{at, value, name}]    on the day `at` the milestone was planned for `value`, in milliseconds UTC
    `today` [{at, value}]          where the two are the same day: a line that meets it is due
    `ends`  [{at, value, text, name}]  the label of each line's end
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from pmreport.metrics.milestones import Milestone, TrendOfMilestone
from pmreport.report.charts import Points
from pmreport.report.pictures import values
from pmreport.report.view import Chart, ChartValue, Paragraph, Table
from pmreport.report.words import in_words, short_day, shortened, times

FEWEST = 2  # reports of a milestone
SHOWN = 5
_NAME = 24
Seen = tuple[Milestone, TrendOfMilestone]


def picture(milestones: Sequence[Milestone], table: Table) -> Chart | Paragraph:
    """The trend of the milestones that moved over a table of them, or the sentence that there is none."""
    known = [(one, one.trend) for one in milestones if one.trend is not None]
    seen: list[Seen] = [(one, held) for one, held in known if len(held.reports) >= FEWEST]
    moved = sorted((pair for pair in seen if any(pair[1].slips)), key=_furthest_first)[:SHOWN]
    if not seen:
        return Paragraph(("How far they move is shown from the second weekly report on.",), quiet=True)
    if not moved:
        told = in_words(len(seen), "milestone")
        return Paragraph((f"No date moved, of {told} seen in two weeks or more.",), quiet=True)
    said = finding(seen)
    return Chart(
        id="milestones-trend",
        spec="milestones",
        caption=said,
        description="The planned day of each milestone by the day of the report.",
        data=data(moved),
        table=table,
    )


def finding(seen: Sequence[Seen]) -> str:
    """What the picture shows: how many moved, and the one that moved furthest."""
    moved = [pair for pair in seen if any(pair[1].slips)]
    one, held = min(moved, key=_furthest_first)
    count = sum(slip != 0 for slip in held.slips)
    way = "later" if held.total > 0 else "earlier"
    net = f"{in_words(abs(held.total), 'day')} {way}" if held.total else "and is where it was"
    told = f"{values.name(one.name)} moved {times(count)}, {net}"
    return f"{len(moved)} of {in_words(len(seen), 'milestone')} moved; {told}"


def data(moved: Sequence[Seen]) -> Mapping[str, Points]:
    """The data sets of the picture."""
    plans = [(one.name, report.day, report.forecast) for one, held in moved for report in held.reports]
    days = sorted({day for _, day, _ in plans})
    return {
        "plans": tuple({**_point(day, planned), "name": name} for name, day, planned in plans),
        "today": tuple(_point(day, day) for day in (days[0], days[-1])),
        "ends": tuple(_end(one, held) for one, held in moved),
    }


def _furthest_first(pair: Seen) -> tuple[int, int, str]:
    one, held = pair
    return (-abs(held.total), -sum(slip != 0 for slip in held.slips), one.name)


def _end(one: Milestone, held: TrendOfMilestone) -> Mapping[str, ChartValue]:
    last = held.reports[-1]
    text = f"{short_day(last.forecast)} {shortened(one.name, _NAME)}"
    return {**_point(last.day, last.forecast), "text": text, "name": one.name}


def _point(day: date, planned: date) -> Mapping[str, ChartValue]:
    midnight = datetime.combine(planned, time(), UTC)
    return {"at": values.day(day), "value": int(midnight.timestamp() * 1000)}
