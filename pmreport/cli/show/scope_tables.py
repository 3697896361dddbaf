"""The scope of initiatives as tables and as JSON: a block for each."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from pmreport.app.numbers.scope import Scopes
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json, instant, number
from pmreport.cli.screen import note
from pmreport.cli.show.answer import Answer, rounded, values_table
from pmreport.cli.tables import NOT_KNOWN
from pmreport.metrics.scope import ScopeEvent, ScopeKind
from pmreport.metrics.scope_summary import BurnUpPoint, Scope
from pmreport.metrics.scope_values import told, unit_word, values
from pmreport.model.period import long_date

_LAST_EVENTS = 12
_LAST_POINTS = 8
_OF_SCOPE = frozenset({ScopeKind.ADDED, ScopeKind.REMOVED, ScopeKind.REESTIMATED})


def answer(found: Scopes, as_of: datetime, zone: str) -> Answer:
    """Every number of every initiative, why the scope moved, and what moved it last."""
    for why in found.untold:
        note(f"Left out: {why}")
    return Answer(
        as_of=as_of,
        values=tuple(value for scope in found.told for value in values(scope)),
        grids=tuple(grid for scope in found.told for grid in _block(scope, found, ZoneInfo(zone))),
        in_grids=True,
        more={"initiatives": [_shape(scope) for scope in found.told], "untold": list(found.untold)},
    )


def _block(scope: Scope, found: Scopes, zone: ZoneInfo) -> tuple[Grid, ...]:
    summary = values_table(values(scope), f"{scope.name}: {_basis(scope, zone)}")
    return summary, _causes(scope), _events(scope, found, zone), _burn_up(scope)


def _basis(scope: Scope, zone: ZoneInfo) -> str:
    day = long_date(scope.basis.at.astimezone(zone).date())
    if not scope.basis.is_kept:
        return f"against what it held at its start, {day} (no baseline was set)"
    beside = f"; {scope.basis.later} later beside it" if scope.basis.later else ""
    return f"against the baseline of {day} ({scope.basis.reason}){beside}"


def _causes(scope: Scope) -> Grid:
    """Scope events by what they do and why."""
    held = sorted(
        (event for event in scope.events if event.kind in _OF_SCOPE),
        key=lambda event: (list(ScopeKind).index(event.kind), event.cause),
    )
    rows = []
    for (kind, cause), events in groupby(held, lambda event: (event.kind, event.cause)):
        group = tuple(events)
        rows.append(
            (
                str(kind).capitalize(),
                str(cause),
                str(len(group)),
                _signed(sum((event.amount for event in group), Decimal(0)), scope),
                str(sum(event.is_approved for event in group) or ""),
            )
        )
    unit = unit_word(scope.unit)
    return Grid(
        title=f"{scope.name}: why the scope moved",
        columns=(
            Column(title="What", whole=True),
            Column(title="Why"),
            Column(title="Changes", is_number=True),
            Column(title=unit.capitalize(), is_number=True),
            Column(title="Approved", is_number=True),
        ),
        rows=tuple(rows),
        empty="Nothing has changed.",
    )


def _events(scope: Scope, found: Scopes, zone: ZoneInfo) -> Grid:
    held = [event for event in scope.events if event.kind in _OF_SCOPE]
    shown = held[-_LAST_EVENTS:]
    more = f"The last {len(shown)} of {len(held)}; --json has all of them." if len(held) > len(shown) else ""
    return Grid(
        title=f"{scope.name}: changed last",
        columns=(
            Column(title="Day", whole=True),
            Column(title="Item", whole=True),
            Column(title="Summary"),
            Column(title="Change"),
            Column(title=unit_word(scope.unit).capitalize(), is_number=True),
            Column(title="By"),
            Column(title="Approved", short="Appr."),
        ),
        rows=tuple(_event_row(event, scope, found, zone) for event in reversed(shown)),
        empty="Nothing has changed.",
        notes=(more,) if more else (),
        short_note="Appr.: approved.",
    )


def _event_row(event: ScopeEvent, scope: Scope, found: Scopes, zone: ZoneInfo) -> tuple[str, ...]:
    where = f" ({event.version})" if event.version else ""
    return (
        event.at.astimezone(zone).date().isoformat(),
        event.issue_key,
        event.summary,
        f"{event.cause}{where}",
        _signed(event.amount, scope),
        NOT_KNOWN if event.author_id is None else found.people.get(event.author_id, event.author_id),
        "yes" if event.is_approved else "",
    )


def _burn_up(scope: Scope) -> Grid:
    unit = unit_word(scope.unit)
    points = _spread(scope.burn_up)
    return Grid(
        title=f"{scope.name}: scope and done",
        columns=(
            Column(title="End of", whole=True),
            Column(title="Items", is_number=True),
            Column(title="Done", is_number=True),
            Column(title=f"Scope ({unit})", is_number=True),
            Column(title=f"Done ({unit})", is_number=True),
        ),
        rows=tuple(
            (
                point.day.isoformat(),
                str(point.scope_count),
                str(point.done_count),
                rounded(told(point.scope, scope.unit)),
                rounded(told(point.done, scope.unit)),
            )
            for point in points
        ),
    )


def _spread(points: tuple[BurnUpPoint, ...]) -> tuple[BurnUpPoint, ...]:
    """The first and the last point and some between them."""
    step = max(1, -(-len(points) // _LAST_POINTS))
    return tuple(reversed(points[::-1][::step])) if len(points) > _LAST_POINTS else points


def _signed(amount: Decimal, scope: Scope) -> str:
    text = rounded(told(amount, scope.unit))
    return f"+{text}" if amount > 0 else text


def _shape(scope: Scope) -> Json:
    return {
        "id": scope.initiative_id,
        "name": scope.name,
        "unit": str(scope.unit),
        "baseline_at": instant(scope.basis.at),
        "baseline_kept": scope.basis.is_kept,
        "baseline_reason": scope.basis.reason,
        "later_baselines": scope.basis.later,
        "identity_holds": scope.identity_holds,
        "subtasks": scope.subtasks,
        "unestimated": sum(item.amount is None for item in scope.current),
        "events": [_event(event) for event in scope.events],
        "burn_up": _points(scope.burn_up),
    }


def _event(event: ScopeEvent) -> Json:
    return {
        "at": instant(event.at),
        "kind": str(event.kind),
        "cause": str(event.cause),
        "key": event.issue_key,
        "before": number(event.before),
        "after": number(event.after),
        "count": event.count,
        "amount": number(event.amount),
        "matched": number(event.matched),
        "author": event.author_id,
        "version": event.version,
        "approved": event.is_approved,
    }


def _points(points: Iterable[BurnUpPoint]) -> list[Json]:
    return [
        {
            "day": point.day.isoformat(),
            "scope_items": point.scope_count,
            "done_items": point.done_count,
            "scope": number(point.scope),
            "done": number(point.done),
        }
        for point in points
    ]
