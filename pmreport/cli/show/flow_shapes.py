"""Flow and forecast as JSON: what docs/schemas/show-flow.json and show-forecast.json promise."""

from pmreport.app.numbers.subjects import Subject
from pmreport.cli.json_values import Json, number
from pmreport.metrics.flow_summary import FlowSummary
from pmreport.metrics.forecast_summary import ForecastSummary
from pmreport.metrics.throughput import Week
from pmreport.stats.histogram import Histogram


def flow(subject: Subject, summary: FlowSummary) -> Json:
    """Everything behind the numbers of one board or initiative."""
    way = summary.workflow
    return _subject(subject) | {
        "start_column": way.start_column,
        "done_column": way.column_at(way.done),
        "window": {"first": f"{summary.window.first}", "end": f"{summary.window.end}"},
        "notes": [*subject.notes, *summary.warnings],
        "weeks": [_week(week) for week in summary.weeks],
        "cycle_times": _histogram(summary.cycle.days),
        "lead_times": _histogram(summary.lead.days),
        "in_progress": [{"day": f"{one.day}", "items": one.items} for one in summary.in_progress],
        "cumulative_flow": {
            "columns": [column.name for column in way.columns],
            "days": [{"day": f"{one.day}", "reached": list(one.reached)} for one in summary.reached],
        },
        "ageing": [
            {
                "key": item.issue_key,
                "summary": item.summary,
                "column": item.column,
                "started": None if item.started is None else f"{item.started}",
                "age_days": item.age_days,
                "typical_days": item.typical_days,
                "slow_days": item.slow_days,
                "chance": number(item.chance),
            }
            for item in summary.ageing.items
        ],
        "ageing_columns": [
            {"column": one.column, "ages": _histogram(one.ages)} for one in summary.ageing.columns
        ],
        "time_in_status": [
            {
                "status": one.status,
                "items": one.items,
                "visits": one.visits,
                "seconds": number(one.total_ms / 1000),
            }
            for one in summary.statuses
        ],
        "failed_conditions": list(summary.little.failed),
    }


def forecast(subject: Subject, summary: ForecastSummary) -> Json:
    """A forecast, its samples and its reliability."""
    told = summary.forecast
    return _subject(subject) | {
        "items": {"low": told.low, "high": told.high},
        "in_progress": summary.in_progress,
        "waiting_to_start": summary.waiting_to_start,
        "samples": [{"week": f"{week.first}", "finished": week.finished} for week in summary.weeks],
        "by_working_days": summary.by_working_days,
        "backtest": {
            "verdict": summary.backtest.verdict,
            "horizon_weeks": summary.backtest.horizon_weeks,
            "rows": [
                {
                    "percent": one.percent,
                    "claimed": None if one.claimed is None else float(one.claimed),
                    "kept": one.kept,
                    "n": one.n,
                    "interval": None if one.interval is None else [number(edge) for edge in one.interval],
                    "p": number(one.p),
                }
                for one in summary.backtest.coverages
            ],
        },
        "when": [
            {
                "percent": one.percent,
                "weeks": one.weeks,
                "day": f"{summary.finish(one.weeks)}",
                "chance": float(one.chance),
            }
            for one in told.when
        ],
        "how_many": [
            {"percent": one.percent, "items": one.items, "chance": float(one.chance)} for one in told.how_many
        ],
        "notes": [*subject.notes, *((told.note,) if told.note else ())],
    }


def _subject(subject: Subject) -> Json:
    return {"id": subject.id, "board_id": subject.board_id, "name": subject.name}


def _week(week: Week) -> Json:
    return {
        "week": f"{week.first}",
        "finished": week.finished,
        "dropped": week.dropped,
        "started": week.started,
        "left": week.left,
        "net_flow": week.net_flow,
    }


def _histogram(days: Histogram) -> list[Json]:
    return [{"days": value, "items": count} for value, count in days.counts]
