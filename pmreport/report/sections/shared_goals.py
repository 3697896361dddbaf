"""Development goals that their owner shares with management."""

from pmreport.goals.goal import Goal, Polarity
from pmreport.report import tagged
from pmreport.report.inputs import Inputs
from pmreport.report.view import Inline, Item, Items, Section
from pmreport.report.words import counted, plural


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """One small section, or none at all when no goal is shared."""
    active = tuple(goal for goal in inputs.goals if goal.active)
    if not active:
        return ()
    entries = tuple(_entry(inputs, goal) for goal in active)
    return (Section(id="goals", title="Development goals", blocks=(Items(items=entries),)),)


def _entry(inputs: Inputs, goal: Goal) -> Item:
    items = tagged.standing(inputs, goal, Polarity.EVIDENCE)
    against = tagged.standing(inputs, goal, Polarity.COUNTER)
    detail: tuple[Inline, ...] = (
        counted(len(items), "item"),
        f" {plural(len(items), 'speaks', 'speak')} for it, ",
        counted(len(against), "item"),
        " against it.",
    )
    return Item(text=(f"{goal.title}: {goal.target_behaviour}",), detail=detail)
