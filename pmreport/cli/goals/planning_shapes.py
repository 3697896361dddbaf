"""Plans, dependencies, priorities and the investment mix as tables and as JSON."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from pmreport.app.numbers.planning import PlanOfInitiative
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json, instant, number
from pmreport.cli.show.answer import Answer, rounded, values_table
from pmreport.cli.tables import NOT_KNOWN, day
from pmreport.metrics import dependencies as depending
from pmreport.metrics import investment, priority, project_plan
from pmreport.metrics.critical_path import Scheduled
from pmreport.metrics.dependencies import Dependencies, Dependency
from pmreport.metrics.investment import Mix, Part
from pmreport.metrics.priority import Method, PriorityList, Ranked
from pmreport.metrics.project_plan import PlannedItem, ProjectPlan

_FIRST = 20
_NETWORK_NOTE = (
    "Working days from today on. Total: what it may slip without moving the end, 0 on a critical path; Free: "
    "without moving anything; !: the plan ends it after its due day. The same person may be needed twice at "
    "once: the plan does not know."
)
_SCORE_HINT = (
    "Nothing has a score, so the list is that of Jira's priority. Give items labels such as value-8, "
    "urgency-5, risk-3 and size-2 (or points), or reach-500, impact-2, confidence-80 and effort-3; or name "
    "number fields under [priorities]."
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


def dependencies(found: Iterable[Dependencies], as_of: datetime, zone: str) -> Answer:
    """`goals dependencies`; days are those of `zone`."""
    told = tuple(found)
    return Answer(
        as_of=as_of,
        values=tuple(value for one in told for value in depending.values(one)),
        grids=tuple(grid for one in told for grid in _dependency_tables(one, zone)),
        in_grids=True,
        more={
            "initiatives": [
                {
                    "id": one.id,
                    "name": one.name,
                    "own_links": one.own,
                    "dependencies": [_dependency_json(each) for each in one.found],
                }
                for one in told
            ]
        },
    )


def priorities(found: Iterable[PriorityList], as_of: datetime) -> Answer:
    """`goals priorities`."""
    told = tuple(found)
    return Answer(
        as_of=as_of,
        values=tuple(value for one in told for value in priority.values(one)),
        grids=tuple(grid for one in told for grid in _priority_tables(one)),
        in_grids=True,
        more={
            "lists": [
                {
                    "id": one.id,
                    "name": one.name,
                    "method": str(one.method),
                    "items": [_ranked_json(item) for item in one.items],
                }
                for one in told
            ]
        },
    )


def mix(found: Mix, as_of: datetime) -> Answer:
    """`goals mix`."""
    return Answer(
        as_of=as_of,
        values=investment.values(found),
        grids=(values_table(investment.values(found)[:2], "Labels of what was delivered"), _mix_table(found)),
        in_grids=True,
        more={
            "since": instant(found.since),
            "parts": [
                {
                    "investment": str(part.investment),
                    "items": part.items,
                    "labelled_early": part.early,
                    "with_points": part.sized,
                    "points": number(part.points),
                }
                for part in found.parts
            ],
        },
    )


def _plan_tables(one: PlanOfInitiative) -> Iterable[Grid]:
    told = one.plan
    yield values_table(project_plan.values(told), f"{told.name}: the plan from {told.today}")
    more = len(told.items) - _FIRST
    has_links = any(item.after for item in told.items[:_FIRST])
    circles = (f"These wait for themselves: {', '.join(circle)}." for circle in told.network.cycles)
    yield Grid(
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
    yield Grid(
        title="Milestones",
        columns=(
            Column(title="Version"),
            Column(title="First date", whole=True),
            Column(title="Now", whole=True),
            Column(title="The plan ends", whole=True),
        ),
        rows=tuple(
            (each.name, _day(each.baseline), _day(each.forecast), _end(told, each.forecast))
            for each in one.milestones
            if each.released is None
        ),
        empty="No version is ahead.",
    )


def _end(told: ProjectPlan, forecast: date | None) -> str:
    """The end of the plan, with how many days it lies behind the milestone."""
    if told.finish is None or forecast is None:
        return _day(told.finish)
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
        f"{item.due} !" if item.is_late else _day(item.due),
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
        "finish": _iso(told.finish),
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
                "baseline": _iso(each.baseline),
                "forecast": _iso(each.forecast),
                "released": _iso(each.released),
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
        "due": _iso(item.due),
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


def _dependency_tables(told: Dependencies, zone: str) -> Iterable[Grid]:
    yield values_table(depending.values(told), f"{told.name}: what it waits for")
    more = len(told.found) - _FIRST
    yield Grid(
        title="Dependencies on others, the open ones first",
        columns=(
            Column(title="Item", whole=True),
            Column(title="Waits for", whole=True),
            Column(title="What"),
            Column(title="State"),
            Column(title="Linked", whole=True),
            Column(title="Due", whole=True),
            Column(title="Owner"),
        ),
        rows=tuple(_dependency_row(one, zone) for one in told.found[:_FIRST]),
        empty="No item is blocked by an item of others.",
        notes=(
            *((f"and {more} more",) if more > 0 else ()),
            *(f"{count} of {reach}." for reach, count in Counter(one.reach for one in told.found).items()),
            *((f"{told.own} links between items of one owner stand outside.",) if told.own else ()),
        ),
    )


def _dependency_row(one: Dependency, zone: str) -> tuple[str, ...]:
    return (
        one.blocked,
        one.blocker,
        one.summary or "(restricted)",
        f"{one.state}, open" if one.is_open else str(one.state),
        day(one.linked, zone),
        one.due or NOT_KNOWN,
        one.owner or NOT_KNOWN,
    )


def _dependency_json(one: Dependency) -> Json:
    return {
        "blocked": one.blocked,
        "blocker": one.blocker,
        "summary": one.summary,
        "reach": one.reach,
        "state": str(one.state),
        "is_open": one.is_open,
        "linked": instant(one.linked),
        "started": instant(one.started),
        "due": one.due,
        "owner": one.owner,
    }


def _priority_tables(told: PriorityList) -> Iterable[Grid]:
    yield values_table(priority.values(told), f"{told.name}: ranked by {told.method}")
    waiting = [item for item in told.items if not item.is_done]
    more = len(waiting) - _FIRST
    yield Grid(
        title="What is open, in the order of the list",
        columns=(
            Column(title="Place", is_number=True),
            Column(title="Item", whole=True),
            Column(title="Summary"),
            Column(title="Score", is_number=True),
            Column(title="Started as", is_number=True),
        ),
        rows=tuple(_ranked_row(item, told.method) for item in waiting[:_FIRST]),
        empty="Nothing is open.",
        notes=(
            *((f"and {more} more",) if more > 0 else ()),
            *((_SCORE_HINT,) if told.method is Method.PRIORITY else ()),
        ),
    )


def _ranked_row(item: Ranked, method: Method) -> tuple[str, ...]:
    score = item.score.reason
    if item.score.value is not None:
        score = "" if method is Method.PRIORITY else rounded(item.score.value)
    return (
        NOT_KNOWN if item.place is None else str(item.place),
        item.key,
        item.summary,
        score,
        "" if item.started_place is None else str(item.started_place),
    )


def _ranked_json(item: Ranked) -> Json:
    return {
        "key": item.key,
        "summary": item.summary,
        "score": number(item.score.value),
        "reason": item.score.reason,
        "place": item.place,
        "started_place": item.started_place,
        "is_done": item.is_done,
    }


def _mix_table(found: Mix) -> Grid:
    return Grid(
        title=f"What was delivered since {found.since.date()}, by investment",
        columns=(
            Column(title="Investment"),
            Column(title="Items", is_number=True),
            Column(title="Share", is_number=True),
            Column(title="Points", is_number=True),
            Column(title="Share of points", short="Share", is_number=True),
            Column(title="Labelled at start", short="Early", is_number=True),
        ),
        rows=tuple(_mix_row(part, found) for part in found.parts),
        short_note="Early: the label was there when the work started.",
    )


def _mix_row(part: Part, found: Mix) -> tuple[str, ...]:
    is_kind = part.investment in investment.KINDS
    return (
        str(part.investment),
        str(part.items),
        _share(Decimal(part.items), Decimal(found.items)),
        rounded(part.points),
        _share(part.points, found.points),
        _share(Decimal(part.early), Decimal(part.items)) if is_kind else "",
    )


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{rounded(100 * part / whole)} %" if whole > 0 else NOT_KNOWN


def _day(known: date | None) -> str:
    return NOT_KNOWN if known is None else known.isoformat()


def _iso(known: date | None) -> str | None:
    return None if known is None else known.isoformat()
