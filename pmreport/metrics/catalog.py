"""The one home of every definition: what a number means, in words a reader can check."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A number's meaning. `unit` "board unit" is what the board estimates in: points, time or issues.

    `source` says where the definition comes from; "pmreport" where it is our own.
    """

    id: str
    name: str
    unit: str
    text: str
    source: str = "pmreport"


_SPRINT_REPORT = "After Jira's sprint report"

_ALL = (
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
    Definition(
        id="bias-factor",
        name="Bias factor",
        unit="x",
        text="How many times its estimate work takes: the geometric mean of actual / estimate. 1.2 "
        'reads "takes 1.2 times what we say".',
        source="Tofallis, JORS 66(8), 2015",
    ),
    Definition(
        id="typical-factor",
        name="Typical factor",
        unit="x",
        text="How far off an estimate usually is, either way: the geometric mean of the larger of "
        'estimate and actual over the smaller. 1.4 reads "usually within a factor of 1.4"; 1 is '
        "exact.",
        source="Tofallis, JORS 66(8), 2015",
    ),
    Definition(
        id="estimation-trend",
        name="Estimation trend",
        unit="",
        text="Better or worse is said only of eight or more sprints, and only if the Mann-Kendall test"
        " of the typical factors gives p of at most 0.05, raised for the number of claims (Holm)."
        " Otherwise: no trend shown, or too few to say.",
        source="Kendall 1970; Holm 1979",
    ),
    Definition(
        id="follow-ups-overdue",
        name="Overdue follow-ups",
        unit="items",
        text="Open actions and questions whose due day has passed on the local calendar; lateness in "
        "working days.",
    ),
    Definition(
        id="follow-ups-unowned",
        name="Unowned follow-ups",
        unit="items",
        text="Open actions and questions that nobody is assigned to.",
    ),
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

DEFINITIONS: Mapping[str, Definition] = MappingProxyType({each.id: each for each in _ALL})
