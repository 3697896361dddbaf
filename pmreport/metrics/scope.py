"""The scope of an initiative over time: what it was planned to hold, and everything that changed it since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pmreport.metrics.ledger import Unit
from pmreport.metrics.sprint import unit_of
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.journal_kinds import BaselineItem
from pmreport.model.members import MemberRow, among
from pmreport.model.query import LIST_MARK, Query, Scalar, marked_list, sql_text

_ZERO = Decimal(0)
_PARTING = ("issue split", "split", "splits")  # types of links, as Jira and its add-ons name them
_CLONING = ("cloners", "clone", "clones")


class ScopeKind(StrEnum):
    """What an event does to a scope."""

    ADDED = "added"
    REMOVED = "removed"
    REESTIMATED = "re-estimated"
    COMPLETED = "completed"
    REOPENED = "reopened"


class Cause(StrEnum):
    """Why an item came in, left, or counts for more or less; the value is what people read."""

    NEW = "new"  # made after the baseline
    TAKEN_IN = "taken in"  # there before, and chosen later
    MOVED_IN = "moved in"  # from another version
    RETURNED = "returned"  # in scope once, and again
    SPLIT = "split off"  # made out of an item in scope
    TAKEN_OUT = "taken out"
    MOVED_OUT = "moved out"  # to another version
    DROPPED = "dropped"  # resolved as not to be delivered
    GONE = "gone"  # deleted, hidden, or moved to a project that is not read
    FIRST_ESTIMATE = "first estimate"
    NO_ESTIMATE = "estimate taken away"
    REESTIMATED = "re-estimated"
    COMPLETED = "completed"
    REOPENED = "reopened"
    RETOLD = "retold"  # Jira's history does not lead to what the baseline recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeItem:
    """An item of a scope at one moment; an amount is None where it is not estimated."""

    issue_id: int
    issue_key: str
    amount: Decimal | None
    seconds: Decimal | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeEvent:
    """One change of a scope: of so many items, of so much, and of what of it is done.

    `author_id` is None where Jira names nobody: an item that was made inside, deleted, or moved. `version` is
    the one it came from or went to. `is_approved`: it carried the change label, or was linked to an item that
    did, within a day. `matched` is the part of an addition that only divides what was in scope before, in the
    item `split_from`.
    """

    at: datetime
    kind: ScopeKind
    cause: Cause
    issue_id: int
    issue_key: str
    summary: str = ""
    before: Decimal | None = None
    after: Decimal | None = None
    count: int = 0
    amount: Decimal = _ZERO
    done_count: int = 0
    done_amount: Decimal = _ZERO
    author_id: str | None = None
    version: str | None = None
    is_approved: bool = False
    is_restricted: bool = False
    matched: Decimal = _ZERO
    split_from: int | None = None


class ScopeItemRow(NamedTuple):
    """An item of a scope as stored; estimates are in thousandths, None where it has none."""

    issue_id: int
    issue_key: str
    points_milli: int | None
    seconds_milli: int | None
    is_subtask: int
    is_done: int


class ScopeEventRow(NamedTuple):
    """An event of a scope as stored; estimates before and after are in thousandths, None without one."""

    issue_id: int
    issue_key: str
    summary: str
    at_ms: int
    kind: str
    cause: str
    before_milli: int | None
    after_milli: int | None
    was_done: int
    now_done: int
    author_id: str | None
    version_name: str | None
    is_approved: int
    is_restricted: int


class SplitRow(NamedTuple):
    """An item that was made out of another one."""

    child_id: int
    parent_id: int
    is_clone: int


class EstimateUnitRow(NamedTuple):
    """What a board estimates by: the id of a field, None where it counts issues."""

    estimation_field: str | None


def units_query(site_id: int) -> Query[EstimateUnitRow]:
    """What the boards of the site estimate by."""
    text = sql_text("pmreport.metrics", "sql/estimate_units.sql")
    return Query(text, EstimateUnitRow, {"site_id": site_id})


def unit_from_rows(rows: Iterable[EstimateUnitRow]) -> Unit:
    """The unit of an initiative, which knows no board: points, unless boards estimate in time alone.

    An initiative may hold items of several boards; points in one field and points in another are added up.
    """
    units = {unit_of(row.estimation_field) for row in rows}
    return Unit.SECONDS if Unit.SECONDS in units and Unit.POINTS not in units else Unit.POINTS


def items_query(
    members: Query[MemberRow], at: datetime, *, dropped_resolutions: Collection[str]
) -> Query[ScopeItemRow]:
    """The items in scope at a moment."""
    parameters = {"at_ms": to_ms(at), **_dropped(dropped_resolutions)}
    return among(members, _text("scope_items"), ScopeItemRow, {**members.parameters, **parameters})


def events_query(
    members: Query[MemberRow],
    since: datetime,
    *,
    as_of: datetime,
    unit: Unit,
    dropped_resolutions: Collection[str],
    change_label: str | None,
) -> Query[ScopeEventRow]:
    """What changed after `since`, up to and including `as_of`; without a change label nothing is approved."""
    parameters: dict[str, Scalar] = {
        "since_ms": to_ms(since),
        "as_of_ms": to_ms(as_of),
        "in_points": int(unit is not Unit.SECONDS),
        "change_label": (change_label or "").lower(),
        **_dropped(dropped_resolutions),
    }
    return among(members, _text("scope_events"), ScopeEventRow, {**members.parameters, **parameters})


def splits_query(members: Query[MemberRow], since: datetime, *, as_of: datetime) -> Query[SplitRow]:
    """Which items were made out of which ones, as far as links told at `as_of`."""
    parameters: dict[str, Scalar] = {
        "since_ms": to_ms(since),
        "as_of_ms": to_ms(as_of),
        "parting": marked_list(_PARTING),
        "cloning": marked_list(_CLONING),
        "mark": LIST_MARK,
    }
    return among(members, _text("scope_splits"), SplitRow, {**members.parameters, **parameters})


def recorded(rows: Iterable[ScopeItemRow]) -> tuple[BaselineItem, ...]:
    """The items as a baseline keeps them: every unit, and sub-tasks too."""
    return tuple(
        BaselineItem(
            issue_id=row.issue_id,
            key=row.issue_key,
            points=_amount(row.points_milli),
            estimate_seconds=None if row.seconds_milli is None else row.seconds_milli // 1000,
            is_subtask=bool(row.is_subtask),
        )
        for row in rows
    )


def items_from_rows(rows: Iterable[ScopeItemRow], unit: Unit) -> tuple[ScopeItem, ...]:
    """The items with their amounts; sub-tasks are left out."""
    return tuple(
        ScopeItem(
            issue_id=row.issue_id,
            issue_key=row.issue_key,
            amount=_amount(row.seconds_milli if unit is Unit.SECONDS else row.points_milli),
            seconds=_amount(row.seconds_milli),
            is_done=bool(row.is_done),
        )
        for row in rows
        if not row.is_subtask
    )


def items_recorded(items: Iterable[BaselineItem], unit: Unit) -> tuple[ScopeItem, ...]:
    """The items of a baseline that was kept; sub-tasks are left out."""
    return tuple(
        ScopeItem(
            issue_id=item.issue_id,
            issue_key=item.key,
            amount=_seconds(item) if unit is Unit.SECONDS else item.points,
            seconds=_seconds(item),
        )
        for item in items
        if not item.is_subtask
    )


def events_from_rows(rows: Iterable[ScopeEventRow]) -> tuple[ScopeEvent, ...]:
    """The events in the order they happened, each with what it changes."""
    return tuple(_event(row) for row in rows)


def _event(row: ScopeEventRow) -> ScopeEvent:
    kind = ScopeKind(row.kind)
    before, after = _amount(row.before_milli), _amount(row.after_milli)
    entered = kind is ScopeKind.ADDED
    left = kind is ScopeKind.REMOVED
    was = _ZERO if entered else before or _ZERO
    now = _ZERO if left else after or _ZERO
    return ScopeEvent(
        at=from_ms(row.at_ms),
        kind=kind,
        cause=Cause(row.cause),
        issue_id=row.issue_id,
        issue_key=row.issue_key,
        summary=row.summary,
        before=before,
        after=after,
        count=entered - left,
        amount=now - was,
        done_count=row.now_done - row.was_done,
        done_amount=now * row.now_done - was * row.was_done,
        author_id=row.author_id,
        version=row.version_name,
        is_approved=bool(row.is_approved),
        is_restricted=bool(row.is_restricted),
    )


def _seconds(item: BaselineItem) -> Decimal | None:
    return None if item.estimate_seconds is None else Decimal(item.estimate_seconds)


def _amount(milli: int | None) -> Decimal | None:
    return None if milli is None else Decimal(milli) / 1000


def _dropped(resolutions: Collection[str]) -> dict[str, Scalar]:
    return {"dropped": marked_list(resolutions), "mark": LIST_MARK}


def _text(name: str) -> str:
    return sql_text("pmreport.metrics", f"sql/{name}.sql")
