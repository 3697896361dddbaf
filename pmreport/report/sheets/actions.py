"""The action log: every action, question, decision and risk with its owner and its day, in one table."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pmreport.metrics.followups.item import Item, Source
from pmreport.model.journal_kinds import FollowUpType
from pmreport.report import links, narrative
from pmreport.report.draft import Ask, Danger
from pmreport.report.inputs import Card, Inputs, Marker, Note, Tracked
from pmreport.report.rag import last_day
from pmreport.report.sheets import state
from pmreport.report.sheets.shape import ACTIONS, Sheet
from pmreport.report.sheets.spoken import spoken_for
from pmreport.report.sheets.state import DAYS_LATE, STATUS, TYPE, YOURS
from pmreport.report.view import Column, Day, Inline, Number, Row, Table
from pmreport.report.words import capital, local_day

_COLUMNS = (
    Column(title=state.ID),
    Column(title=TYPE),
    Column(title="Summary"),
    Column(title="Owner"),
    Column(title=STATUS),
    Column(title="Priority"),
    Column(title="Raised"),
    Column(title="Due"),
    Column(title=DAYS_LATE, numeric=True),
    Column(title="Decision needed"),
)
_TYPES = tuple(capital(kind.value) for kind in FollowUpType)
_QUESTION, _DECISION, _RISK = (
    capital(kind.value) for kind in (FollowUpType.QUESTION, FollowUpType.DECISION, FollowUpType.RISK)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One line of the log before it is a row."""

    name: str
    type: str
    summary: str
    status: str
    owner: str = ""
    priority: str = ""
    raised: date | None = None
    due: date | None = None
    late: int | None = None
    decision: str = ""
    key: str = ""
    comment: str = ""


def sheet(inputs: Inputs) -> Sheet:
    """What is open, the latest first and then by the next day due; behind it what was closed lately.

    Holds follow-up issues, marked comments of the narrators, and the asks and risks of the draft: one that
    speaks for a comment stands in its row. What was typed into a journal is not in it. Restricted issues and
    comments must be withheld from `inputs`.
    """
    followed = _followed(inputs, inputs.tracked) if inputs.tracked else []
    drafted = spoken_for(inputs, [note for _, note in followed if note])
    entries = [_with_words(inputs, entry, drafted.get(note) if note else None) for entry, note in followed]
    entries += _drafted(inputs, {id(one) for one in drafted.values()})
    table = Table(
        id="actions",
        caption="Actions, questions, decisions and risks",
        columns=_COLUMNS,
        rows=tuple(_row(inputs, entry) for entry in sorted(entries, key=_order)),
        empty="Nothing is open, and nothing was closed lately.",
    )
    return Sheet(
        name=ACTIONS,
        table=table,
        yours=YOURS,
        choices={TYPE: _TYPES, STATUS: state.STATES, **state.PRIORITY},
        named=frozenset(card.key for card in inputs.cards.values() if card.key),
    )


def _followed(inputs: Inputs, tracked: Tracked) -> list[tuple[_Entry, Note | None]]:
    """The follow-ups, each with its comment if it is one."""
    cards = {card.key: card for card in inputs.cards.values() if card.key}
    notes = {(note.issue_key, note.written): note for note in inputs.notes}
    told = []
    for item in tracked.items:
        note = notes.get((item.issue_key, item.raised)) if item.source is Source.COMMENT else None
        if item.source is Source.ISSUE or note is not None:
            told.append((_entry(inputs, tracked, item, cards.get(item.issue_key), note), note))
    return told


def _entry(inputs: Inputs, tracked: Tracked, item: Item, card: Card | None, note: Note | None) -> _Entry:
    kind = capital(item.kind.value)
    asked = note is not None and note.marker is Marker.ASK
    late = item.lateness(last_day(inputs), tracked.calendar) if item.is_open else 0
    blocked = {one.key for one in inputs.blocked}
    return _Entry(
        name=item.id,
        type=_DECISION if asked else kind,
        summary=item.statement if note is None else narrative.spoken(inputs, note),
        status=state.of(item, card, is_blocked=item.source is Source.ISSUE and item.issue_key in blocked),
        owner=item.owner or "",
        priority=card.priority if card and item.source is Source.ISSUE else "",
        raised=local_day(item.raised, inputs.zone),
        due=item.due,
        late=late or None,
        decision=_decision(item, asked=asked),
        key=item.issue_key,
        comment=item.id.partition("#")[2],
    )


def _decision(item: Item, *, asked: bool) -> str:
    if not item.is_open:
        return ""
    if asked:
        return f"Yes, from {item.owner}" if item.owner else "Yes"
    return "Yes" if item.kind is FollowUpType.DECISION else ""


def _with_words(inputs: Inputs, entry: _Entry, said: Ask | Danger | None) -> _Entry:
    """The entry of a comment with what the draft says of it now; what it leaves open is the comment's."""
    if said is None:
        return entry
    words = _ask(inputs, said) if isinstance(said, Ask) else _danger(said)
    told = replace(entry, summary=words.summary, owner=words.owner or entry.owner)
    if entry.status in state.OVER:
        return told
    due, late = (words.due, words.late) if words.due else (entry.due, entry.late)
    return replace(told, decision=words.decision or entry.decision, due=due, late=late)


def _drafted(inputs: Inputs, told: AbstractSet[int]) -> list[_Entry]:
    """The asks and the risks of the draft, but for those told already, by their identity."""
    if inputs.draft is None:
        return []
    asks = [_ask(inputs, one) for one in inputs.draft.asks if id(one) not in told]
    dangers = [_danger(one) for one in inputs.draft.dangers if id(one) not in told]
    return [*asks, *dangers]


def _ask(inputs: Inputs, ask: Ask) -> _Entry:
    calendar, today = inputs.tracked.calendar if inputs.tracked else None, last_day(inputs)
    late = calendar.working_days_late(ask.by, today) if calendar and ask.by else 0
    cost = f"; waiting costs: {ask.cost_of_delay}" if ask.cost_of_delay else ""
    return _Entry(
        name=state.name_of("ask", ask.what),
        type=_DECISION,
        summary=ask.what,
        status=state.OPEN,
        owner=ask.from_whom,
        raised=ask.raised,
        due=ask.by,
        late=late or None,
        decision=f"Yes{f', from {ask.from_whom}' if ask.from_whom else ''}{cost}",
    )


def _danger(danger: Danger) -> _Entry:
    told = (
        ("Impact", danger.impact),
        ("Mitigation", danger.mitigation),
        ("Path to green", danger.path_to_green),
    )
    more = "".join(f" {name}: {words.rstrip('.')}." for name, words in told if words)
    return _Entry(
        name=state.name_of("risk", danger.what),
        type=_RISK,
        summary=f"{danger.what.rstrip('.')}.{more}" if more else danger.what,
        status=state.OPEN,
        owner=danger.owner,
    )


def _row(inputs: Inputs, entry: _Entry) -> Row:
    return Row(
        cells=(
            (_link(inputs, entry),),
            (entry.type,),
            (capital(" ".join(entry.summary.split())),),
            (entry.owner,),
            (entry.status,),
            (entry.priority,),
            (Day(entry.raised),) if entry.raised else (),
            (Day(entry.due),) if entry.due else (),
            (Number(value=Decimal(entry.late)),) if entry.late else (),
            (entry.decision,),
        )
    )


def _link(inputs: Inputs, entry: _Entry) -> Inline:
    if not entry.key:
        return entry.name
    return links.comment(inputs, entry.key, entry.comment, entry.name)


def _order(entry: _Entry) -> tuple[bool, int, date, datetime | date, str]:
    over = entry.status in state.OVER
    return over, -(entry.late or 0), entry.due or date.max, entry.raised or date.max, entry.name
