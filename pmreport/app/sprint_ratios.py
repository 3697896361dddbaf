"""Ratios of the newest closed sprints of all boards, and how they move."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from pmreport.app.numbers import (
    sprints,
)
from pmreport.app.trend_values import trend_value
from pmreport.app.wiring import Workspace
from pmreport.metrics.ledger import SprintTotals
from pmreport.metrics.value import Value

RECENT = 6  # sprints

_RATIOS: Mapping[str, Callable[[SprintTotals], Decimal]] = {
    "net-scope-growth": lambda one: one.amounts.final_scope - one.amounts.commitment,
    "gross-scope-change": lambda one: one.churn,
    "commitment-reliability": lambda one: one.amounts.committed_completed,
}


def values(workspace: Workspace, *, as_of: datetime) -> Iterable[Value]:
    """Ratios of sums over the newest closed sprints of every board, never means of ratios."""
    closed = [
        one
        for one in sprints.sprints(workspace, as_of=as_of)
        if one.close is not None and one.amounts.commitment and not one.is_incomplete
    ]
    ordered = sorted(closed, key=lambda one: (one.close or as_of, one.board_id, one.sprint_id))
    for definition, part in _RATIOS.items():
        yield _of_sprints(definition, ordered[-RECENT:], part)
        shares = [float(part(one) / one.amounts.commitment) for one in ordered]
        yield trend_value(definition, shares, "sprint")


def _of_sprints(
    definition: str, recent: list[SprintTotals], part: Callable[[SprintTotals], Decimal]
) -> Value:
    committed = sum((one.amounts.commitment for one in recent), Decimal(0))
    total = sum((part(one) for one in recent), Decimal(0))
    return Value(
        id=definition,
        definition=definition,
        label=definition,
        value=100 * total / committed if committed else None,
        unit="%",
        n=len(recent),
        note="" if committed else "no sprint with a commitment has closed yet",
    )
