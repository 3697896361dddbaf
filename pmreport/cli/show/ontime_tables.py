"""On-time delivery, overdue items and milestones as tables and as JSON."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from pmreport.app.numbers.ontime import Timeliness
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json, iso_date
from pmreport.cli.show.answer import Answer, rounded, values_table
from pmreport.cli.tables import NOT_KNOWN, calendar_day
from pmreport.metrics.milestones import Milestone
from pmreport.metrics.ontime import MOST_OVERDUE, OverdueRow
from pmreport.metrics.ontime_values import values

_FIRST = 15
_UNITS = "Slip in days. Slope in days a day: 1 is sliding day for day. Moved near: under 14 days before."


def answer(found: Timeliness, as_of: datetime, share: Decimal) -> Answer:
    """Every number, then what is overdue, then the milestones; `share` of promises is meant to be kept."""
    told = values(found.delivery, share=share)
    return Answer(
        as_of=as_of,
        values=told,
        grids=(values_table(told, _title(found)), _overdue(found), _milestones(found)),
        in_grids=True,
        more={
            "window": {
                "first_day": found.delivery.window.first.isoformat(),
                "last_day": _last(found).isoformat(),
            },
            "overdue": [_overdue_shape(found, row) for row in found.overdue],
            "milestones": [_milestone_shape(one) for one in found.milestones],
        },
    )


def _title(found: Timeliness) -> str:
    about = f"{found.about}: due" if found.about else "Due"
    return f"{about} from {found.delivery.window.first} to {_last(found)}"


def _overdue(found: Timeliness) -> Grid:
    more = len(found.overdue) - _FIRST
    least = "at least " if len(found.overdue) == MOST_OVERDUE else ""
    return Grid(
        title="Open and overdue, by their due date",
        columns=(
            Column(title="Item", whole=True),
            Column(title="Summary"),
            Column(title="Due", whole=True),
            Column(title="Days late", short="Late", is_number=True),
        ),
        rows=tuple(
            (row.issue_key, row.summary, row.due_date, str(_days_late(found, row) or NOT_KNOWN))
            for row in found.overdue[:_FIRST]
        ),
        empty="None.",
        notes=(f"and {least}{more} more",) if more > 0 else (),
        short_note="Late: days late.",
    )


def _milestones(found: Timeliness) -> Grid:
    return Grid(
        title="Milestones",
        columns=(
            Column(title="Version"),
            Column(title="First date", short="First", whole=True),
            Column(title="Now", whole=True),
            Column(title="Released", whole=True),
            Column(title="Slip", is_number=True),
            Column(title="Slope", is_number=True),
            Column(title="Zigzag", short="Zig", is_number=True),
            Column(title="Moved near", short="Near", is_number=True),
        ),
        rows=tuple(_milestone_row(one) for one in found.milestones),
        empty="No version is known for these items.",
        notes=(
            *(f"{one.name}: {note}." for one in found.milestones if (note := _note(one))),
            *([_UNITS] if found.milestones else []),
        ),
        short_note="First: the date first seen; Zig: changes of direction; Near: moved near.",
    )


def _milestone_row(one: Milestone) -> tuple[str, ...]:
    trend = one.trend
    return (
        one.name,
        calendar_day(one.baseline),
        calendar_day(one.forecast),
        calendar_day(one.released) if one.released else "not yet",
        NOT_KNOWN if _slip(one) is None else f"{_slip(one)}",
        NOT_KNOWN if trend is None or trend.slope is None else rounded(trend.slope),
        NOT_KNOWN if trend is None else str(trend.zigzag),
        NOT_KNOWN if trend is None else str(trend.moved_near),
    )


def _slip(one: Milestone) -> int | None:
    """How late it came; while it is not there, how far its date has moved."""
    if one.released is not None:
        return one.slip
    return None if one.trend is None else one.trend.total


def _note(one: Milestone) -> str:
    if one.reason:
        return one.reason
    if one.released_on_sight:
        return "released without a date: the day it was seen stands for it"
    return "" if one.forecast else "it has no date"


def _milestone_shape(one: Milestone) -> Json:
    trend = one.trend
    return {
        "name": one.name,
        "baseline": iso_date(one.baseline),
        "forecast": iso_date(one.forecast),
        "released": iso_date(one.released),
        "slip_days": _slip(one),
        "slope": None if trend is None else trend.slope,
        "zigzag": None if trend is None else trend.zigzag,
        "moved_near": None if trend is None else trend.moved_near,
        "reports": []
        if trend is None
        else [{"day": each.day.isoformat(), "forecast": each.forecast.isoformat()} for each in trend.reports],
        "note": _note(one),
    }


def _overdue_shape(found: Timeliness, row: OverdueRow) -> Json:
    return {
        "key": row.issue_key,
        "summary": row.summary,
        "due": row.due_date,
        "days_late": _days_late(found, row),
    }


def _days_late(found: Timeliness, row: OverdueRow) -> int | None:
    """Calendar days since the due day, the running day included; None for a date that is none."""
    try:
        return (found.delivery.window.until - date.fromisoformat(row.due_date)).days
    except ValueError:
        return None


def _last(found: Timeliness) -> date:
    return found.delivery.window.until - timedelta(days=1)
