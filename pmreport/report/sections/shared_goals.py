"""Development goals that their owner shares with management."""

from pmreport.goals.goal import Goal, Polarity
from pmreport.report import tagged
from pmreport.report.inputs import Inputs
from pmreport.report.sections.review_goal import figure_number, target_number
from pmreport.report.view import Inline, Item, Items, Section, Strong
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
        *_measured(inputs, goal),
        counted(len(items), "item"),
        f" {plural(len(items), 'speaks', 'speak')} for it, ",
        *((counted(len(against), "item"), " against it.") if against else ("none against it.",)),
    )
    return Item(text=(Strong(f"{goal.title}."), f" {goal.target_behaviour}"), detail=detail)


def _measured(inputs: Inputs, goal: Goal) -> tuple[Inline, ...]:
    measure = inputs.measures.get(goal.id)
    if measure is None or measure.value is None:
        return ()
    target = target_number(goal, measure)
    aim: tuple[Inline, ...] = () if target is None else (f", target {goal.aim.value} ", target)
    return (f"{goal.indicator}: ", figure_number(measure), *aim, ". ")
