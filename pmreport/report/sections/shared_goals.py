"""Development goals that their owner shares with management."""

from pmreport.goals.evidence import Evidence
from pmreport.goals.goal import Goal, Polarity
from pmreport.report import links, tagged
from pmreport.report.inputs import Inputs
from pmreport.report.sections.review_goal import figure_number, target_number
from pmreport.report.view import Inline, Item, Items, Section, Strong
from pmreport.report.words import in_words, plural


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
        _items(inputs, items),
        f" {plural(len(items), 'speaks', 'speak')} for it, ",
        *((_items(inputs, against), " against it.") if against else ("none against it.",)),
    )
    return Item(text=(Strong(f"{goal.title}."), f" {goal.target_behaviour}"), detail=detail)


def _items(inputs: Inputs, found: tuple[Evidence, ...]) -> Inline:
    """How many items, as a way to them where they may be named."""
    told = in_words(len(found), "item")
    return links.keys(inputs, (one.issue_key for one in found), told) or told


def _measured(inputs: Inputs, goal: Goal) -> tuple[Inline, ...]:
    measure = inputs.measures.get(goal.id)
    if measure is None or measure.value is None:
        return ()
    target = target_number(goal, measure)
    aim: tuple[Inline, ...] = () if target is None else (f", target {goal.aim.value} ", target)
    return (f"{goal.indicator}: ", figure_number(measure), *aim, ". ")
