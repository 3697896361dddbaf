"""The sprints of one moment: their amounts, and their ledgers for those who name issues."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from pmreport.app import choice
from pmreport.app.calendar import known_since
from pmreport.app.wiring import Workspace
from pmreport.metrics import sprint as sprinting
from pmreport.metrics import sprint_totals
from pmreport.metrics.ledger import SprintTotals
from pmreport.metrics.sprint import StartedSprintRow
from pmreport.metrics.sprint_totals import TotalsRow
from pmreport.model.problem import Problem
from pmreport.store.session import Reader

Choice = Callable[[tuple[SprintTotals, ...]], Iterable[SprintTotals]]


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
        ids = None if sprint is None else (sprint,)
        found = totals(reader, workspace, as_of, board_id=board, sprint_ids=ids)
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
    sprint_ids: Collection[int] | None = None,
) -> tuple[SprintTotals, ...]:
    """The amounts as an open store adds them up: a few dozen rows, however many issues there are."""
    started, rows = _asked(reader, workspace, as_of, board_id=board_id, sprint_ids=sprint_ids)
    return sprint_totals.from_rows(started, rows, known_since=known_since(workspace.config))


def read(
    reader: Reader, workspace: Workspace, as_of: datetime, spoken_of: Choice
) -> tuple[tuple[SprintTotals, ...], tuple[Problem, ...]]:
    """The sprints as an open store tells them, and what is odd in them.

    Those that are `spoken_of` are ledgers, of the others the amounts are told: a large store has a hundred
    times as many events as a report shows.
    """
    since = known_since(workspace.config)
    started, rows = _asked(reader, workspace, as_of)
    every = sprint_totals.from_rows(started, rows, known_since=since)
    told = {one.sprint_id for one in spoken_of(every)}
    odd = {row.sprint_id for row in rows if row.below_zero_issues}
    steps = reader.rows(sprinting.ledger_query(workspace.site_id(), as_of, sprint_ids=told | odd))
    whole = sprinting.ledgers_from_rows(
        (sprint for sprint in started if sprint.sprint_id in told), steps, known_since=since
    )
    known = {(ledger.board_id, ledger.sprint_id): ledger for ledger in whole}
    told_of = tuple(known.get((one.board_id, one.sprint_id), one) for one in every)
    return told_of, sprinting.problems_from_rows(started, steps)


def _asked(
    reader: Reader,
    workspace: Workspace,
    as_of: datetime,
    *,
    board_id: int | None = None,
    sprint_ids: Collection[int] | None = None,
) -> tuple[list[StartedSprintRow], list[TotalsRow]]:
    site_id = workspace.site_id()
    started = reader.rows(sprinting.sprints_query(site_id, as_of, board_id=board_id, sprint_ids=sprint_ids))
    rows = reader.rows(sprint_totals.query(site_id, as_of, board_id=board_id, sprint_ids=sprint_ids))
    return started, rows
