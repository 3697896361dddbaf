"""Plans of initiatives as tables and as JSON."""

from collections.abc import Iterable
from datetime import date, datetime

from pmreport.app.numbers.planning import PlanOfInitiative
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json, iso_date, number
from pmreport.cli.show.answer import Answer, rounded, values_table
from pmreport.cli.tables import calendar_day
from pmreport.metrics import project_plan
from pmreport.metrics.critical_path import Scheduled
from pmreport.metrics.project_plan import PlannedItem, ProjectPlan

_FIRST = 20
_NETWORK_NOTE = (
    "Working days from today on. Total: what it may slip without moving the end, 0 on a critical path; Free: "
    "without moving anything; !: the plan ends it after its due day. The same person may be needed twice at "
    "once: the plan does not know."
)


def plan(found: Iterable[PlanOfInitiative], as_of: datetime) -> Answer:
    """`goals plan`."""
    told = tuple(found)
    return Answer(
        as_of=as_of,
        values=tuple(value for one in told for value in project_plan.values(one.plan)),
        grids=tuple(grid for one in told for grid in _plan_tables(one)),
        in_grids=True,
        more={"plans": [_plan_json(one) for one in told]},
    )


def _plan_tables(one: PlanOfInitiative) -> Iterable[Grid]:
    told = one.plan
    yield values_table(project_plan.values(told), f"{told.name}: the plan from {told.today}")
    yield _items(told)
    yield _milestones(one)


def _items(told: ProjectPlan) -> Grid:
    more = len(told.items) - _FIRST
    has_links = any(item.after for item in told.items[:_FIRST])
    circles = (f"These wait for themselves: {', '.join(circle)}." for circle in told.network.cycles)
    return Grid(
        title="What is open, by when it can start",
        columns=(
            Column(title="Item", whole=True),
            Column(title="Summary"),
            Column(title="Days", is_number=True),
            Column(title="Starts", whole=True),
            Column(title="Finishes", short="Ends", whole=True),
            Column(title="Due", whole=True),
            Column(title="Total", is_number=True),
            Column(title="Free", is_number=True),
            *((Column(title="After"),) if has_links else ()),
        ),
        rows=tuple(_plan_row(item, has_links=has_links) for item in told.items[:_FIRST]),
        empty="Nothing is open.",
        notes=(
            *((f"and {more} more",) if more > 0 else ()),
            *((f"Critical path: {' → '.join(told.network.critical_path)}.",) if told.items else ()),
            *circles,
            *((f"{told.outside} items wait for something outside the initiative.",) if told.outside else ()),
            *((f"No duration: the estimates of {', '.join(told.absurd)}.",) if told.absurd else ()),
            *((_NETWORK_NOTE,) if told.items else ()),
        ),
    )


def _milestones(one: PlanOfInitiative) -> Grid:
    return Grid(
        title="Milestones",
        columns=(
            Column(title="Version"),
            Column(title="First date", whole=True),
            Column(title="Now", whole=True),
            Column(title="The plan ends", whole=True),
        ),
        rows=tuple(
            (
                each.name,
                calendar_day(each.baseline),
                calendar_day(each.forecast),
                _end(one.plan, each.forecast),
            )
            for each in one.milestones
            if each.released is None
        ),
        empty="No version is ahead.",
    )


def _end(told: ProjectPlan, forecast: date | None) -> str:
    """The end of the plan, with how many days it lies behind the milestone."""
    if told.finish is None or forecast is None:
        return calendar_day(told.finish)
    late = (told.finish - forecast).days
    return f"{told.finish} ({late} days late)" if late > 0 else str(told.finish)


def _plan_row(item: PlannedItem, *, has_links: bool) -> tuple[str, ...]:
    told = item.scheduled
    return (
        item.key,
        item.summary,
        rounded(told.duration),
        str(item.starts),
        str(item.finishes),
        f"{item.due} !" if item.is_late else calendar_day(item.due),
        rounded(told.total_float),
        rounded(told.free_float),
        *((", ".join(item.after),) if has_links else ()),
    )


def _plan_json(one: PlanOfInitiative) -> Json:
    told = one.plan
    return {
        "id": told.id,
        "name": told.name,
        "today": told.today.isoformat(),
        "finish": iso_date(told.finish),
        "duration": number(told.network.duration),
        "critical_path": list(told.network.critical_path),
        "items": [_planned_json(item) for item in told.items],
        "done": told.done,
        "cycles": [list(circle) for circle in told.network.cycles],
        "links_outside": told.outside,
        "absurd_estimates": list(told.absurd),
        "milestones": [
            {
                "name": each.name,
                "baseline": iso_date(each.baseline),
                "forecast": iso_date(each.forecast),
                "released": iso_date(each.released),
            }
            for each in one.milestones
        ],
    }


def _planned_json(item: PlannedItem) -> Json:
    return {
        "key": item.key,
        "summary": item.summary,
        **_times(item.scheduled),
        "basis": str(item.basis),
        "starts": item.starts.isoformat(),
        "finishes": item.finishes.isoformat(),
        "due": iso_date(item.due),
        "is_late": item.is_late,
        "owner": item.owner,
        "after": list(item.after),
    }


def _times(told: Scheduled) -> Json:
    return {
        "duration": number(told.duration),
        "earliest_start": number(told.earliest_start),
        "earliest_finish": number(told.earliest_finish),
        "latest_start": number(told.latest_start),
        "latest_finish": number(told.latest_finish),
        "total_float": number(told.total_float),
        "free_float": number(told.free_float),
        "is_critical": told.is_critical,
    }
