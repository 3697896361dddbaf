"""The built-in goals as a page for people: what each is measured by, and what guards it."""

from collections.abc import Iterable

from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Indicator, Source
from pmreport.goals.readings import said

_HEAD = """# The built-in goals

`make docs` writes this page from `pmreport/goals/catalog.toml`. A goal is taken up by `use = "catalogue:ID"`;
how goals work stands in [goals.md](goals.md), what a number means in [metrics.md](metrics.md). The first
line of a goal is what it is known by. Behind each stands where it comes from, where that is not a number of
metrics.md: *items* are those that the rules of the goal find, *journal* is what you write. What each began
with is the same question, asked of a day 13 weeks earlier.

| goal | measured by | target | guarded by |
|---|---|---|---|
"""
_FROM = {Source.NUMBER: "", Source.EVIDENCE: " (items)", Source.JOURNAL: " (journal)"}


def markdown(goals: Iterable[Goal]) -> str:
    """The page, in the order of the catalogue."""
    return _HEAD + "".join(_row(goal) for goal in goals)


def _row(goal: Goal) -> str:
    cells = (
        f"{goal.title}<br>`{goal.id}`",
        "<br>".join(_measure(one) for one in goal.indicators),
        "<br>".join(_target(one) for one in goal.indicators),
        "<br>".join(_guard(one) for one in goal.indicators),
    )
    return f"| {' | '.join(cells)} |\n"


def _measure(one: Indicator) -> str:
    return f"{one.name}{_FROM[one.binding.source]}"


def _target(one: Indicator) -> str:
    if one.is_context:
        return "of the team: no target"
    return "" if one.target is None else f"{one.aim} {said(one.target, one.binding.unit)}"


def _guard(one: Indicator) -> str:
    guard = one.guard
    return "" if guard is None else f"{guard.name}: {guard.aim} {said(guard.limit, guard.binding.unit)}"
