"""The moment that numbers are looked at from."""

from datetime import datetime

from pmreport.app import lookups
from pmreport.app.moments import known_at
from pmreport.app.wiring import Workspace


def moment(workspace: Workspace, asked: datetime) -> datetime:
    """The moment the numbers are looked at: the one asked for, but not after the newest complete sync.

    Raises BadDataError before the first complete sync, UsageError for a moment before the first issue.
    """
    site_id = workspace.site_id()
    with workspace.store.reading() as reader:
        return known_at(lookups.site(reader, site_id), asked, workspace.config.calendar.time_zone)
