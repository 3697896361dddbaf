"""What holds the team up: flagged items with the reason written beside the flag, and what waits for what."""

from decimal import Decimal

from pmreport.metrics.held_items import Dependency, Waiting
from pmreport.report import links, terms
from pmreport.report.inputs import Blocked, Inputs
from pmreport.report.view import Column, Inline, Mark, Number, Row, Section, Table, Text, Tone
from pmreport.report.words import in_words

SHOWN = 20
_BLOCKED = (
    Column(title="Item", definition=terms.BLOCKED),
    Column(title="Working days", numeric=True),
    Column(title="Why"),
    Column(title="Owner"),
)
_WAITING = (
    Column(title="Item"),
    Column(title="Stands at"),
    Column(title="Waits for"),
    Column(title="That stands at"),
)
_LINKS = "Links have no history in Jira: these are the links of the newest sync."


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """The blocked items, the longest first, then the dependencies between open items."""
    return (
        Section(id="blocked", title="Blocked", blocks=(blocked(inputs),), brief=True),
        Section(id="dependencies", title="Dependencies", blocks=(dependencies(inputs),), brief=True),
    )


def blocked(inputs: Inputs, *, shown: int | None = SHOWN) -> Table:
    """The blocked items, the longest first; `shown` None: all of them."""
    items = sorted(inputs.blocked, key=lambda item: (-item.working_days, item.key))
    return Table(
        id="blocked-table",
        caption=f"{in_words(len(items), 'item')} blocked, the longest first",
        columns=_BLOCKED,
        rows=tuple(_blocked_row(inputs, item) for item in items[:shown]),
        more=max(0, len(items) - len(items[:shown])),
        empty="Nothing is blocked.",
    )


def _blocked_row(inputs: Inputs, item: Blocked) -> Row:
    why: Text = (" ".join(item.reason.split()),) if item.reason else (Mark("Nobody wrote why", Tone.WARN),)
    return Row(
        cells=(
            (_named(inputs, item.key, item.summary),),
            (Number(value=Decimal(item.working_days)),),
            why,
            (item.owner or Mark("No owner", Tone.WARN),),
        )
    )


def dependencies(inputs: Inputs, *, shown: int | None = SHOWN) -> Table:
    """Which open item waits for which; `shown` None: all of them."""
    told = inputs.dependencies
    return Table(
        id="dependencies-table",
        caption=f"{in_words(len(told), 'open item waits', 'open items wait')} for another open item",
        columns=_WAITING,
        rows=tuple(_dependency_row(inputs, one) for one in told[:shown]),
        more=max(0, len(told) - len(told[:shown])),
        note=(_LINKS,),
        empty="No open item waits for another one.",
    )


def _dependency_row(inputs: Inputs, one: Dependency) -> Row:
    circle: Text = (" ", Mark("In a circle", Tone.BAD)) if one.is_mutual else ()
    return Row(
        cells=(
            (_end(inputs, one.item),),
            (one.item.status,),
            (_end(inputs, one.blocked_by), *circle),
            (one.blocked_by.status,),
        )
    )


def _end(inputs: Inputs, end: Waiting) -> Inline:
    return _named(inputs, end.issue_key, end.summary)


def _named(inputs: Inputs, key: str, summary: str) -> Inline:
    return links.named(inputs, key, f"{key} {summary}")
