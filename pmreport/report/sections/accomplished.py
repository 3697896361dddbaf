"""What was accomplished in the period: up to five outcomes, not a list of tickets."""

from collections.abc import Iterable
from decimal import Decimal

from pmreport.metrics.sprint import Unit
from pmreport.report import links
from pmreport.report.inputs import Delivered, Inputs
from pmreport.report.view import Inline, Item, Items, Section, Text
from pmreport.report.words import amount, counted, inline_list, plural

SHOWN = 5
_NAMED = 3


def section(inputs: Inputs) -> Section:
    """The draft's outcomes, else finished epics, then epics moved forward, then single items by size."""
    written = inputs.draft.accomplished if inputs.draft else ()
    outcomes = tuple(Item(text=links.words(inputs, one.what)) for one in written) or tuple(_outcomes(inputs))
    block = Items(
        items=outcomes[:SHOWN],
        empty="No item was delivered in this period.",
        more=max(0, len(outcomes) - SHOWN),
    )
    return Section(id="accomplished", title="Accomplished", blocks=(block,), brief=True)


def _outcomes(inputs: Inputs) -> Iterable[Item]:
    finished = {item.key for item in inputs.delivered if item.is_epic}
    parts = _by_epic(item for item in inputs.delivered if not item.is_epic)
    for epic in (item for item in inputs.delivered if item.is_epic):
        yield _finished(inputs, epic, parts.get(epic.key, ()))
    groups = sorted(parts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    several = [(key, group) for key, group in groups if key and len(group) > 1 and key not in finished]
    for _, group in several:
        yield _advanced(inputs, group)
    told = finished | {key for key, _ in several}
    for item in largest_first(item for key, group in groups if key not in told for item in group):
        yield _single(inputs, item)


def _by_epic(items: Iterable[Delivered]) -> dict[str, tuple[Delivered, ...]]:
    groups: dict[str, tuple[Delivered, ...]] = {}
    for item in largest_first(items):
        key = item.epic_key or ""
        groups[key] = (*groups.get(key, ()), item)
    return groups


def largest_first(items: Iterable[Delivered]) -> list[Delivered]:
    """What was delivered by its estimate, then as it came."""
    return sorted(items, key=lambda item: (-(item.points or Decimal(0)), item.done, item.key))


def _finished(inputs: Inputs, epic: Delivered, parts: tuple[Delivered, ...]) -> Item:
    text: Text = ("Finished ", links.named(inputs, epic.key, epic.summary))
    if not parts:
        return Item(text=text)
    detail: Text = (counted(len(parts), "item"), f" of it {plural(len(parts), 'was', 'were')} delivered now.")
    return Item(text=text, detail=detail)


def _advanced(inputs: Inputs, group: tuple[Delivered, ...]) -> Item:
    first = group[0]
    epic = links.named(inputs, first.epic_key or "", first.epic)
    return Item(
        text=("Delivered ", counted(len(group), "item"), " of ", epic, *_points(group)),
        detail=(*_names(inputs, group), "."),
    )


def _points(group: tuple[Delivered, ...]) -> Text:
    total = sum((item.points or Decimal(0) for item in group), Decimal(0))
    return (", ", amount(total, Unit.POINTS)) if total else ()


def _names(inputs: Inputs, group: tuple[Delivered, ...]) -> Text:
    names: list[Inline] = [links.named(inputs, item.key, item.summary) for item in group[:_NAMED]]
    rest = len(group) - len(names)
    return inline_list([*names, f"{rest} more"] if rest else names)


def _single(inputs: Inputs, item: Delivered) -> Item:
    epic: Text = ("Part of ", links.named(inputs, item.epic_key, item.epic), ".") if item.epic_key else ()
    return Item(
        text=("Delivered ", links.named(inputs, item.key, item.summary), *_points((item,))), detail=epic
    )
