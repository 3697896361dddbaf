"""The flow of work as tables for people."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from pmreport.cli.grid import Column, Grid
from pmreport.cli.show.answer import values_table
from pmreport.cli.show.bars import bars
from pmreport.cli.tables import NOT_KNOWN, percent
from pmreport.metrics.ageing import Ageing
from pmreport.metrics.flow_summary import FlowSummary
from pmreport.metrics.value import Value
from pmreport.metrics.waiting import StatusTime
from pmreport.model.period import long_date
from pmreport.stats.histogram import Histogram

_MOST_ITEMS = 10
_DAY_MS = 86_400_000
_BINS = (
    (1, 1),
    (2, 2),
    (3, 3),
    (4, 4),
    (5, 5),
    (6, 7),
    (8, 10),
    (11, 14),
    (15, 21),
    (22, 30),
    (31, 60),
    (61, 90),
)


def flow_tables(
    name: str, summary: FlowSummary, values: Iterable[Value], *, notes: Sequence[str], in_full: bool
) -> tuple[Grid, ...]:
    """The tables of one board or initiative; `in_full` adds where the time went."""
    numbers = values_table(values, f"{name}, {_span(summary)}")
    tables = (
        Grid(
            title=numbers.title,
            columns=numbers.columns,
            rows=numbers.rows,
            notes=(_start(summary), *(f"Note: {note}." for note in (*notes, *summary.warnings))),
            short_note=numbers.short_note,
        ),
        _weeks(summary),
        _ageing(summary.ageing, summary.level.days),
    )
    if not in_full:
        return tables
    return (*tables, _cycle_times(summary.cycle.days), _statuses(summary.statuses), _reached(summary))


def _span(summary: FlowSummary) -> str:
    last = summary.window.end - timedelta(days=1)
    return f"{long_date(summary.window.first)} to {long_date(last)}"


def _start(summary: FlowSummary) -> str:
    way = summary.workflow
    if way.start_column is None:
        return "Work is nowhere seen to start on this board."
    return f"Work starts in {way.start_column} and is done in {way.column_at(way.done)}, by today's columns."


def _weeks(summary: FlowSummary) -> Grid:
    weeks = summary.window_weeks
    return Grid(
        title="Finished by week",
        columns=(
            Column(title="Week from", whole=True),
            Column(title="Finished", is_number=True),
            Column(title="", whole=True),
            Column(title="Came in", is_number=True),
            Column(title="Left", is_number=True),
            Column(title="Net", is_number=True),
        ),
        rows=tuple(
            (
                f"{week.first}",
                f"{week.finished}",
                bar,
                f"{week.started}",
                f"{week.left}",
                f"{week.net_flow:+d}" if week.net_flow else "0",
            )
            for week, bar in zip(weeks, bars([week.finished for week in weeks]), strict=True)
        ),
        empty="Nothing was started or finished yet.",
        notes=("Left counts what was dropped too, and leaves out what was finished without a start.",)
        if weeks
        else (),
    )


def _ageing(ageing: Ageing, limit: int) -> Grid:
    shown = ageing.items[:_MOST_ITEMS]
    more = ageing.n - len(shown)
    columns = ", ".join(f"{one.column} {one.ages.n}" for one in ageing.columns)
    return Grid(
        title=f"{ageing.n} in progress, the oldest first",
        columns=(
            Column(title="Item", whole=True),
            Column(title="Summary"),
            Column(title="Column"),
            Column(title="Age", is_number=True),
            Column(title="Half left", short="P50", is_number=True),
            Column(title="Slow after", short="P85", is_number=True),
            Column(title=f"In {limit} days", short="SLE", is_number=True),
        ),
        rows=tuple(
            (
                item.issue_key,
                item.summary,
                item.column,
                _days(item.age_days),
                _days(item.typical_days),
                _days(item.slow_days),
                percent(item.chance),
            )
            for item in shown
        ),
        empty="Nothing is in progress.",
        notes=(
            *((f"By column: {columns}.",) if columns else ()),
            *((f"{more} more are younger.",) if more else ()),
            *(
                ("Ages in days. Half left, slow after: when half, and 85 %, of the finished had left it.",)
                if shown
                else ()
            ),
        ),
        short_note="P50, P85: the age at which half, and 85 %, of the finished items had left the column; "
        f"SLE: how many that took longer than this age were still done in {limit} days.",
    )


def _cycle_times(days: Histogram) -> Grid:
    edges = [*_BINS, (_BINS[-1][1] + 1, max(days.largest or 0, _BINS[-1][1] + 1))]
    counts = [days.at_most(high) - days.at_most(low - 1) for low, high in edges]
    last = max((place for place, count in enumerate(counts) if count), default=-1)
    rows = list(zip(edges, counts, bars(counts), strict=True))[: last + 1]
    return Grid(
        title="Cycle time, days from start to finish",
        columns=(
            Column(title="Days", is_number=True),
            Column(title="Items", is_number=True),
            Column(title="", whole=True),
        ),
        rows=tuple(
            (f"{low}" if low == high else f"{low} to {high}", f"{count}", bar)
            for (low, high), count, bar in rows
        ),
        empty="Nothing was finished.",
    )


def _statuses(times: Sequence[StatusTime]) -> Grid:
    whole = sum(one.total_ms for one in times)
    return Grid(
        title="Where the time of finished items went, from creation on",
        columns=(
            Column(title="Status"),
            Column(title="Share", is_number=True),
            Column(title="Days a visit", short="A visit", is_number=True),
            Column(title="Visits", is_number=True),
            Column(title="Items", is_number=True),
        ),
        rows=tuple(
            (
                one.status,
                f"{100 * one.total_ms / whole:.0f} %" if whole else NOT_KNOWN,
                f"{one.total_ms / _DAY_MS / one.visits:.1f}",
                f"{one.visits}",
                f"{one.items}",
            )
            for one in times
        ),
        empty="Nothing was finished.",
        short_note="A visit: days in the status a visit.",
    )


def _reached(summary: FlowSummary) -> Grid:
    ends = [one for one in summary.reached if (one.day - summary.window.first).days % 7 == 6]  # noqa: PLR2004
    return Grid(
        title="Cumulative flow: how many had come so far by the end of the day",
        columns=(
            Column(title="Day", whole=True),
            *(Column(title=column.name, is_number=True) for column in summary.workflow.columns),
        ),
        rows=tuple((f"{one.day}", *(f"{count}" for count in one.reached)) for one in ends),
        empty="Nothing has come yet.",
    )


def _days(number: int | None) -> str:
    return NOT_KNOWN if number is None else f"{number}"
