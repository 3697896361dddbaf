"""Whether due dates and releases were kept, at one moment."""

from dataclasses import dataclass
from datetime import datetime

from pmreport.app.numbers import days, initiatives
from pmreport.app.wiring import Workspace
from pmreport.metrics import milestones, ontime
from pmreport.metrics.milestones import Milestone
from pmreport.metrics.ontime import OnTime, OverdueRow

WEEKS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """On-time delivery, the open items whose due date has passed, and the milestones.

    `about` is the name of the initiative; None: everything.
    """

    about: str | None
    delivery: OnTime
    overdue: tuple[OverdueRow, ...]
    milestones: tuple[Milestone, ...]


def timeliness(
    workspace: Workspace, *, as_of: datetime, initiative: str | None = None, weeks: int = WEEKS
) -> Timeliness:
    """What was due in the last so many weeks, of an initiative or of everything.

    Raises UsageError for an initiative that is not known.
    """
    about = initiatives.named(workspace.config, initiative) if initiative else None
    calendar = days.stored_calendar(workspace, as_of)
    window = ontime.window_of(as_of, weeks, calendar)
    site_id, name = workspace.site_id(), calendar.calendar_id
    with workspace.store.reading() as reader:
        items = initiatives.members_of(workspace, reader, about, as_of=as_of)
        due = ontime.query(
            items,
            site_id,
            as_of,
            window,
            calendar_id=name,
            dropped_resolutions=workspace.config.done.dropped_resolutions,
        )
        since = calendar.day_start(window.first)
        moves = ontime.moves_query(items, site_id, as_of, since=since, calendar_id=name)
        return Timeliness(
            about=about.name if about else None,
            delivery=ontime.from_rows(reader.rows(due), reader.rows(moves), window, calendar),
            overdue=tuple(reader.rows(ontime.overdue_query(items, site_id, as_of, window))),
            milestones=milestones.from_rows(
                reader.rows(milestones.query(items, site_id, as_of)), as_of=as_of, calendar=calendar
            ),
        )
