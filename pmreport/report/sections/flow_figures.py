"""The numbers of flow: for a week without sprints, and for the team."""

from dataclasses import replace
from decimal import Decimal
from statistics import median

from pmreport.metrics.flow_times import Percentile
from pmreport.report import flow_charts, links, terms
from pmreport.report.inputs import BoardFlow, Inputs
from pmreport.report.view import Figure, Link, Number
from pmreport.report.words import exact, in_words, lower, plural

_WEEKS = 6
_LIKELY = 85


def headline(inputs: Inputs) -> tuple[Figure, ...]:
    """Three numbers of the busiest board where no board has sprints; none where one has."""
    if any(ledger.is_own for ledger in inputs.ledgers) or not inputs.flow:
        return ()
    busiest = max(inputs.flow, key=lambda board: board.summary.cycle.days.n)
    behind = _in_jira(inputs, busiest)
    return tuple(
        replace(
            one,
            label=f"{busiest.name}: {lower(one.label)}",
            items=behind.get(one.id.removeprefix(f"{busiest.id}-")),
        )
        for one in of_board(busiest)
    )


def _in_jira(inputs: Inputs, board: BoardFlow) -> dict[str, Link | None]:
    """Where the items behind the numbers are, for a page that does not list them."""
    going = (item.issue_key for item in board.summary.ageing.items)
    timed = [item.issue_key for item in board.summary.finished if item.days is not None][::-1]
    told = "the items" if len(timed) <= links.KEYS_IN_A_LINK else f"the newest {links.KEYS_IN_A_LINK}"
    return {
        "in-progress": links.keys(inputs, going, "the oldest"),
        "cycle-time": links.keys(inputs, timed, told),
    }


def of_board(board: BoardFlow) -> tuple[Figure, ...]:
    """How long most items take, what is in progress and how old, and what is finished in a week."""
    return (_cycle(board), _in_progress(board), _throughput(board))


def _cycle(board: BoardFlow) -> Figure:
    known = {one.percent: one for one in board.summary.cycle_percentiles}
    told: Percentile | None = known.get(_LIKELY)
    days = None if told is None else told.days
    drawn = flow_charts.can_scatter(board.summary)
    place = f"{board.id}-{'cycle-times' if drawn else 'finished'}"
    return Figure(
        id=f"{board.id}-cycle-time",
        label="85 % are done within",
        number=Number(value=None) if days is None else Number(value=Decimal(days), unit=plural(days, "day")),
        n=board.summary.cycle.days.n,
        excluded=board.summary.cycle.excluded,
        definition=terms.CYCLE_TIME,
        missing="too few to say" if days is None else None,
        items=links.anchor("the items", place) if board.summary.finished else None,
    )


def _in_progress(board: BoardFlow) -> Figure:
    ageing = board.summary.ageing
    ends = [one.items for one in board.summary.in_progress][::-7][:_WEEKS][::-1]
    oldest = ageing.ages.largest
    return Figure(
        id=f"{board.id}-in-progress",
        label="Items in progress",
        number=Number(value=Decimal(ageing.n)),
        trend=tuple(Decimal(count) for count in ends),
        n=ageing.n,
        definition=terms.IN_PROGRESS,
        items=links.anchor("the oldest", f"{board.id}-ageing") if ageing.items else None,
        note=f"the oldest is {in_words(oldest, 'day')} old" if oldest else "",
    )


def _throughput(board: BoardFlow) -> Figure:
    weeks = board.summary.window_weeks
    recent = weeks[-_WEEKS:]
    value = median(week.finished for week in recent) if recent else None
    return Figure(
        id=f"{board.id}-throughput",
        label="Finished in a week" + (f", median of {in_words(len(recent), 'week')}" if recent else ""),
        number=Number(value=None if value is None else exact(value), decimals=1),
        was=Number(value=Decimal(recent[-1].finished)) if recent else None,
        trend=tuple(Decimal(week.finished) for week in recent),
        n=len(recent),
        definition=terms.THROUGHPUT,
        items=links.anchor("by day", f"{board.id}-cumulative")
        if flow_charts.can_flow(board.summary)
        else None,
        missing=None if recent else "nothing was started or finished yet",
    )
