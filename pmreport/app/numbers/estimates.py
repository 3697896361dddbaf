"""The estimation accuracy of one moment."""

from datetime import datetime

from pmreport.app.numbers import sprints
from pmreport.app.wiring import Workspace
from pmreport.metrics import estimation
from pmreport.metrics.estimation import EstimationSummary
from pmreport.metrics.ledger import SprintTotals
from pmreport.store.session import Reader


def estimates(workspace: Workspace, *, as_of: datetime) -> EstimationSummary:
    """The estimation accuracy of every closed sprint, and over all of them."""
    with workspace.store.reading() as reader:
        return read(reader, workspace, as_of, sprints.totals(reader, workspace, as_of))


def read(
    reader: Reader, workspace: Workspace, as_of: datetime, ledgers: tuple[SprintTotals, ...]
) -> EstimationSummary:
    """The accuracy of the sprints in `ledgers`."""
    rows = reader.rows(estimation.query(workspace.site_id(), as_of))
    dropped = workspace.config.done.dropped_resolutions
    return estimation.from_rows(ledgers, rows, dropped_resolutions=dropped)
