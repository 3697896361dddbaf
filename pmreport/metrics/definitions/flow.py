"""What the numbers of flow mean."""

from pmreport.metrics.definition import Definition

_GUIDE = "The Kanban Guide"

ALL = (
    Definition(
        id="delivered",
        name="Delivered",
        unit="items",
        text="Items whose last way into a done status lies within the period and was not undone since,"
        " without those whose resolution says that they were dropped. Sub-tasks stand outside.",
    ),
    Definition(
        id="blocked",
        name="Blocked",
        unit="items",
        text="Open items with a flag on them, since the moment it was set.",
    ),
    Definition(
        id="throughput",
        name="Throughput",
        unit="a week",
        text="Items finished a week, over whole weeks, those with none included. Finished is the last way "
        "into the last column of the board (without a board: into a done status) that was not undone "
        "since. Dropped items are left out, sub-tasks and epics too.",
        source=_GUIDE,
    ),
    Definition(
        id="cycle-time",
        name="Cycle time",
        unit="days",
        text="Days from the first time in the start column of the board, or right of it, to the finish: "
        "calendar days of the reporting zone, the first and the last one counted. A percentile is the"
        " time of a real item. What was finished without having been started is left out.",
        source=_GUIDE,
    ),
    Definition(
        id="lead-time",
        name="Lead time",
        unit="days",
        text="Days from the creation of an item to its finish, the first and the last one counted.",
    ),
    Definition(
        id="work-in-progress",
        name="Work in progress",
        unit="items",
        text="Items started and not finished. By day: at the end of it, so that an item started and "
        "finished on one day appears on none.",
        source=_GUIDE,
    ),
    Definition(
        id="work-item-age",
        name="Work item age",
        unit="days",
        text="Days from the start of an unfinished item to today, both counted. It is slow when it is "
        "older than 85 % of the finished items were when they left the column it stands in.",
        source=_GUIDE,
    ),
    Definition(
        id="service-level",
        name="Service level",
        unit="%",
        text="The part of the items finished in the window that took at most the days of the service level"
        " expectation in the configuration.",
        source=_GUIDE,
    ),
    Definition(
        id="net-flow",
        name="Net flow",
        unit="items",
        text="Items that came into progress less items that left it. Above 0 the work in progress grows.",
    ),
    Definition(
        id="time-in-status",
        name="Time in status",
        unit="hours",
        text="The time that the items finished in the window had spent in each status from their creation "
        "to their finish, nights and weekends included. All statuses together are the whole time.",
    ),
    Definition(
        id="flow-efficiency",
        name="Flow efficiency",
        unit="%",
        text="The part of the time between start and finish in which an item was not waiting: not in a "
        "waiting status of the configuration, without a flag, and not behind an unfinished item that "
        "blocks it, as far as the making of that link is known. No better than the flags people set.",
        source="After jirametrics",
    ),
    Definition(
        id="cumulative-flow",
        name="Cumulative flow",
        unit="items",
        text="How many items had reached each column, or one to the right of it, by the end of a day. An "
        "item that moves back stays counted where it had been.",
        source="After jirametrics",
    ),
    Definition(
        id="littles-law",
        name="Little's Law",
        unit="",
        text="Average work in progress divided by throughput times average cycle time, less 1. Far from 0 "
        "the flow is not stable, and its averages say nothing about the weeks to come. A check, no "
        "forecast.",
        source="Little's Law; conditions after Vacanti",
    ),
)
