"""What the numbers of a scope mean."""

from pmreport.metrics.definition import Definition

_IN_SCOPE = (
    "An item is in scope while it belongs to the initiative and was not dropped; sub-tasks "
    "stand outside, and an item that Jira deleted or hid left when it went."
)

ALL = (
    Definition(
        id="scope-baseline",
        name="Scope baseline",
        unit="issues or board unit",
        text=("What the initiative held when its baseline was set, else at its start. It never changes. ")
        + _IN_SCOPE,
    ),
    Definition(
        id="scope-added",
        name="Added to the scope",
        unit="issues or board unit",
        text="Items at the moment each came into scope after the baseline, with their estimates then. "
        "One that leaves and comes back counts each time; what was split off an item counts too.",
    ),
    Definition(
        id="scope-removed",
        name="Removed from the scope",
        unit="issues or board unit",
        text="Items at the moment each left: taken out, moved to another version, dropped by its "
        "resolution, deleted.",
    ),
    Definition(
        id="scope-re-estimated",
        name="Re-estimated in the scope",
        unit="issues or board unit",
        text="New estimate minus old, summed over every change while the item was in scope; no "
        "estimate counts as 0.",
    ),
    Definition(
        id="scope-now",
        name="Scope now",
        unit="issues or board unit",
        text="What is in scope at the moment asked for: baseline + added + re-estimated - removed.",
    ),
    Definition(
        id="requirements-volatility",
        name="Requirements volatility",
        unit="%",
        text="(Added + removed + changed) / baseline, signs dropped. By items, changed are those of "
        "the baseline whose estimate went from one number to another. What was split off an item "
        "is matched with what that item lost first: only the rest is change.",
        source="After NASA SWE-200, which asks to track it over time",
    ),
    Definition(
        id="scope-growth",
        name="Scope growth, net",
        unit="%",
        text="(Now - baseline) / baseline. By items, dividing one item into several is no growth.",
    ),
    Definition(
        id="scope-creep",
        name="Unapproved additions",
        unit="%",
        text="Additions that nobody approved / baseline. Approved: the item carried the change label "
        "of the initiative, or was linked to an item outside of it that did, by a day after it "
        "came in at the latest. What only came back is no addition, nor is the matched part of a "
        "split.",
    ),
    Definition(
        id="approved-additions",
        name="Additions approved",
        unit="%",
        text="The part of the items added after the baseline that was approved, as for unapproved additions.",
    ),
    Definition(
        id="re-estimated-items",
        name="Planned items re-estimated",
        unit="%",
        text="The part of the baseline's items whose estimate went from one number to another; a first"
        " estimate is none.",
    ),
    Definition(
        id="scope-completion",
        name="Baseline delivered",
        unit="%",
        text="Items of the baseline that are in scope and done / all items of the baseline, as they "
        "were planned: by number, by estimate, by estimated time. A dropped item was not "
        "delivered.",
    ),
)
