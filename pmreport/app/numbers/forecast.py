"""The forecasts of one moment."""

from datetime import datetime

from pmreport.app.numbers.flow import basis_of
from pmreport.app.numbers.subjects import Subject, subjects
from pmreport.app.wiring import Workspace
from pmreport.metrics import flow_query
from pmreport.metrics.flow_window import WEEKS
from pmreport.metrics.forecast_summary import Asked, ForecastSummary, summary_from_rows


def forecasts(
    workspace: Workspace,
    asked: Asked,
    *,
    as_of: datetime,
    board: int | None = None,
    initiative: str | None = None,
) -> tuple[tuple[Subject, ForecastSummary], ...]:
    """When the items of every board, of one, or of an initiative are finished. Raises as `subjects` does."""
    basis = basis_of(workspace, as_of)
    with workspace.store.reading() as reader:
        about = subjects(workspace, reader, as_of=as_of, board=board, initiative=initiative)
        rows = [
            reader.rows(
                flow_query.counts_query(
                    subject.members,
                    subject.workflow,
                    site_id=workspace.site_id(),
                    as_of=as_of,
                    calendar_id=basis.calendar.calendar_id,
                    window=basis.window,
                )
            )
            for subject in about
        ]
    return tuple(
        (subject, summary_from_rows(found, basis, asked, sample_weeks=WEEKS))
        for subject, found in zip(about, rows, strict=True)
    )
