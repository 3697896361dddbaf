"""All goals of a review at a glance."""

from collections import Counter
from decimal import Decimal

from pmreport.goals.goal import Goal, Polarity
from pmreport.goals.talk import NOTHING
from pmreport.report import links, tagged
from pmreport.report.inputs import Inputs
from pmreport.report.sections import review_talk
from pmreport.report.sections.review_goal import (
    figure_number,
    first_sentence,
    shown_to,
    target_words,
    verdict_words,
)
from pmreport.report.view import Column, Day, Number, Paragraph, Row, Section, Table
from pmreport.report.words import listed, local_day, lower, plain, plural

_COLUMNS = (
    Column(title="Goal"),
    Column(title="Shown to"),
    Column(title="Level"),
    Column(title="Measure now", numeric=True),
    Column(title="Target", numeric=True),
    Column(title="For", numeric=True),
    Column(title="Against", numeric=True),
    Column(title="Last entry"),
    Column(title="Verdict"),
)


def section(inputs: Inputs) -> Section:
    """The active goals as a table, then those on the shelf by name."""
    active = tuple(goal for goal in inputs.goals if goal.active)
    shelf = tuple(goal.title for goal in inputs.goals if not goal.active)
    table = Table(
        id="goals-table",
        caption="The active goals",
        columns=_COLUMNS,
        rows=tuple(_row(inputs, goal) for goal in active),
        empty="No goal is active for this audience.",
    )
    rest = (
        (Paragraph((f"On the shelf {plural(len(shelf), 'is', 'are')} {listed(shelf)}.",)),) if shelf else ()
    )
    return Section(
        id="overview", title="Goals at a glance", blocks=(table, *rest, _moment(inputs)), brief=True
    )


def _moment(inputs: Inputs) -> Paragraph:
    """Evidence and measures are those of today, whatever period the conversation is about."""
    measured = Day(local_day(min(inputs.as_of, inputs.data_as_of or inputs.as_of), inputs.zone))
    if inputs.evidence_as_of is None:
        return Paragraph(("Nothing was tagged yet. Measures as of ", measured, "."), quiet=True)
    found = Day(local_day(inputs.evidence_as_of, inputs.zone))
    if found == measured:
        return Paragraph(("Evidence as of ", found, ", and so are the measures."), quiet=True)
    return Paragraph(("Evidence as of ", found, ", measures as of ", measured, "."), quiet=True)


def _row(inputs: Inputs, goal: Goal) -> Row:
    measure = inputs.measures.get(goal.id)
    known = inputs.talks.get(goal.id, NOTHING)
    counts = (
        len(tagged.standing(inputs, goal, polarity)) for polarity in (Polarity.EVIDENCE, Polarity.COUNTER)
    )
    place = f"items-{goal.id}"
    return Row(
        cells=(
            (links.anchor(goal.title, f"goal-{goal.id}"),),
            (shown_to(goal),),
            review_talk.level(known) or ("not rated",),
            (figure_number(measure),),
            target_words(goal, measure),
            *((links.anchor(plain(Decimal(n)), place) if n else Number(value=Decimal(0)),) for n in counts),
            ("nothing noted",) if known.last is None else (Day(known.last),),
            (first_sentence(verdict_words(measure)),),
        )
    )


def tally(inputs: Inputs) -> str:
    """How many active goals have which verdict: "1 met, 1 not yet met, 1 not measured yet."."""
    verdicts = Counter(
        first_sentence(verdict_words(inputs.measures.get(goal.id))).partition(":")[0].rstrip(".")
        for goal in inputs.goals
        if goal.active
    )
    return f"{listed([f'{count} {lower(words)}' for words, count in verdicts.items()])}."
