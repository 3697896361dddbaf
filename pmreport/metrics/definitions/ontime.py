"""What the numbers of on-time delivery mean."""

from pmreport.metrics.definition import Definition

ALL = (
    Definition(
        id="on-time-first",
        name="On time, by the first due day",
        unit="%",
        text="Of the items whose first due day fell into the window and is over: the part that was done by "
        "it, on the local calendar. Open items count as not on time. Dropped items, and those whose due "
        "date was first written on the day they were done, are left out. An item without a due date is "
        "due when the earliest version it is for is released, by the date first seen.",
    ),
    Definition(
        id="on-time-current",
        name="On time, by the current due day",
        unit="%",
        text="The same by the due day in force when the item was done, or now while it is open. It flatters "
        "whoever moves dates, so it stands beside the first due day and the moves.",
    ),
    Definition(
        id="due-date-moves",
        name="Due dates moved",
        unit="moves",
        text="How often the due date of an open item was moved from one day to another in the window.",
    ),
    Definition(
        id="median-slip",
        name="Median slip of a move",
        unit="days",
        text="The middle of the calendar days by which each move changed the due date; above 0 is later.",
    ),
    Definition(
        id="early-warning",
        name="Slips told ahead",
        unit="%",
        text="Of the due days that did not hold: the part that was moved to a later day at least five "
        "working days before it came. A day that passed without having been moved was told to nobody.",
    ),
    Definition(
        id="lateness",
        name="Lateness",
        unit="days",
        text="The day of done minus the first due day, in calendar days: below zero is early. The median, of "
        "five or more items that are done.",
    ),
    Definition(
        id="tardiness-median",
        name="Tardiness, median",
        unit="days",
        text="Lateness where early counts as 0, open overdue items as late as they are by now. The median, "
        "of five or more: a mean is drawn away by the few that are very late.",
    ),
    Definition(
        id="tardiness-high",
        name="Tardiness, 85 %",
        unit="days",
        text="85 % of the items were at most so late (nearest rank), of twenty or more.",
    ),
    Definition(
        id="promise-calibration",
        name="Calibration of promises",
        unit="%",
        text="The share of promises meant to be kept, from the service level, against the interval of the "
        "rate by the first due day: within it they are as promised, below it too early, above it "
        "padded. Said of eleven items or more.",
    ),
    Definition(
        id="due-coverage",
        name="Items with a due day",
        unit="%",
        text="The part of the items done in the window that had a due day, of their own or by the release of "
        "their version. On time says nothing about the others.",
    ),
    Definition(
        id="back-dated",
        name="Due dates written at or after done",
        unit="items",
        text="Items that got a due date when they were done already, or whose first one is the day they were "
        "done, written within 24 hours before.",
    ),
    Definition(
        id="milestone-slip",
        name="Milestone slip",
        unit="days",
        text="How far the forecast date of a version moved over the weekly reports since it was first seen; "
        "its slope is the median over all pairs of reports, where 1 is sliding day for day.",
        source="Milestone trend analysis; Sen, JASA 63, 1968",
    ),
)
