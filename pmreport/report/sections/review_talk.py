"""The part of a goal's page that is written by people: ratings, help, the manager's words, and actions."""

from collections import Counter

from pmreport.goals.goal import Goal
from pmreport.goals.talk import HIGHEST, LOWEST, NOTHING, Action, Rating, Saying, Talk
from pmreport.model.journal_goals import ActionState
from pmreport.report.inputs import Inputs
from pmreport.report.view import (
    Block,
    Column,
    Day,
    Field,
    FieldKind,
    Form,
    Inline,
    Mark,
    Panel,
    Panels,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    Tone,
)
from pmreport.report.words import day_in_words, in_words, listed, local_day, lower, shortened

MOST_ACTIONS = 5
NEW_ACTIONS = 2  # empty lines for what is agreed in this talk; one where the page is full
_SAID = 240  # letters of what somebody said; a page has an end
_COLUMNS = tuple(
    Column(title=title) for title in ("Action", "Agreed", "By when", "Came of it", "Why, or how")
)
_SCALE = f"{LOWEST} not yet, {HIGHEST} a habit"
_OUTCOMES = {
    None: Mark("Open", Tone.NEUTRAL),
    ActionState.DONE: Mark("Done", Tone.GOOD),
    ActionState.MISSED: Mark("Not done", Tone.BAD),
    ActionState.DROPPED: Mark("Dropped", Tone.UNKNOWN),
}


def blocks(inputs: Inputs, goal: Goal) -> tuple[Block, ...]:
    """What was noted for the goal, and room for what is said today."""
    known = inputs.talks.get(goal.id, NOTHING)
    return (
        Panels(
            (
                _rating(f"own-{goal.id}", "Own", known.own),
                _rating(f"manager-{goal.id}", "Manager's", known.manager),
            )
        ),
        Panels(
            (
                _said(f"help-{goal.id}", "Help needed", known.help_needed, "From whom, by when"),
                _said(f"words-{goal.id}", "The manager's words", known.words, "With the date"),
            )
        ),
        _actions(inputs, goal, known),
    )


def level(known: Talk) -> Text:
    """Both ratings in a few words: "own 3, manager 2"; nothing where nobody has rated."""
    parts = [("own", known.own), ("manager", known.manager)]
    rated = [f"{who} {rating.score}" for who, rating in parts if rating is not None]
    return (", ".join(rated),) if rated else ()


def score(actions: tuple[Action, ...]) -> str:
    """How last time's actions went: "2 done, 1 not done, 1 open"."""
    names = {None: "open", ActionState.DONE: "done", ActionState.MISSED: "not done"}
    counts = Counter(names.get(one.state, "dropped") for one in actions)
    order = ("done", "not done", "dropped", "open")
    return listed([f"{counts[name]} {name}" for name in order if counts[name]])


def _rating(field_id: str, whose: str, known: Rating | None) -> Panel:
    before = Paragraph(("Not rated yet.",), quiet=True)
    if known is not None:
        by = f" by {known.by}" if known.by else ""
        said = f": {shortened(known.text, _SAID)}" if known.text else "."
        before = Paragraph((Strong(f"{known.score} of {HIGHEST}"), " on ", Day(known.on), f"{by}{said}"))
    form = Form(
        (
            Field(id=f"{field_id}-scale", label=f"{whose}, today", kind=FieldKind.SCALE, hint=_SCALE),
            Field(id=f"{field_id}-why", label="Because", kind=FieldKind.LINE),
        )
    )
    return Panel(title=f"{whose} rating", blocks=(before, form))


def _said(field_id: str, title: str, known: tuple[Saying, ...], hint: str) -> Panel:
    newest = known[0] if known else None
    before = Paragraph(("Nothing was noted.",), quiet=True)
    if newest is not None:
        who: tuple[Inline, ...] = (f", {newest.by}",) if newest.by else ()
        more = f" {in_words(len(known) - 1, 'earlier entry', 'earlier entries')} in the journal."
        rest = more if len(known) > 1 else ""
        before = Paragraph(
            (Strong(day_in_words(newest.on)), *who, f": {shortened(newest.text, _SAID)}{rest}")
        )
    field = Field(id=field_id, label="Today", kind=FieldKind.LINES, hint=lower(hint))
    return Panel(title=title, blocks=(before, Form((field,))))


def _actions(inputs: Inputs, goal: Goal, known: Talk) -> Table:
    """Last time's actions with what came of them, then empty lines for those agreed today."""
    shown = known.actions[:MOST_ACTIONS]
    went = score(known.actions)
    ended = f"; {known.earlier} ended before this period" if known.earlier else ""
    today = local_day(inputs.as_of, inputs.zone)
    rows = [
        _action(one, is_late=one.state is None and one.due is not None and one.due < today) for one in shown
    ]
    rows += [Row(cells=((),) * len(_COLUMNS))] * (NEW_ACTIONS if len(shown) < MOST_ACTIONS else 1)
    return Table(
        id=f"actions-{goal.id}",
        caption=f"Actions: {went or 'none to look back at'}{ended}",
        columns=_COLUMNS,
        rows=tuple(rows),
        more=len(known.actions) - len(shown),
        to_fill=True,
    )


def _action(one: Action, *, is_late: bool) -> Row:
    outcome = Mark("Late", Tone.WARN) if is_late else _OUTCOMES[one.state]
    return Row(
        cells=(
            (shortened(one.text, _SAID),),
            (Day(one.agreed),),
            () if one.due is None else (Day(one.due),),
            (outcome,),
            (shortened(one.reason, _SAID),) if one.reason else (),
        )
    )
