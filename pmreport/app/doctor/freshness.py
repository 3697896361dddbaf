"""How far the store is behind Jira: when it was last read whole, and where each project's cursor stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from pmreport.app.doctor.finding import Check, Finding, Severity, counted
from pmreport.model.query import Query, sql_text
from pmreport.report.settings import Threshold
from pmreport.sync import plan
from pmreport.sync.summary import Outcome

_HOUR_MS = 3_600_000
_LONG_RUNNING = timedelta(hours=6)
_SLACK_MS = _HOUR_MS  # a clock that is not quite right, and what a sync looks back
_AGAIN = "pmreport sync"
_EVERYTHING = "pmreport sync --full"


class RunRow(NamedTuple):
    """A run of the sync."""

    started_ms: int
    finished_ms: int | None
    outcome: str


class ReachRow(NamedTuple):
    """How far a project is read: its cursor as stored, and the newest `updated` of its stored issues."""

    project_key: str
    position: str | None
    newest_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """When the store was last read whole, and how long ago that was: `age_days` are working days."""

    started_ms: int
    age_days: int
    threshold: Threshold


def runs_query(site_id: int) -> Query[RunRow]:
    """Every run, the newest first."""
    return Query(sql_text("pmreport.app.doctor", "texts/runs.sql"), RunRow, {"site_id": site_id})


def reach_query(site_id: int) -> Query[ReachRow]:
    """How far each project is read."""
    return Query(sql_text("pmreport.app.doctor", "texts/reach.sql"), ReachRow, {"site_id": site_id})


def last_whole(runs: Iterable[RunRow]) -> int | None:
    """When the newest run began that came to its end; None before the first."""
    return max((run.started_ms for run in runs if run.outcome == Outcome.COMPLETE), default=None)


def nothing_yet(url: str) -> Finding:
    """No sync has begun yet: nothing is broken, and nothing can be reported."""
    place = url.removeprefix("duckdb:")
    return _finding(Severity.WARNING, place, "nothing has been read from Jira yet", _AGAIN)


def never_whole() -> Finding:
    """No run came to its end yet."""
    return _finding(Severity.ERROR, "the store", "no sync has completed yet: half a store tells lies", _AGAIN)


def of_age(reading: Reading) -> Iterator[Finding]:
    """The age of what is known, by the thresholds that the weekly report uses."""
    age, (amber, red) = reading.age_days, (reading.threshold.amber, reading.threshold.red)
    if age >= amber:
        severity = Severity.ERROR if age >= red else Severity.WARNING
        what = f"the last complete sync is {counted(age, 'working day')} old"
        yield _finding(severity, "the store", what, _AGAIN)


def of_runs(runs: Sequence[RunRow], now_ms: int) -> Iterator[Finding]:
    """A newest run that broke off; one that a later run made good is forgotten."""
    if not runs or last_whole(runs[:1]) is not None:
        return
    newest = runs[0]
    hours = (now_ms - newest.started_ms) // _HOUR_MS
    if newest.outcome == Outcome.PARTIAL:
        what = "the last sync ended early; what it had read is there, the rest is older"
        yield _finding(Severity.WARNING, "the store", what, _AGAIN)
    elif hours >= _LONG_RUNNING // timedelta(hours=1):
        what = f"a sync that began {hours} hours ago never said how it ended: it was killed, or hangs"
        yield _finding(Severity.WARNING, "the store", what, _AGAIN)


def of_cursors(
    reach: Iterable[ReachRow], projects: Sequence[str], whole_ms: int, now_ms: int
) -> Iterator[Finding]:
    """Cursors that do not stand where the stored issues end, and projects that have none.

    Issues that changed while the last sync ran (from `whole_ms` on) may be newer than the cursor.
    """
    rows = {row.project_key: row for row in reach}
    for project in projects:
        row = rows.get(project)
        cursor = plan.parse_cursor(row.position if row else None)
        if row is None or row.position is None:
            what = f"{project} is in [scope] and was never read"
            yield _finding(Severity.WARNING, project, what, _AGAIN)
        elif cursor.updated_ms is not None and cursor.updated_ms > now_ms + _SLACK_MS:
            what = f"the cursor of {project} stands in the future: what changes until then would not be read"
            yield _finding(Severity.ERROR, project, what, _EVERYTHING)
        elif row.newest_ms is not None and _lags(cursor, min(row.newest_ms, whole_ms)):
            what = f"the cursor of {project} stands before its newest stored issue: changes may be lost"
            yield _finding(Severity.WARNING, project, what, _EVERYTHING)


def _lags(cursor: plan.Cursor, reached_ms: int) -> bool:
    return cursor.updated_ms is None or cursor.updated_ms < reached_ms - _SLACK_MS


def _finding(severity: Severity, subject: str, what: str, fix: str) -> Finding:
    return Finding(check=Check.SYNC, severity=severity, subject=subject, what=what, fix=fix)
