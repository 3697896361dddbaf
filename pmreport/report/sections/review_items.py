"""Every item that the rules of the goals found, with the rule and the clause that matched."""

from decimal import Decimal

from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Goal, Polarity
from pmreport.report import links, tagged
from pmreport.report.inputs import Inputs
from pmreport.report.view import Column, Day, Mark, Number, Row, Section, Table, Tone
from pmreport.report.words import in_words, local_day

_COLUMNS = (
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


def sections(inputs: Inputs, goals: tuple[Goal, ...]) -> tuple[Section, ...]:
    """The items of every goal behind all goals: on a screen only, where they open on request."""
    tables = tuple(table(inputs, goal) for goal in goals if tagged.of(inputs, goal))
    title = "Items behind the goals"
    return (Section(id="items", title=title, blocks=tables, off_paper=True),) if tables else ()


def table(inputs: Inputs, goal: Goal) -> Table:
    """Every item that the rules of a goal found."""
    found = tagged.of(inputs, goal)
    in_jira = links.keys(inputs, dict.fromkeys(one.issue_key for one in found), "These items in Jira")
    items = len({one.issue_id for one in found})
    return Table(
        id=f"items-{goal.id}",
        caption=f"{goal.title}: {in_words(items, 'item')}",
        columns=_COLUMNS,
        rows=tuple(_row(inputs, one) for one in found),
        note=() if in_jira is None else (in_jira,),
        searchable=True,
        filter_column=_SPEAKS_COLUMN,
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
