"""The changes of a scope made comparable: splits matched to what was split, and a baseline to the history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from pmreport.metrics.scope import Cause, ScopeEvent, ScopeItem, ScopeKind, SplitRow

_ZERO = Decimal(0)


def retold(
    baseline: Sequence[ScopeItem], history: Sequence[ScopeItem], at: datetime
) -> tuple[ScopeEvent, ...]:
    """What the history says about the moment of a baseline and the baseline does not.

    A baseline is never changed. Where Jira tells its moment differently by now (an issue that nobody may see
    any more, an estimate in another field), the difference stands as events of its own at that moment: every
    line still adds up, and nobody is blamed for it.
    """
    kept, told = ({item.issue_id: item for item in items} for items in (baseline, history))
    found = []
    for issue_id in sorted(kept.keys() | told.keys()):
        old, new = kept.get(issue_id), told.get(issue_id)
        if new is None and old is not None:
            found.append(_retold(ScopeKind.REMOVED, old, at, before=old.amount))
        elif old is None and new is not None:
            found.append(_retold(ScopeKind.ADDED, new, at, after=new.amount))
        elif old is not None and new is not None and old.amount != new.amount:
            found.append(_retold(ScopeKind.REESTIMATED, new, at, before=old.amount, after=new.amount))
    return tuple(found)


def _retold(
    kind: ScopeKind,
    item: ScopeItem,
    at: datetime,
    *,
    before: Decimal | None = None,
    after: Decimal | None = None,
) -> ScopeEvent:
    count = {ScopeKind.ADDED: 1, ScopeKind.REMOVED: -1}.get(kind, 0)
    amount = (after or _ZERO) - (before or _ZERO)
    return ScopeEvent(
        at=at,
        kind=kind,
        cause=Cause.RETOLD,
        issue_id=item.issue_id,
        issue_key=item.issue_key,
        before=before,
        after=after,
        count=count,
        amount=amount,
        done_count=count * item.is_done,
        done_amount=amount * item.is_done,
    )


def with_splits(
    events: Sequence[ScopeEvent],
    splits: Iterable[SplitRow],
    *,
    baseline: Iterable[ScopeItem],
    current: Iterable[ScopeItem],
) -> tuple[ScopeEvent, ...]:
    """The events, additions that were split off an item in scope marked as such.

    What the parent lost since (its estimate, or all of it where it left) is matched with what its children
    brought, the earliest first: only what they bring beyond that is new work. A clone is often a second piece
    of work and no split, so it is matched only where its parent lost something.
    """
    entered = _entries(events, baseline)
    now = {item.issue_id: item.amount or _ZERO for item in current}
    families = _families(events, splits, entered)
    marked: dict[int, ScopeEvent] = {}
    for parent, children in families.items():
        _, was = entered[parent]
        lost = max(_ZERO, was - now.get(parent, _ZERO))
        for index, is_clone in children:
            event = events[index]
            if is_clone and lost == 0 and parent in now:
                continue
            matched = max(_ZERO, min(lost, event.amount))
            lost -= matched
            marked[index] = replace(event, cause=Cause.SPLIT, matched=matched, split_from=parent)
    return tuple(marked.get(index, event) for index, event in enumerate(events))


def _entries(events: Sequence[ScopeEvent], baseline: Iterable[ScopeItem]) -> dict[int, tuple[int, Decimal]]:
    """When each item came into scope (the number of the event, -1: in the baseline), and with how much."""
    entered = {item.issue_id: (-1, item.amount or _ZERO) for item in baseline}
    for index, event in enumerate(events):
        if event.kind is ScopeKind.ADDED:
            entered.setdefault(event.issue_id, (index, event.amount))
    return entered


def _families(
    events: Sequence[ScopeEvent],
    splits: Iterable[SplitRow],
    entered: Mapping[int, tuple[int, Decimal]],
) -> dict[int, list[tuple[int, bool]]]:
    """The first additions of children by parent, in time order; links in a circle have no parent.

    A parent was in scope before its child, so of two items that name each other one is the parent at most.
    """
    chosen: dict[int, tuple[int, bool]] = {}
    for row in splits:
        child, parent = entered.get(row.child_id), entered.get(row.parent_id)
        if child is not None and parent is not None and parent[0] < child[0]:
            chosen.setdefault(row.child_id, (row.parent_id, bool(row.is_clone)))
    families: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    for child_id, (parent_id, is_clone) in sorted(chosen.items(), key=lambda pair: entered[pair[0]][0]):
        index = entered[child_id][0]
        if events[index].cause not in {Cause.RETURNED, Cause.RETOLD}:
            families[parent_id].append((index, is_clone))
    return dict(families)
