"""The workbook of each report, built from the same inputs and through the same door as its page."""

from collections.abc import Callable, Mapping

from pmreport.goals.review import Audience
from pmreport.report import sprints
from pmreport.report.inputs import Inputs
from pmreport.report.restricted import shown_to, withhold
from pmreport.report.sections import changes as changing
from pmreport.report.sections import (
    estimate_sizes,
    estimates,
    held_up,
    review_items,
    review_overview,
    team_flow,
)
from pmreport.report.sections import items as listing
from pmreport.report.sheets import about, actions, talks
from pmreport.report.sheets.shape import Book, Sheet, joined
from pmreport.report.view import Chart, Section, Table
from pmreport.report.words import units


def book(inputs: Inputs, name: str, *, mine: bool = False) -> Book:
    """The workbook of the report `name`. Private goals are in that of one's own review alone."""
    sheets, audience = _BOOKS[name]
    known = withhold(shown_to(inputs, Audience.PRIVATE if mine else audience))
    made = sheets(known)
    return Book(sheets=made, about=about.lines(known, made))


def _weekly(inputs: Inputs) -> tuple[Sheet, ...]:
    return (actions.sheet(inputs),)


def _sprint(inputs: Inputs) -> tuple[Sheet, ...]:
    found = sprints.chosen(inputs)
    mixed = len({one.unit for one in found}) > 1  # then a number alone says too little
    shown = [(f"{one.name}, in {units(one.unit)}" if mixed else one.name, one) for one in found]
    items = [(name, listing.table(inputs, one)) for name, one in shown]
    changes = [(name, changing.table(inputs, one)) for name, one in shown]
    return (
        Sheet(name="Items", table=joined("Sprint", items, empty="There is no sprint to show.")),
        Sheet(name="Changes", table=joined("Sprint", changes, empty="Nothing changed.")),
    )


def _estimation(inputs: Inputs) -> tuple[Sheet, ...]:
    found = (
        ("Pairs", estimate_sizes.pairs(inputs)),
        ("By sprint", _first(estimates.section(inputs))),
        ("By size", next((_first(one) for one in estimate_sizes.sections(inputs)), None)),
    )
    return tuple(Sheet(name=name, table=table) for name, table in found if table is not None)


def _team(inputs: Inputs) -> tuple[Sheet, ...]:
    ageing = [(one.name, team_flow.ageing(inputs, one, shown=None)) for one in inputs.flow]
    return (
        Sheet(name="Ageing", table=joined("Board", ageing, empty="Nothing is in progress.")),
        Sheet(name="Blocked", table=held_up.blocked(inputs, shown=None)),
        Sheet(name="Dependencies", table=held_up.dependencies(inputs, shown=None)),
    )


def _review(inputs: Inputs) -> tuple[Sheet, ...]:
    active = tuple(goal for goal in inputs.goals if goal.active)
    goals = _first(review_overview.section(inputs))
    found = [(goal.title, review_items.table(inputs, goal)) for goal in active]
    evidence = joined("Goal", found, empty="No rule has found anything.")
    return (
        *((Sheet(name="Goals", table=goals),) if goals else ()),
        talks.sheet(inputs),
        Sheet(name="Evidence", table=evidence),
    )


def _first(section: Section) -> Table | None:
    """The first table of a section, be it that behind a chart."""
    found = (block.table if isinstance(block, Chart) else block for block in section.blocks)
    return next((block for block in found if isinstance(block, Table)), None)


_BOOKS: Mapping[str, tuple[Callable[[Inputs], tuple[Sheet, ...]], Audience]] = {
    "weekly": (_weekly, Audience.MANAGEMENT),
    "sprint": (_sprint, Audience.TEAM),
    "estimation": (_estimation, Audience.TEAM),
    "team": (_team, Audience.TEAM),
    "review": (_review, Audience.MANAGER),
}
