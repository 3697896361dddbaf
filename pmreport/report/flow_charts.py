"""The pictures of flow: what each of its chart specifications is given, and the finding each shows.

`at` is a day, YYYY-MM-DD; days are whole, both ends counted, so that none is below 1.

`cycle-times`: the items of one board finished in the window.
    `items`  [{at, days, items}]       so many were finished on that day after so many days
    `lines`  [{kind, days, text}]      kind is half, likely (85 %) or promised, which has `below` too: the
                                       side of the line its text stands on; too few to say: not there

`ageing`: what is in progress now, by column from left to right.
    `columns` [{place, column, typical, slow}]  the ages at which half and 85 % had left it; null: too few
    `open`    [{place, days, items, slow}]      so many items of this age; slow: older than 85 % had been
    `oldest`  [{place, days, text}]             the key of the oldest item of a column

`cumulative-flow`: how far items had come by the end of each day, without what waits to be started.
    `bands`  [{at, band, low, value}]   band counts from 0, which is done; drawn from low to value
    `ends`   [{at, value, text, series}] the label at the end of each band; series is done or going
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from pmreport.metrics.ageing import Ageing, ColumnPace
from pmreport.metrics.cumulative_flow import DayReached
from pmreport.metrics.flow_summary import FlowSummary
from pmreport.metrics.flow_times import FEWEST
from pmreport.report.view import ChartValue
from pmreport.report.words import in_words, plural

Points = tuple[Mapping[str, ChartValue], ...]

HALF, LIKELY = 50, 85
FEWEST_DRAWN = 5  # items with a cycle time; fewer are told, not drawn


def cycle_times(summary: FlowSummary) -> Mapping[str, Points]:
    """The data sets of a scatter of cycle times."""
    seen = Counter((one.done, one.days) for one in summary.finished if one.days is not None)
    return {
        "items": tuple(
            {"at": day.isoformat(), "days": days, "items": count}
            for (day, days), count in sorted(seen.items())
        ),
        "lines": tuple(_lines(summary)),
    }


def can_scatter(summary: FlowSummary) -> bool:
    """Whether there are items enough to draw their cycle times."""
    return sum(one.days is not None for one in summary.finished) >= FEWEST_DRAWN


def cycle_finding(summary: FlowSummary) -> str:
    """What the scatter shows: "85 % took 9 days or less, half 5; 53 of 67 items kept to the promised 8"."""
    told, n = _percentiles(summary), summary.cycle.days.n
    half, likely = told.get(HALF), told.get(LIKELY)
    if likely is None:
        few = f"too few to say how long 85 % take, which needs {FEWEST[LIKELY]}"
        return f"{in_words(n, 'finished item')} in {_weeks(summary)}, {few}"
    level = summary.level
    kept = f"{level.kept} of {in_words(n, 'item')} kept to the promised {level.days}"
    halves = f", half {half} or less" if half is not None else ""
    return f"85 % took {in_words(likely, 'day')} or less{halves}; {kept}"


def ageing(found: Ageing, paces: Iterable[ColumnPace]) -> Mapping[str, Points]:
    """The data sets of a picture of ageing work."""
    columns = {pace.column: pace for pace in paces}
    names = [*columns, *(one.column for one in found.columns if one.column not in columns and one.ages.n)]
    places = {name: place for place, name in enumerate(names)}
    return {
        "columns": tuple(_column(places[name], name, columns.get(name)) for name in names),
        "open": tuple(
            {
                "place": places[one.column],
                "days": days,
                "items": count,
                "slow": _slow(columns, one.column, days),
            }
            for one in found.columns
            for days, count in one.ages.counts
        ),
        "oldest": tuple(_oldest(found, places)),
    }


def ageing_finding(found: Ageing, paces: Iterable[ColumnPace]) -> str:
    """What the picture of ageing work shows: "25 of 27 items in progress are older than 85 % had been …"."""
    columns = {pace.column: pace for pace in paces}
    judged = [
        (days, count, pace.slow_days)
        for one in found.columns
        for days, count in one.ages.counts
        if (pace := columns.get(one.column)) is not None and pace.slow_days is not None
    ]
    known = sum(count for _, count, _ in judged)
    if not known:
        return f"{in_words(found.n, 'item')} in progress, too few finished ones to say what is usual"
    slow = sum(count for days, count, limit in judged if days > limit)
    if not slow:
        return "Nothing in progress is older than 85 % had been when they left the column"
    return f"{_share(slow, known)} older than 85 % had been when they left the column"


def cumulative_flow(summary: FlowSummary) -> Mapping[str, Points]:
    """The data sets of a cumulative flow diagram; what was done before its first day is left out."""
    days, places = summary.reached, _places(summary)
    base = days[0].reached[places[-1]]
    lines = [(one.day, [one.reached[place] - base for place in reversed(places)]) for one in days]
    return {
        "bands": tuple(
            {"at": day.isoformat(), "band": band, "low": heights[band - 1] if band else 0, "value": height}
            for day, heights in lines
            for band, height in enumerate(heights)
        ),
        "ends": tuple(_ends(summary, *lines[-1])),
    }


def flow_finding(summary: FlowSummary) -> str:
    """What the diagram shows: "In 84 days 95 items came in and 77 were done: 18 more came in …"."""
    places, (first, last) = _places(summary), (summary.reached[0], summary.reached[-1])
    began = last.reached[places[0]] - first.reached[places[0]]
    done = last.reached[places[-1]] - first.reached[places[-1]]
    span = in_words((last.day - first.day).days, "day")
    told = f"In {span} {in_words(began, 'item')} came in and {done} {plural(done, 'was', 'were')} done"
    if began == done:
        return f"{told}: as many as came in"
    side = "more" if began > done else "fewer"
    return f"{told}: {abs(began - done)} {side} came in than went out"


def going(summary: FlowSummary) -> tuple[str, ...]:
    """The columns of the diagram, left to right: from where work starts to where it is done."""
    return tuple(summary.workflow.columns[place].name for place in _places(summary))


def reached(summary: FlowSummary, day: DayReached) -> tuple[int, ...]:
    """How many items had come to each of these columns by the end of a day."""
    return tuple(day.reached[place] for place in _places(summary))


def can_flow(summary: FlowSummary) -> bool:
    """Whether there is something to draw a cumulative flow diagram of."""
    places, days = _places(summary), summary.reached
    return len(places) > 1 and len(days) > 1 and days[-1].reached[places[0]] > days[0].reached[places[-1]]


def _lines(summary: FlowSummary) -> Iterable[Mapping[str, ChartValue]]:
    told = _percentiles(summary)
    for kind, percent, name in (("half", HALF, "half"), ("likely", LIKELY, "85 %")):
        days = told.get(percent)
        if days is not None:
            yield {"kind": kind, "days": days, "text": f"{name} in {in_words(days, 'day')}"}
    days = summary.level.days
    below = told.get(LIKELY, 0) >= days
    yield {"kind": "promised", "days": days, "text": f"promised: {in_words(days, 'day')}", "below": below}


def _percentiles(summary: FlowSummary) -> Mapping[int, int]:
    return {one.percent: one.days for one in summary.cycle_percentiles if one.days is not None}


def _weeks(summary: FlowSummary) -> str:
    return in_words(summary.window.days // 7, "week")


def _column(place: int, name: str, pace: ColumnPace | None) -> Mapping[str, ChartValue]:
    typical, slow = (None, None) if pace is None else (pace.typical_days, pace.slow_days)
    return {"place": place, "column": name, "typical": typical, "slow": slow}


def _slow(columns: Mapping[str, ColumnPace], name: str, days: int) -> bool:
    pace = columns.get(name)
    return pace is not None and pace.slow_days is not None and days > pace.slow_days


def _share(slow: int, known: int) -> str:
    if slow == known:
        return "The one item in progress is" if known == 1 else f"All {known} items in progress are"
    return f"{slow} of {known} items in progress {plural(slow, 'is', 'are')}"


def _oldest(found: Ageing, places: Mapping[str, int]) -> Iterable[Mapping[str, ChartValue]]:
    named: set[str] = set()
    for item in found.items:
        is_told = item.issue_key and item.age_days is not None and item.column in places
        if item.column not in named and is_told:
            yield {"place": places[item.column], "days": item.age_days, "text": item.issue_key}
        named.add(item.column)


def _places(summary: FlowSummary) -> tuple[int, ...]:
    """Which of the columns lie between start and done, both included, counted from the left."""
    way = summary.workflow
    return tuple(index for index, column in enumerate(way.columns) if way.start <= column.place <= way.done)


def _ends(summary: FlowSummary, day: date, heights: list[int]) -> Iterable[Mapping[str, ChartValue]]:
    names = going(summary)[::-1]
    for band, height in enumerate(heights):
        low = heights[band - 1] if band else 0
        yield {
            "at": day.isoformat(),
            "value": (low + height) / 2,
            "text": f"{names[band]} {height - low}",
            "series": "going" if band else "done",
        }
