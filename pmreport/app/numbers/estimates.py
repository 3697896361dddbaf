"""The estimation accuracy of one moment."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from pmreport.app import journal
from pmreport.app.numbers import sprints
from pmreport.app.numbers.days import stored_calendar
from pmreport.app.wiring import Workspace
from pmreport.metrics import calibration, commitments, consistency, effort, estimated, estimation
from pmreport.metrics.calibration import Calibrations, Came, Range
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.ledger import SprintTotals
from pmreport.model import journal_kinds
from pmreport.model.instant import to_ms
from pmreport.model.journal_state import ranges as ranges_of
from pmreport.store.session import Reader


def estimates(workspace: Workspace, *, as_of: datetime) -> Estimates:
    """All that is known about estimates: closed sprints, and every delivered item.

    The ranges are those that the person keeps in their own journal. Raises BadDataError where it cannot be
    read.
    """
    site_id = workspace.site_id()
    calendar = stored_calendar(workspace, as_of)
    given = ranges_of(journal.read(workspace).entries, as_of)
    with workspace.store.reading() as reader:
        ledgers = sprints.totals(reader, workspace, as_of)
        summary = read(reader, workspace, as_of, ledgers)
        rows = reader.rows(estimated.query(site_id, as_of, calendar.calendar_id))
        judged = _calibrations(reader, site_id, as_of, given, ledgers)
    delivered = estimated.from_rows(rows, dropped_resolutions=workspace.config.done.dropped_resolutions)
    return Estimates(
        summary=summary,
        effort=effort.effort(delivered.efforts),
        effort_left_out=delivered.efforts_left_out,
        after_done=delivered.after_done,
        groups=effort.groups(delivered),
        consistency=consistency.consistency(delivered.sized, delivered.sized_keys),
        sizes_left_out=delivered.sized_left_out,
        elapsed=consistency.elapsed_agreement(delivered.elapsed),
        elapsed_n=len(delivered.elapsed),
        time_anew=consistency.restatement(delivered.restated_time),
        points_anew=consistency.restatement(delivered.restated_points),
        boards=commitments.commitments(ledgers),
        ranges=judged,
    )


def read(
    reader: Reader,
    workspace: Workspace,
    as_of: datetime,
    ledgers: tuple[SprintTotals, ...],
    *,
    sprint_ids: Collection[int] | None = None,
) -> EstimationSummary:
    """The accuracy of the sprints in `ledgers`; where those are not all, by their `sprint_ids`."""
    rows = reader.rows(estimation.query(workspace.site_id(), as_of, sprint_ids=sprint_ids))
    dropped = workspace.config.done.dropped_resolutions
    return estimation.from_rows(ledgers, rows, dropped_resolutions=dropped)


def sprints_by_number(ledgers: Iterable[SprintTotals]) -> Mapping[str, SprintTotals]:
    """The sprints a range can be about, each told by its own board."""
    return {str(ledger.sprint_id): ledger for ledger in ledgers if ledger.is_own}


def came(
    reader: Reader,
    site_id: int,
    as_of: datetime,
    told: journal_kinds.Range,
    sprint_of: Mapping[str, SprintTotals],
) -> Came | None:
    """What came of the thing that a range is about; None where nothing has, or nothing to compare with."""
    if told.about in sprint_of:
        return calibration.came_of_sprint(sprint_of[told.about], told.unit)
    rows = reader.rows(calibration.worked_query(site_id, as_of, told.about))
    return calibration.came_of_item(rows[0], told.unit) if rows else None


def _calibrations(
    reader: Reader,
    site_id: int,
    as_of: datetime,
    given: Iterable[tuple[datetime, journal_kinds.Range]],
    ledgers: Iterable[SprintTotals],
) -> Calibrations:
    """The ranges against what came; a sprint is known by its number, an item by its key."""
    sprint_of = sprints_by_number(ledgers)
    ranges: list[Range] = []
    known: dict[str, Came] = {}
    for made, told in given:
        name = f"{told.about} {told.unit}"
        ranges.append(Range(name, float(told.low), float(told.high), float(told.confidence), to_ms(made)))
        found = came(reader, site_id, as_of, told, sprint_of)
        if found is not None:
            known[name] = found
    return calibration.calibrations(ranges, known)
