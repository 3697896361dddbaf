"""How the dates of milestones moved from report to report, and how late they came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, sql_text
from pmreport.stats.trend import theil_sen

NEAR_DAYS = 14
SEEN_TOO_LATE = "it was released when it was first seen"
NEVER_PLANNED = "it never had a date"
_MOST_WEEKS = 104
_WEEK = timedelta(days=7)


class Report(NamedTuple):
    """On a day, the day forecast for a milestone."""

    day: date
    forecast: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendOfMilestone:
    """milestone-slip: what the forecasts of one milestone did, oldest first.

    `slips` are days from one report to the next, `rates` the same per day between the two: 1 is sliding day
    for day. `slope` is the median rate over all pairs of reports (Theil-Sen), None for one report. `zigzag`
    counts how often a slip changed its sign, `moved_near` the moves of a date less than fourteen days away.
    """

    reports: tuple[Report, ...]
    slips: tuple[int, ...]
    rates: tuple[float, ...]
    total: int
    slope: float | None
    zigzag: int
    moved_near: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A version: the date first seen for it, the newest, and the day it was released (None: not yet).

    `slip` is released - baseline in days, None with its reason. `released_on_sight`: the flag came without a
    date, so the day it was first seen released stands for it.
    """

    name: str
    baseline: date | None
    forecast: date | None
    released: date | None
    released_on_sight: bool
    slip: int | None
    reason: str
    trend: TrendOfMilestone | None


class ReleaseRow(NamedTuple):
    """A version as it was seen at a moment; `release_date` is as Jira wrote it, None without one."""

    version_id: int
    name: str
    seen_ms: int
    release_date: str | None
    is_released: int


def query(members: Query[MemberRow], site_id: int, as_of: datetime) -> Query[ReleaseRow]:
    """What was seen of the versions that the items of the set are for."""
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of)}
    return among(members, sql_text("pmreport.metrics", "sql/release_dates.sql"), ReleaseRow, parameters)


def from_rows(
    rows: Iterable[ReleaseRow], *, as_of: datetime, calendar: WorkCalendar
) -> tuple[Milestone, ...]:
    """The versions, the earliest date first; those without any date at the end."""
    milestones = (
        _milestone(tuple(seen), as_of, calendar) for _, seen in groupby(rows, key=lambda row: row.version_id)
    )
    return tuple(sorted(milestones, key=lambda one: (one.forecast or date.max, one.name)))


def trend(reports: Sequence[Report]) -> TrendOfMilestone:
    """The trend over reports, oldest first; two on one day count as the later of them."""
    held = tuple(sorted({report.day: report for report in reports}.values()))
    steps = tuple(pairwise(held))
    slips = tuple((later.forecast - before.forecast).days for before, later in steps)
    moves = [slip for slip in slips if slip]
    slope = theil_sen(
        [float(report.forecast.toordinal()) for report in held],
        [float(report.day.toordinal()) for report in held],
    )
    return TrendOfMilestone(
        reports=held,
        slips=slips,
        rates=tuple(
            slip / (later.day - before.day).days for slip, (before, later) in zip(slips, steps, strict=True)
        ),
        total=sum(slips),
        slope=None if slope is None else slope.per_step,
        zigzag=sum((one > 0) != (other > 0) for one, other in pairwise(moves)),
        moved_near=sum(
            slip != 0 and (before.forecast - later.day).days < NEAR_DAYS
            for slip, (before, later) in zip(slips, steps, strict=True)
        ),
    )


def _milestone(seen: tuple[ReleaseRow, ...], as_of: datetime, calendar: WorkCalendar) -> Milestone:
    dated = [Report(_local(row, calendar), day) for row in seen if (day := _day(row.release_date))]
    first_released = _released_row(seen)
    baseline = dated[0].forecast if dated else None
    on_sight = first_released is not None and _day(seen[-1].release_date) is None
    released = None
    if first_released is not None:
        released = _day(seen[-1].release_date) or _local(first_released, calendar)
    reason = ""
    if released is not None and (baseline is None or seen[0].is_released):
        reason = NEVER_PLANNED if baseline is None else SEEN_TOO_LATE
    slip = (released - baseline).days if released and baseline and not reason else None
    until = calendar.local_day(as_of) if released is None else min(released, calendar.local_day(as_of))
    return Milestone(
        name=seen[-1].name,
        baseline=baseline,
        forecast=dated[-1].forecast if dated else None,
        released=released,
        released_on_sight=on_sight,
        slip=slip,
        reason=reason,
        trend=None if not dated or reason else trend(_weekly(dated, until)),
    )


def _released_row(seen: Sequence[ReleaseRow]) -> ReleaseRow | None:
    """The row from which on it has been released without a break; None while it is not."""
    start = None
    for row in seen:
        if not row.is_released:
            start = None
        elif start is None:
            start = row
    return start


def _weekly(dated: Sequence[Report], until: date) -> list[Report]:
    """What each weekly report would have said, the last on the day `until`.

    The sightings themselves lie where the date moved: over them alone a trend would not see the quiet weeks.
    """
    days = [until - number * _WEEK for number in range(_MOST_WEEKS)]
    reports = [
        Report(day, newest.forecast)
        for day in reversed(days)
        if (newest := max((one for one in dated if one.day <= day), default=None))
    ]
    return reports or [dated[-1]]


def _local(row: ReleaseRow, calendar: WorkCalendar) -> date:
    return calendar.local_day(from_ms(row.seen_ms))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
