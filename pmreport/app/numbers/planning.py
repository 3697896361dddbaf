"""Plans, dependencies and priorities of the initiatives, and what the delivered work was meant to move."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pmreport.app.calendar import calendar_of
from pmreport.app.numbers import initiatives
from pmreport.app.wiring import Workspace
from pmreport.metrics import dependencies as depending
from pmreport.metrics import investment, milestones, plan_items, priority, project_plan, scores
from pmreport.metrics.dependencies import Dependencies
from pmreport.metrics.investment import Mix
from pmreport.metrics.milestones import Milestone
from pmreport.metrics.priority import PriorityList
from pmreport.metrics.project_plan import ProjectPlan

WEEKS = 13
_SIZES_OVER = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfInitiative:
    """The plan of an initiative, and the milestones its items are for."""

    plan: ProjectPlan
    milestones: tuple[Milestone, ...]


def plans(
    workspace: Workspace, *, as_of: datetime, initiative: str | None = None
) -> tuple[PlanOfInitiative, ...]:
    """The plan of one initiative, else of every one in the order of the configuration.

    Durations that nobody estimated are those of the year before. Raises ConfigurationError without any
    initiative, UsageError for one that is not known.
    """
    site_id, calendar = workspace.site_id(), calendar_of(workspace.config, as_of)
    chosen = initiatives.chosen(workspace.config, initiative)
    with workspace.store.reading() as reader:
        sizes = reader.rows(plan_items.sizes_query(site_id, as_of, since=as_of - _SIZES_OVER))
        medians_of = plan_items.medians(sizes, calendar)
        told = []
        for one in chosen:
            members = initiatives.members_of(workspace, reader, one, as_of=as_of)
            plan = project_plan.plan_from_rows(
                one.id,
                one.name,
                reader.rows(plan_items.items_query(members, site_id, as_of)),
                reader.rows(depending.query(members, site_id, as_of)),
                medians_of=medians_of,
                calendar=calendar,
                as_of=as_of,
            )
            versions = reader.rows(milestones.query(members, site_id, as_of))
            found = milestones.from_rows(versions, as_of=as_of, calendar=calendar)
            told.append(PlanOfInitiative(plan=plan, milestones=found))
    return tuple(told)


def dependencies(
    workspace: Workspace, *, as_of: datetime, initiative: str | None = None
) -> tuple[Dependencies, ...]:
    """What the items of one initiative wait for, else of every one. Raises as `plans`."""
    chosen = initiatives.chosen(workspace.config, initiative)
    with workspace.store.reading() as reader:
        return tuple(
            depending.from_rows(
                one.id,
                one.name,
                reader.rows(
                    depending.query(
                        initiatives.members_of(workspace, reader, one, as_of=as_of),
                        workspace.site_id(),
                        as_of,
                    )
                ),
            )
            for one in chosen
        )


def priorities(
    workspace: Workspace, *, as_of: datetime, initiative: str | None = None
) -> tuple[PriorityList, ...]:
    """The ranked list of one initiative, else of every one. Raises as `plans`."""
    site_id, told = workspace.site_id(), []
    parts = workspace.config.priorities.part_of
    chosen = initiatives.chosen(workspace.config, initiative)
    with workspace.store.reading() as reader:
        for one in chosen:
            members = initiatives.members_of(workspace, reader, one, as_of=as_of)
            rows = reader.rows(plan_items.items_query(members, site_id, as_of))
            marks = reader.rows(scores.marks_query(members, site_id, as_of, parts))
            told.append(priority.list_from_rows(one.id, one.name, rows, marks, parts))
    return tuple(told)


def mix(workspace: Workspace, *, as_of: datetime, initiative: str | None = None, weeks: int = WEEKS) -> Mix:
    """What was delivered in the last so many weeks by kind of investment, of an initiative or of everything.

    Raises UsageError for an initiative that is not known.
    """
    about = initiatives.named(workspace.config, initiative) if initiative else None
    since = as_of - timedelta(weeks=weeks)
    with workspace.store.reading() as reader:
        members = initiatives.members_of(workspace, reader, about, as_of=as_of)
        asked = investment.query(
            members,
            workspace.site_id(),
            as_of,
            since=since,
            settings=workspace.config.investment,
            dropped_resolutions=workspace.config.done.dropped_resolutions,
        )
        return investment.from_rows(reader.rows(asked), since)
