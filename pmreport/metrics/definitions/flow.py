"""What the numbers of flow mean."""

from pmreport.metrics.definition import Definition

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
)
