"""What the numbers of a sprint mean."""

from pmreport.metrics.definition import Definition

_SPRINT_REPORT = "After Jira's sprint report"

ALL = (
    Definition(
        id="commitment",
        name="Commitment",
        unit="board unit",
        text="The estimates, at the moment the sprint started, of the items then in it that were not "
        "yet done. An item whose status stands in no column of the board is not in the sprint.",
        source="After Atlassian's note on the velocity chart",
    ),
    Definition(
        id="added",
        name="Added",
        unit="board unit",
        text="The estimates of items at the moment each came into the running sprint. An item that "
        "leaves and comes back counts each time.",
        source=_SPRINT_REPORT,
    ),
    Definition(
        id="removed",
        name="Removed",
        unit="board unit",
        text="The estimates of items at the moment each left the running sprint.",
        source=_SPRINT_REPORT,
    ),
    Definition(
        id="re-estimated",
        name="Re-estimated",
        unit="board unit",
        text="New estimate minus old, summed over every change while the item was in the running "
        "sprint; an unestimated item counts as 0.",
        source=_SPRINT_REPORT,
    ),
    Definition(
        id="completed",
        name="Completed",
        unit="board unit",
        text="The estimates, when the sprint closed, of the items then in it and in the last column of"
        " the board, except those that had come in already done.",
        source=_SPRINT_REPORT,
    ),
    Definition(
        id="not-completed",
        name="Not completed",
        unit="board unit",
        text="The estimates, when the sprint closed, of the items then in it and not in the last column.",
        source=_SPRINT_REPORT,
    ),
    Definition(
        id="completed-outside",
        name="Completed outside",
        unit="board unit",
        text="Items that came into the sprint already done. They stand outside its scope.",
        source=_SPRINT_REPORT,
    ),
    Definition(
        id="completion-ratio",
        name="Completion ratio",
        unit="%",
        text="Completed / commitment. Work added later counts, so it may exceed 100 %. Not defined "
        "while the sprint runs, or without a commitment.",
    ),
    Definition(
        id="commitment-reliability",
        name="Commitment reliability",
        unit="%",
        text="The part of the commitment that was completed, both as estimated at the start; at most 100 %.",
    ),
    Definition(
        id="gross-scope-change",
        name="Scope change, gross",
        unit="%",
        text="Everything added, removed and re-estimated after the start, signs dropped / commitment.",
    ),
    Definition(
        id="net-scope-growth",
        name="Scope growth, net",
        unit="%",
        text="(Final scope - commitment) / commitment; the final scope is completed + not completed.",
    ),
    Definition(
        id="carry-over",
        name="Carry-over",
        unit="%",
        text="Not completed / final scope.",
    ),
    Definition(
        id="velocity",
        name="Velocity",
        unit="board unit",
        text="What a sprint completed, over the last closed sprints.",
        source="After Jira's velocity chart",
    ),
)
