"""The numbers of one moment, for the terminal, for programs and for the reports."""

from datetime import datetime

from pmreport.app import choice, lookups
from pmreport.app.calendar import calendar_of, known_since
from pmreport.app.moments import known_at
from pmreport.app.wiring import Workspace
from pmreport.metrics import estimation, sprint
from pmreport.metrics import followups as following
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.followups import FollowUps
from pmreport.metrics.sprint import SprintLedger
from pmreport.store.session import Reader


def moment(workspace: Workspace, asked: datetime) -> datetime:
    """The moment the numbers are looked at: the one asked for, but not after the newest complete sync.

    Raises BadDataError before the first complete sync, UsageError for a moment before the first issue.
    """
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        return known_at(lookups.site(reader, site_id), asked, workspace.config.calendar.time_zone)


def sprints(
    workspace: Workspace, *, as_of: datetime, board: int | None = None, sprint: int | None = None
) -> tuple[SprintLedger, ...]:
    """The ledgers of every board's own sprints; with `board`, also of those it only lists.

    A sprint that no board of its own shows is told by one that lists it. Raises UsageError for a board or a
    sprint that is not known.
    """
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        choice.check(reader, site_id, as_of, board=board, sprint=sprint)
        found = read_ledgers(reader, site_id, as_of, workspace, board_id=board, sprint_id=sprint)
    own = tuple(ledger for ledger in found if ledger.is_own)
    if board is not None or (sprint is not None and not own):
        return found
    return own


def estimates(workspace: Workspace, *, as_of: datetime) -> EstimationSummary:
    """The estimation accuracy of every closed sprint, and over all of them."""
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        ledgers = read_ledgers(reader, site_id, as_of, workspace)
        return read_estimates(reader, site_id, as_of, workspace, ledgers)


def followups(workspace: Workspace, *, as_of: datetime) -> FollowUps:
    """The open follow-ups, the latest first."""
    with workspace.store.reading() as reader:
        return read_follow_ups(reader, workspace.site_id(), as_of, workspace)


def read_ledgers(
    reader: Reader,
    site_id: int,
    as_of: datetime,
    workspace: Workspace,
    *,
    board_id: int | None = None,
    sprint_id: int | None = None,
) -> tuple[SprintLedger, ...]:
    """The ledgers as an open store tells them."""
    started = reader.rows(sprint.sprints_query(site_id, as_of, board_id=board_id, sprint_id=sprint_id))
    steps = reader.rows(sprint.ledger_query(site_id, as_of, board_id=board_id, sprint_id=sprint_id))
    return sprint.ledgers_from_rows(started, steps, known_since=known_since(workspace.config))


def read_estimates(
    reader: Reader, site_id: int, as_of: datetime, workspace: Workspace, ledgers: tuple[SprintLedger, ...]
) -> EstimationSummary:
    """The accuracy of the sprints in `ledgers`."""
    rows = reader.rows(estimation.query(site_id, as_of))
    dropped = workspace.config.done.dropped_resolutions
    return estimation.from_rows(ledgers, rows, dropped_resolutions=dropped)


def read_follow_ups(reader: Reader, site_id: int, as_of: datetime, workspace: Workspace) -> FollowUps:
    """The open follow-ups by the labels and types of the configuration."""
    rows = reader.rows(following.query(site_id, as_of, workspace.config.followups))
    return following.from_rows(rows, as_of=as_of, calendar=calendar_of(workspace.config, as_of))
