"""The estimation accuracy of one moment."""

from datetime import datetime

from pmreport.app.numbers import sprints
from pmreport.app.numbers.days import stored_calendar
from pmreport.app.wiring import Workspace
from pmreport.metrics import commitments, consistency, effort, estimated, estimation
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.sprint import SprintLedger
from pmreport.store.session import Reader


def estimates(workspace: Workspace, *, as_of: datetime) -> Estimates:
    """All that is known about estimates: closed sprints, and every delivered item.

    The ranges that a person gives in advance are not kept anywhere yet, so none are judged.
    """
    site_id = workspace.site_id()
    calendar = stored_calendar(workspace, as_of)
    with workspace.store.reading() as reader:
        ledgers = sprints.read(reader, workspace, as_of)
        summary = read(reader, workspace, as_of, ledgers)
        rows = reader.rows(estimated.query(site_id, as_of, calendar.calendar_id))
    delivered = estimated.from_rows(rows, dropped_resolutions=workspace.config.done.dropped_resolutions)
    return Estimates(
        summary=summary,
        effort=effort.effort(delivered.efforts),
        effort_left_out=delivered.efforts_left_out,
        after_done=delivered.after_done,
        groups=effort.groups(delivered),
        consistency=consistency.consistency(delivered.sized),
        sizes_left_out=delivered.sized_left_out,
        elapsed=consistency.elapsed_agreement(delivered.elapsed),
        elapsed_n=len(delivered.elapsed),
        time_anew=consistency.restatement(delivered.restated_time),
        points_anew=consistency.restatement(delivered.restated_points),
        boards=commitments.commitments(ledgers),
    )


def read(
    reader: Reader, workspace: Workspace, as_of: datetime, ledgers: tuple[SprintLedger, ...]
) -> EstimationSummary:
    """The accuracy of the sprints in `ledgers`."""
    rows = reader.rows(estimation.query(workspace.site_id(), as_of))
    dropped = workspace.config.done.dropped_resolutions
    return estimation.from_rows(ledgers, rows, dropped_resolutions=dropped)
