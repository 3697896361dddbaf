"""The follow-ups of one moment."""

from datetime import datetime

from pmreport.app.calendar import calendar_of
from pmreport.app.wiring import Workspace
from pmreport.metrics import followups as following
from pmreport.metrics.followups import FollowUps
from pmreport.store.session import Reader


def followups(workspace: Workspace, *, as_of: datetime) -> FollowUps:
    """The open follow-ups, the latest first."""
    with workspace.store.reading() as reader:
        return read(reader, workspace, as_of)


def read(reader: Reader, workspace: Workspace, as_of: datetime) -> FollowUps:
    """The open follow-ups by the labels and types of the configuration."""
    rows = reader.rows(following.query(workspace.site_id(), as_of, workspace.config.followups))
    return following.from_rows(rows, as_of=as_of, calendar=calendar_of(workspace.config, as_of))
