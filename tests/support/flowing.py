"""Inputs of the reports for the team: a board on which work flows, and what is known about estimates."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pmreport.metrics.consistency import Bucket, Consistency, Restatement
from pmreport.metrics.effort import effort
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import Miss
from pmreport.metrics.flow_query import AgeingRow, ColumnCountRow, CountRow, FinishedItemRow
from pmreport.metrics.flow_summary import Basis, FlowRows, FlowSummary, summary_from_rows
from pmreport.metrics.flow_window import window
from pmreport.metrics.held_items import DependencyRow, from_rows
from pmreport.metrics.settings import FlowSettings
from pmreport.metrics.workflow import Column, Workflow
from pmreport.model.calendar import WorkCalendar
from pmreport.report.inputs import BoardFlow, Inputs
from pmreport.stats.proportion import Interval
from pmreport.stats.ranks import Agreement
from tests.support.report_inputs import estimation, rich_inputs

NOW = datetime(2025, 3, 25, 12, tzinfo=UTC)
BASIS = Basis(as_of=NOW, calendar=WorkCalendar(), window=window(WorkCalendar(), NOW), settings=FlowSettings())
WAY = Workflow(
    board_id=7,
    name="Web board",
    columns=tuple(Column(name, place) for place, name in enumerate(("To Do", "Doing", "In Review", "Done"))),
    start=1,
    done=3,
)
NOTHING_ANEW = Restatement(n=0, up=0, down=0, first_time=0, taken_away=0, median_factor=None)
WAITS = (
    DependencyRow(4, "WEB-4", "Retry a failed payment", "Doing", 3, "WEB-3", "Show the tax", "In Review"),
    DependencyRow(2, "WEB-2", "Remember the address", None, 6, "WEB-6", "Explain a card", None),
    DependencyRow(6, "WEB-6", "Explain a card", "To Do", 2, "WEB-2", "Remember the address", "To Do"),
)


def summary(
    finished: int = 24, *, ageing: Iterable[AgeingRow] = (), reached: Iterable[ColumnCountRow] | None = None
) -> FlowSummary:
    """A board on which an item was finished every third day, each after 1 to 12 days."""
    days = [date(2025, 1, 6) + timedelta(days=3 * number) for number in range(finished)]
    took = [1 + number * 5 % 12 for number in range(finished)]
    rows = FlowRows(
        counts=[
            *(CountRow("finished", day.isoformat(), None, "Done", 1, 0) for day in days),
            *(CountRow("cycle time", None, count, "Done", 1, count * 86_400_000) for count in took),
        ],
        columns=tuple(_reached(days) if reached is None else reached),
        ageing=tuple(ageing),
        statuses=[],
        waiting=[],
        finished=[
            FinishedItemRow(f"WEB-{100 + nth}", f"Finished {nth}", day.isoformat(), count, "Done")
            for nth, (day, count) in enumerate(zip(days, took, strict=True))
        ],
    )
    return summary_from_rows(rows, WAY, BASIS)


def _reached(days: Iterable[date]) -> Iterable[ColumnCountRow]:
    for day in days:
        yield ColumnCountRow("reached", (day - timedelta(days=2)).isoformat(), 0, 1, None, 1)
        yield ColumnCountRow("reached", day.isoformat(), 1, 3, None, 1)
        yield ColumnCountRow("pace", None, 1, 2, 1 + day.day % 5, 1)
        yield ColumnCountRow("pace", None, 2, 3, 2 + day.day % 9, 1)
    yield ColumnCountRow("reached", "2025-03-01", -1, 2, None, 2)


OPEN = (
    AgeingRow("WEB-4", "Retry a failed payment", 1, "2025-01-06", 1, 1),
    AgeingRow("WEB-9", "Fresh", 2, "2025-03-24", 2, 1),
)


def board(found: FlowSummary | None = None) -> BoardFlow:
    """That board, with an old item and a fresh one in progress."""
    return BoardFlow(id="board-7", name="Web board", summary=found or summary(ageing=OPEN), notes=("a note",))


def team_inputs() -> Inputs:
    """The sample week with a board, dependencies and something blocked."""
    return replace(rich_inputs(), flow=(board(),), dependencies=from_rows(WAITS))


def estimation_inputs() -> Inputs:
    """The sample quarter with estimates of three sizes and two misses."""
    buckets = (
        Bucket(points=1, n=2, dots=(1, 3)),
        Bucket(points=2, n=8, median_days=3.0),
        Bucket(points=3, n=20, median_days=4.5, low=2.0, high=7.0, over_smaller=0.75),
    )
    agreed = Agreement(n=30, rho=0.4, tau=0.3, p=0.01, rho_interval=Interval(0.1, 0.6), tau_interval=None)
    return replace(rich_inputs(), estimates=estimates(*buckets, agreement=agreed, misses=(miss(4), miss(99))))


def estimates(
    *buckets: Bucket, agreement: Agreement | None = None, misses: tuple[Miss, ...] = ()
) -> Estimates:
    """What is known about estimates."""
    return Estimates(
        summary=replace(estimation(), misses=misses),
        effort=effort(()),
        effort_left_out=(),
        after_done=0,
        groups=(),
        consistency=Consistency(buckets=buckets, agreement=agreement, n=sum(one.n for one in buckets)),
        sizes_left_out=(("no points", 2),),
        elapsed=None,
        elapsed_n=0,
        time_anew=NOTHING_ANEW,
        points_anew=NOTHING_ANEW,
    )


def miss(number: int) -> Miss:
    """An item of two hours that took eight."""
    return Miss(
        issue_id=number,
        issue_key=f"WEB-{number}",
        sprint_id=24,
        estimate_seconds=7200.0,
        actual_seconds=28800,
        after_done_seconds=0,
        log_ratio=1.3862943611198906,
    )
