"""One development goal on one page: why, where it stands, what speaks for and against it."""

from decimal import Decimal

from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Goal, Polarity
from pmreport.report import links, tagged
from pmreport.report.inputs import Inputs, Measure
from pmreport.report.view import (
    Block,
    Column,
    Day,
    Figure,
    Figures,
    Inline,
    Item,
    Items,
    Mark,
    Number,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Text,
    Tone,
)
from pmreport.report.words import capital, exact, in_words, local_day

STRONGEST = 3
NOT_MEASURED = "no number was read for this goal"
_TO_FILL = (
    "Own rating, from 1 (not yet) to 5 (a habit)",
    "Manager's rating, from 1 to 5",
    "Help needed",
    "The manager's words, and the date",
)
_ACTION_LINES = 3
_ITEM_COLUMNS = (
    Column(title="Item"),
    Column(title="Summary"),
    Column(title="Speaks"),
    Column(title="Rule"),
    Column(title="What matched"),
    Column(title="Strength", numeric=True),
    Column(title="Since"),
    Column(title="Judged"),
)
_SPEAKS = {Polarity.EVIDENCE: "for", Polarity.COUNTER: "against"}
_SPEAKS_COLUMN = 2
_STATE_TONES = {EvidenceState.ACCEPTED: Tone.GOOD}


def section(inputs: Inputs, goal: Goal) -> Section:
    """The page of one goal."""
    blocks: tuple[Block, ...] = (
        Paragraph((Strong("Why it matters: "), goal.why)),
        Paragraph((Strong("Now: "), goal.behaviour_now)),
        Paragraph((Strong("Aimed at: "), goal.target_behaviour)),
        Figures((_figure(inputs, goal),)),
        Paragraph(_measured(inputs, goal)),
        Paragraph((Strong("Guard: "), goal.guard)),
        Paragraph((Strong("Strongest evidence"),)),
        _pieces(
            inputs, tagged.standing(inputs, goal, Polarity.EVIDENCE), "No item speaks for this goal yet."
        ),
        Paragraph((Strong("Counter-evidence"),)),
        _pieces(inputs, tagged.standing(inputs, goal, Polarity.COUNTER), "No item speaks against it."),
        Paragraph((Strong("To show in the conversation: "), goal.show)),
        _to_fill(goal),
        _actions(goal),
        _items(inputs, goal),
    )
    return Section(id=f"goal-{goal.id}", title=goal.title, blocks=blocks, brief=True, page_break_before=True)


def figure_number(measure: Measure | None) -> Number:
    """The measure of a goal as a number; unknown where there is none."""
    if measure is None:
        return Number(value=None)
    return Number(value=measure.value, unit=measure.unit, decimals=measure.decimals)


def target_number(goal: Goal, measure: Measure | None) -> Number | None:
    """The target in the unit of the measure; None where none is set."""
    if goal.target is None:
        return None
    if measure is None:
        return Number(value=exact(goal.target), decimals=2)
    return Number(value=exact(goal.target) * measure.scale, unit=measure.unit, decimals=measure.decimals)


def _figure(inputs: Inputs, goal: Goal) -> Figure:
    measure = inputs.measures.get(goal.id)
    number = figure_number(measure)
    missing = measure.missing if measure else None
    return Figure(
        id=f"measure-{goal.id}",
        label=goal.indicator,
        number=number,
        target=target_number(goal, measure),
        trend=measure.trend if measure else (),
        n=measure.n if measure else None,
        excluded=measure.excluded if measure else (),
        definition=measure.definition if measure else "",
        items=links.anchor("its items", f"items-{goal.id}"),
        missing=None if number.value is not None else missing or NOT_MEASURED,
    )


def _measured(inputs: Inputs, goal: Goal) -> Text:
    measure = inputs.measures.get(goal.id)
    text: list[Inline] = []
    if measure and measure.value is not None and measure.baseline is not None:
        before = Number(value=measure.baseline, unit=measure.unit, decimals=measure.decimals)
        text += ["It began at ", before, " and stands at ", figure_number(measure), ". "]
    target = target_number(goal, measure)
    if target is not None:
        text += [
            f"The target is {goal.aim.value} ",
            target,
            *((" by ", Day(goal.due)) if goal.due else ()),
            ". ",
        ]
    return (*text, verdict_words(measure))


def _pieces(inputs: Inputs, found: tuple[Evidence, ...], empty: str) -> Items:
    return Items(
        items=tuple(_piece(inputs, one) for one in found[:STRONGEST]),
        empty=empty,
        more=max(0, len(found) - STRONGEST),
    )


def _piece(inputs: Inputs, found: Evidence) -> Item:
    card = inputs.cards.get(found.issue_id)
    note = f" {found.note}" if found.note else ""
    detail: Text = (
        f"{rule_in_words(found.rule_id)}, since ",
        Day(local_day(found.since, inputs.zone)),
        f". Strength {found.strength} of 3.{note}",
    )
    return Item(text=(links.named(inputs, found.issue_key, card.summary if card else None),), detail=detail)


def rule_in_words(rule_id: str) -> str:
    """The name of a rule as a person reads it: "Estimated in sprint". Its query stands in the items table."""
    return capital(rule_id.replace("-", " ").replace("_", " ").strip())


def verdict_words(measure: Measure | None) -> str:
    """What the numbers allow to say, or why there is no number."""
    if measure is not None and measure.verdict:
        return measure.verdict
    if measure is not None and measure.value is None:
        return f"Not measured yet: {measure.missing or NOT_MEASURED}."
    return "Too few to say whether it changed." if measure else f"Not measured yet: {NOT_MEASURED}."


def _to_fill(goal: Goal) -> Table:
    return Table(
        id=f"fields-{goal.id}",
        caption="To fill in, each by themselves, then together",
        columns=(Column(title="Field"), Column(title="Your words")),
        rows=tuple(Row(cells=((field,), ())) for field in _TO_FILL),
        to_fill=True,
    )


def _actions(goal: Goal) -> Table:
    return Table(
        id=f"actions-{goal.id}",
        caption="Actions agreed",
        columns=tuple(Column(title=title) for title in ("Action", "Who", "By when", "Done")),
        rows=tuple(Row(cells=((f"{line}.",), (), (), ())) for line in range(1, _ACTION_LINES + 1)),
        to_fill=True,
    )


def _items(inputs: Inputs, goal: Goal) -> Table:
    found = tagged.of(inputs, goal)
    in_jira = links.keys(inputs, dict.fromkeys(one.issue_key for one in found), "These items in Jira")
    items = len({one.issue_id for one in found})
    return Table(
        id=f"items-{goal.id}",
        caption=f"{in_words(items, 'item')} tagged by the rules of this goal",
        columns=_ITEM_COLUMNS,
        rows=tuple(_row(inputs, one) for one in found),
        note=() if in_jira is None else (in_jira,),
        searchable=True,
        filter_column=_SPEAKS_COLUMN if found else None,
        empty="The rules of this goal found no item.",
        folded=True,
    )


def _row(inputs: Inputs, found: Evidence) -> Row:
    card = inputs.cards.get(found.issue_id)
    return Row(
        cells=(
            (links.named(inputs, found.issue_key),),
            (card.summary if card else "",),
            (_SPEAKS[found.polarity],),
            (found.rule_id,),
            (found.clause,),
            (Number(value=Decimal(found.strength)),),
            (Day(local_day(found.since, inputs.zone)),),
            (Mark(found.state.value, _STATE_TONES.get(found.state, Tone.NEUTRAL)),),
        )
    )
