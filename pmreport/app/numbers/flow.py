"""The flow of one moment."""

from datetime import datetime

from pmreport.app.calendar import known_since
from pmreport.app.numbers.days import stored_calendar
from pmreport.app.numbers.subjects import Subject, subjects
from pmreport.app.wiring import Workspace
from pmreport.metrics import flow_query
from pmreport.metrics.flow_summary import Basis, FlowRows, FlowSummary, summary_from_rows
from pmreport.metrics.flow_window import window
from pmreport.store.session import Reader


def flow(
    workspace: Workspace, *, as_of: datetime, board: int | None = None, initiative: str | None = None
) -> tuple[tuple[Subject, FlowSummary], ...]:
    """How work flows on every board, on one, or for an initiative. Raises as `subjects` does."""
    basis = basis_of(workspace, as_of)
    with workspace.store.reading() as reader:
        about = subjects(workspace, reader, as_of=as_of, board=board, initiative=initiative)
        rows = [read(reader, workspace.site_id(), subject, basis) for subject in about]
    return tuple(
        (subject, summary_from_rows(found, subject.workflow, basis))
        for subject, found in zip(about, rows, strict=True)
    )


def basis_of(workspace: Workspace, as_of: datetime) -> Basis:
    """What rows of flow are read by; the days they are joined with are in the store when this returns."""
    calendar = stored_calendar(workspace, as_of)
    return Basis(
        as_of=as_of,
        calendar=calendar,
        window=window(calendar, as_of),
        settings=workspace.config.flow,
        dropped_resolutions=workspace.config.done.dropped_resolutions,
        known_since=known_since(workspace.config),
    )


def read(reader: Reader, site_id: int, subject: Subject, basis: Basis) -> FlowRows:
    """The rows about one set of items."""
    members, way = subject.members, subject.workflow
    days, span, now = basis.calendar.calendar_id, basis.window, basis.as_of
    waiting = basis.settings.waiting_statuses
    return FlowRows(
        counts=reader.rows(
            flow_query.counts_query(members, way, site_id=site_id, as_of=now, calendar_id=days, window=span)
        ),
        columns=reader.rows(
            flow_query.columns_query(members, way, site_id=site_id, as_of=now, calendar_id=days, window=span)
        ),
        ageing=reader.rows(
            flow_query.ageing_query(members, way, site_id=site_id, as_of=now, calendar_id=days)
        ),
        statuses=reader.rows(
            flow_query.statuses_query(members, way, site_id=site_id, as_of=now, window=span)
        ),
        waiting=reader.rows(
            flow_query.waiting_query(
                members, way, site_id=site_id, as_of=now, window=span, waiting_statuses=waiting
            )
        ),
        finished=reader.rows(
            flow_query.finished_query(members, way, site_id=site_id, as_of=now, calendar_id=days, window=span)
        ),
    )
