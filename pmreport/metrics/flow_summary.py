"""The flow of one board, one initiative or everything at one moment, as values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pmreport.metrics.ageing import Ageing, ColumnPace, ageing_from_rows, paces
from pmreport.metrics.cumulative_flow import DayReached, ages_when_left, cumulative_flow
from pmreport.metrics.finished_items import FinishedItem, finished_items
from pmreport.metrics.flow_counts import Durations, FlowCounts, counts_from_rows
from pmreport.metrics.flow_query import (
    AgeingRow,
    ColumnCountRow,
    CountRow,
    FinishedItemRow,
    StatusTimeRow,
    WaitingRow,
)
from pmreport.metrics.flow_times import (
    Percentile,
    ServiceLevel,
    cycle_times,
    percentiles,
    service_level,
    survivor_warning,
)
from pmreport.metrics.flow_window import Window
from pmreport.metrics.little import Balance, LittlesLaw, littles_law
from pmreport.metrics.settings import FlowSettings
from pmreport.metrics.throughput import Week, throughput
from pmreport.metrics.waiting import StatusTime, Waiting, status_times_from_rows, waiting_from_rows
from pmreport.metrics.work_in_progress import DayInProgress, in_progress_by_day
from pmreport.metrics.workflow import Workflow
from pmreport.model.calendar import WorkCalendar

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRows:
    """The answers to the questions of `flow_query` about one set of items."""

    counts: Sequence[CountRow]
    columns: Sequence[ColumnCountRow]
    ageing: Sequence[AgeingRow]
    statuses: Sequence[StatusTimeRow]
    waiting: Sequence[WaitingRow]
    finished: Sequence[FinishedItemRow] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the rows are read by: the moment, the reporting days, the window, and how this team works."""

    as_of: datetime
    calendar: WorkCalendar
    window: Window
    settings: FlowSettings
    dropped_resolutions: Collection[str] = ()
    known_since: datetime | None = None

    @property
    def today(self) -> date:
        """The local day of the moment."""
        return self.calendar.local_day(self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSummary:
    """How work flows. `weeks` are all known ones, oldest first; the rest speaks about the window or today.

    `in_progress` and `reached` go up to the day before today. `finished` are the delivered items of the
    window one by one, `paces` the columns between start and done. `warnings` limit what may be read out of
    it.
    """

    workflow: Workflow
    window: Window
    weeks: tuple[Week, ...]
    cycle: Durations
    cycle_percentiles: tuple[Percentile, ...]
    lead: Durations
    lead_percentiles: tuple[Percentile, ...]
    level: ServiceLevel
    in_progress: tuple[DayInProgress, ...]
    reached: tuple[DayReached, ...]
    ageing: Ageing
    statuses: tuple[StatusTime, ...]
    waiting: Waiting
    little: LittlesLaw
    still_open: int
    dropped: int
    warnings: tuple[str, ...] = ()
    finished: tuple[FinishedItem, ...] = ()
    paces: tuple[ColumnPace, ...] = ()

    @property
    def window_weeks(self) -> tuple[Week, ...]:
        """The known weeks of the window."""
        return tuple(week for week in self.weeks if week.first >= self.window.first)


def summary_from_rows(rows: FlowRows, workflow: Workflow, basis: Basis) -> FlowSummary:
    """Everything about the flow of one set of items."""
    dropped = basis.dropped_resolutions
    counts = counts_from_rows(rows.counts, dropped_resolutions=dropped)
    window = basis.window
    cycle = cycle_times(counts, window)
    limit = basis.settings.sle_days
    left = ages_when_left(rows.columns, workflow)
    return FlowSummary(
        workflow=workflow,
        window=window,
        weeks=throughput(counts, window, basis.calendar, known_since=basis.known_since),
        cycle=cycle,
        cycle_percentiles=percentiles(cycle.days),
        lead=counts.lead,
        lead_percentiles=percentiles(counts.lead.days),
        level=service_level(cycle.days, limit=limit, promised=basis.settings.sle_share),
        in_progress=in_progress_by_day(counts, window.first, basis.today),
        reached=cumulative_flow(rows.columns, workflow, window.first, basis.today),
        ageing=ageing_from_rows(
            rows.ageing,
            workflow,
            today=basis.today,
            cycle=cycle.days,
            left=left,
            limit=limit,
        ),
        statuses=status_times_from_rows(rows.statuses, dropped_resolutions=dropped),
        waiting=waiting_from_rows(rows.waiting, dropped_resolutions=dropped),
        little=littles_law(_balance(counts, window)),
        still_open=counts.still_open,
        dropped=sum(n for week, n in counts.dropped.items() if window.first <= week < window.end),
        warnings=tuple(_warnings(cycle, workflow, window, basis)),
        finished=finished_items(rows.finished, dropped_resolutions=dropped),
        paces=paces(workflow, left),
    )


def _balance(counts: FlowCounts, window: Window) -> Balance:
    arrived = sum(n for day, n in counts.started.items() if window.first <= day < window.end)
    return Balance(
        length=window.milliseconds,
        in_progress_time=counts.in_window.total_ms,
        arrived=arrived,
        departed=counts.departed.items,
        departed_time=counts.departed.total_ms,
        before=counts.at_window_start.items,
        after=counts.at_window_end.items,
        age_before=counts.at_window_start.total_ms,
        age_after=counts.at_window_end.total_ms,
        dropped=counts.dropped_in_window,
    )


def _warnings(cycle: Durations, workflow: Workflow, window: Window, basis: Basis) -> Iterable[str]:
    if workflow.note:
        yield workflow.note
    if survivors := survivor_warning(cycle):
        yield survivors
    if basis.known_since is not None and window.start < basis.known_since:
        yield "the window began before the history that was read: what was finished then is not all known"


def average_days(law: LittlesLaw) -> Decimal | None:
    """The average cycle time of the window in days, exact; None where nothing was finished."""
    if law.cycle_time is None:
        return None
    return Decimal(law.cycle_time.numerator) / law.cycle_time.denominator / _DAY_MS
