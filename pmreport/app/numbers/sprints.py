"""The sprints of one moment: their amounts, and their ledgers for those who name issues."""

from datetime import datetime

from pmreport.app import choice
from pmreport.app.calendar import known_since
from pmreport.app.wiring import Workspace
from pmreport.metrics import sprint as sprinting
from pmreport.metrics import sprint_totals
from pmreport.metrics.ledger import SprintLedger, SprintTotals
from pmreport.model.problem import Problem
from pmreport.store.session import Reader


def sprints(
    workspace: Workspace, *, as_of: datetime, board: int | None = None, sprint: int | None = None
) -> tuple[SprintTotals, ...]:
    """The amounts of every board's own sprints; with `board`, also of those it only lists.

    A sprint that no board of its own shows is told by one that lists it. Raises UsageError for a board or a
    sprint that is not known.
    """
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        choice.check(reader, site_id, as_of, board=board, sprint=sprint)
        found = totals(reader, workspace, as_of, board_id=board, sprint_id=sprint)
    own = tuple(ledger for ledger in found if ledger.is_own)
    if board is not None or (sprint is not None and not own):
        return found
    return own


def totals(
    reader: Reader,
    workspace: Workspace,
    as_of: datetime,
    *,
    board_id: int | None = None,
    sprint_id: int | None = None,
) -> tuple[SprintTotals, ...]:
    """The amounts as an open store adds them up: a few dozen rows, however many issues there are."""
    site_id = workspace.site_id()
    started = reader.rows(sprinting.sprints_query(site_id, as_of, board_id=board_id, sprint_id=sprint_id))
    rows = reader.rows(sprint_totals.query(site_id, as_of, board_id=board_id, sprint_id=sprint_id))
    return sprint_totals.from_rows(started, rows, known_since=known_since(workspace.config))


def read(
    reader: Reader, workspace: Workspace, as_of: datetime
) -> tuple[tuple[SprintLedger, ...], tuple[Problem, ...]]:
    """The ledgers as an open store tells them, and what is odd in them."""
    started = reader.rows(sprinting.sprints_query(workspace.site_id(), as_of))
    steps = reader.rows(sprinting.ledger_query(workspace.site_id(), as_of))
    ledgers = sprinting.ledgers_from_rows(started, steps, known_since=known_since(workspace.config))
    return ledgers, sprinting.problems_from_rows(started, steps)
