"""The pictures of a board's flow, each over the table of the same values; too few data are a sentence."""

from decimal import Decimal

from pmreport.report import flow_charts, links, terms
from pmreport.report.inputs import BoardFlow, Inputs
from pmreport.report.view import Block, Chart, Column, Day, Number, Paragraph, Row, Table
from pmreport.report.words import in_words

_FEWEST_AGES = 2  # items in progress; the list beside the picture tells as much of one
LISTED = 100  # items of the table behind the cycle times
_ITEM_COLUMNS = (
    Column(title="Item"),
    Column(title="Finished"),
    Column(title="Days", numeric=True, definition=terms.CYCLE_TIME),
)
_PACE_COLUMNS = (
    Column(title="Column"),
    Column(title="Items in it", numeric=True),
    Column(title="Oldest, in days", numeric=True, definition=terms.AGE),
    Column(title="Half had left it at", numeric=True),
    Column(title="85 % had left it at", numeric=True),
    Column(title="n", numeric=True),
)


def cycle_times(inputs: Inputs, board: BoardFlow) -> tuple[Block, ...]:
    """How long each item took that was finished in the weeks of the window."""
    summary, table = board.summary, _finished(inputs, board)
    if not flow_charts.can_scatter(summary):
        few = f"{in_words(summary.cycle.days.n, 'item')} with a cycle time: too few to draw."
        return (Paragraph((few,), quiet=True), *((table,) if table.rows else ()))
    return (
        Chart(
            id=f"{board.id}-cycle-times",
            spec="cycle-times",
            caption=flow_charts.cycle_finding(summary),
            description="A dot for each item by the day it was finished and the days it took. "
            "The days are on a scale on which each step is as many times the one before.",
            data=flow_charts.cycle_times(summary),
            table=table,
        ),
    )


def ageing(board: BoardFlow) -> tuple[Block, ...]:
    """How old what is in progress is, column by column; nothing where the list beside it says it all."""
    found, paces = board.summary.ageing, board.summary.paces
    if found.ages.n < _FEWEST_AGES:
        return ()
    return (
        Chart(
            id=f"{board.id}-ages",
            spec="ageing",
            caption=flow_charts.ageing_finding(found, paces),
            description="A dot for each item in progress, by its column and its age in days; lines tell "
            "when half and 85 % of the finished items had left the column.",
            data=flow_charts.ageing(found, paces),
            table=_paces(board),
        ),
    )


def cumulative_flow(board: BoardFlow) -> tuple[Block, ...]:
    """How many items came in and how many were done, day by day."""
    summary = board.summary
    if not flow_charts.can_flow(summary):
        return (Paragraph(("Nothing came in and nothing was done: there is no flow to draw.",), quiet=True),)
    return (
        Chart(
            id=f"{board.id}-cumulative",
            spec="cumulative-flow",
            caption=flow_charts.flow_finding(summary),
            description="Cumulative flow, day by day: a band for each column, what is done at the bottom.",
            data=flow_charts.cumulative_flow(summary),
            table=_by_week(board),
        ),
    )


def _finished(inputs: Inputs, board: BoardFlow) -> Table:
    items = sorted(board.summary.finished, key=lambda one: (-(one.days or 0), one.done, one.issue_key))
    shown = items[:LISTED]
    return Table(
        id=f"{board.id}-finished",
        caption=f"{in_words(len(items), 'item')} finished in the last "
        f"{in_words(board.summary.window.days // 7, 'week')}, the longest first",
        columns=_ITEM_COLUMNS,
        rows=tuple(
            Row(
                cells=(
                    (links.named(inputs, one.issue_key, f"{one.issue_key} {one.summary}"),),
                    (Day(one.done),),
                    (_number(one.days),),
                )
            )
            for one in shown
        ),
        more=len(items) - len(shown),
        folded=True,
    )


def _paces(board: BoardFlow) -> Table:
    found = board.summary.ageing
    open_now = {one.column: one.ages for one in found.columns}
    paces = {one.column: one for one in board.summary.paces}
    rows = []
    for name in (*paces, *(name for name in open_now if name not in paces)):
        ages, pace = open_now.get(name), paces.get(name)
        told = (
            ages.n if ages else 0,
            ages.largest if ages else None,
            pace.typical_days if pace else None,
            pace.slow_days if pace else None,
            pace.n if pace else 0,
        )
        rows.append(Row(cells=((name,), *((_number(count),) for count in told))))
    return Table(
        id=f"{board.id}-paces",
        caption="Ages in days by column, and when finished items had left it",
        columns=_PACE_COLUMNS,
        rows=tuple(rows),
    )


def _by_week(board: BoardFlow) -> Table:
    """The end of each week, and of the last day drawn."""
    days, names = board.summary.reached, flow_charts.going(board.summary)
    shown = days[::-7][::-1]
    return Table(
        id=f"{board.id}-reached",
        caption="Items that had come so far by the end of the day, those before the first day included",
        columns=(Column(title="Day"), *(Column(title=name, numeric=True) for name in names)),
        rows=tuple(
            Row(
                cells=(
                    (Day(one.day),),
                    *((_number(count),) for count in flow_charts.reached(board.summary, one)),
                )
            )
            for one in shown
        ),
        note=(
            "An item that goes back stays in the furthest column it has been in, so a band may hold more or ",
            "fewer items than are in progress now.",
        ),
    )


def _number(count: int | None) -> Number:
    return Number(value=None if count is None else Decimal(count))
