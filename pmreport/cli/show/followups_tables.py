"""Follow-ups as tables: what needs somebody, by reason, then what is held up, and what changed."""

from collections.abc import Iterable
from itertools import groupby

from pmreport.cli.grid import Column, Grid
from pmreport.metrics.followups.alerts import STALE_AFTER, UNANSWERED_AFTER, Alert
from pmreport.metrics.followups.blocked import RULE
from pmreport.metrics.followups.item import Item
from pmreport.metrics.followups.movement import Change
from pmreport.metrics.followups.summary import Summary

SHOWN = 20
_ORDER = (
    "Each stands once, under the first that fits: overdue, unowned, unanswered (a question after "
    f"{UNANSWERED_AFTER} working days), stale (nothing done for {STALE_AFTER}), dateless. "
    "Blocked ones stand apart."
)
_LONGEST = 60


def tables(told: Summary) -> tuple[Grid, ...]:
    """The lists a person works through."""
    return (_needy(told), *_mentions(told), *_blocked(told), *_changes(told))


def _needy(told: Summary) -> Grid:
    rows = [(alert, item) for alert, items in told.alerts.items() for item in items]
    count = len(rows)
    heading = f"{count} of {len(told.open_items)} open follow-ups need somebody"
    return Grid(
        title=heading if told.open_items else "No follow-up is open",
        columns=(
            Column(title="Alert", whole=True),
            Column(title="Item", whole=True),
            Column(title="What"),
            Column(title="Owner"),
            Column(title="Due", whole=True),
            Column(title="Late", is_number=True),
            Column(title="Age", is_number=True),
        ),
        rows=tuple(_row(alert, item, told) for alert, item in rows[:SHOWN]),
        empty="None needs anybody." if told.open_items else "",
        notes=(*_more(count), _ORDER, "Late and age are in working days.") if rows else (),
    )


def _row(alert: Alert, item: Item, told: Summary) -> tuple[str, ...]:
    late = item.lateness(told.today, told.calendar)
    return (
        alert.value,
        item.issue_key or "–",
        _short(item.statement),
        item.owner or "nobody",
        item.due.isoformat() if item.due else "no date",
        str(late or ""),
        str(item.age(told.today, told.calendar)),
    )


def _mentions(told: Summary) -> tuple[Grid, ...]:
    if not told.mentions:
        return ()
    return (
        Grid(
            title="Named in a comment, and no answer",
            columns=(
                Column(title="Item", whole=True),
                Column(title="Who"),
                Column(title="Age", is_number=True),
            ),
            rows=tuple(
                (each.issue_key, each.who, str(each.age(told.today, told.calendar)))
                for each in told.mentions[:SHOWN]
            ),
            notes=_more(len(told.mentions)),
        ),
    )


def _blocked(told: Summary) -> tuple[Grid, ...]:
    if not told.blocked:
        return ()
    return (
        Grid(
            title="Held up by a flag",
            columns=(
                Column(title="Item", whole=True),
                Column(title="What"),
                Column(title="Owner"),
                Column(title="Since", whole=True),
                Column(title="Days", is_number=True),
                Column(title="Reason"),
            ),
            rows=tuple(
                (
                    each.issue_key,
                    _short(each.summary),
                    each.owner or "nobody",
                    told.calendar.local_day(each.since).isoformat(),
                    str(each.age(told.today, told.calendar)),
                    _short(each.reason) or "none written beside the flag",
                )
                for each in told.blocked[:SHOWN]
            ),
            notes=(*_more(len(told.blocked)), RULE),
        ),
    )


def _changes(told: Summary) -> tuple[Grid, ...]:
    if not told.changes:
        return ()
    rows = [
        (what.value, str(len(held)), _names(held))
        for what, held in ((what, tuple(each)) for what, each in groupby(told.changes, lambda one: one.what))
    ]
    return (
        Grid(
            title="Since a week ago",
            columns=(
                Column(title="Change", whole=True),
                Column(title="n", is_number=True),
                Column(title="Items"),
            ),
            rows=tuple(rows),
        ),
    )


def _names(changes: Iterable[Change]) -> str:
    names = list(dict.fromkeys(change.item.name for change in changes))
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _more(count: int) -> tuple[str, ...]:
    return (f"{count - SHOWN} more are in --json.",) if count > SHOWN else ()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
