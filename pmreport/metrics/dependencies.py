"""What work waits for: links to items of others, made in time or found when the work stood still."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, sql_text


class State(StrEnum):
    """What became of a dependency."""

    FORESEEN = "foreseen"  # linked before the work that it held up
    SURPRISE = "surprise"  # linked when that work had started
    AHEAD = "ahead"  # the work has not started, the blocking item is open
    HARMLESS = "done in time"  # the blocking item was done before the work started


class LinkRow(NamedTuple):
    """A pair of items, the first of which blocks the second.

    Instants are None for what has not happened: the blocked item was not started, the blocker is not done.
    """

    blocker_id: int
    blocked_id: int
    blocker_key: str
    blocked_key: str
    blocker_summary: str
    linked_ms: int
    blocked_started_ms: int | None
    blocker_done_ms: int | None
    blocker_due: str | None
    blocker_owner: str | None
    same_project: int
    is_within: int
    same_owner: int
    is_restricted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """One item that waits for another. `reach` says why it is another's: project, initiative or owner.

    `summary` is empty where the blocking item has a security level. `started` is None where the waiting item
    was not started; `due` and `owner` are those of the blocking item, None where it has none.
    """

    blocker: str
    blocked: str
    summary: str
    reach: str
    state: State
    linked: datetime
    started: datetime | None
    is_open: bool
    due: str | None
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """The dependencies on others of a set of items; `own` counts links between items of one owner."""

    id: str
    name: str
    found: tuple[Dependency, ...]
    own: int


def query(members: Query[MemberRow], site_id: int, as_of: datetime) -> Query[LinkRow]:
    """What blocks an item of the set."""
    text = sql_text("pmreport.metrics", "sql/plan_links.sql")
    return among(members, text, LinkRow, {"site_id": site_id, "as_of_ms": to_ms(as_of)})


def from_rows(set_id: str, name: str, rows: Iterable[LinkRow]) -> Dependencies:
    """The dependencies, those that are open first, then by what waits."""
    links = tuple(rows)
    told = [_dependency(row, reach) for row in links if (reach := _reach(row))]
    found = tuple(
        sorted(told, key=lambda one: (not one.is_open, one.state is not State.SURPRISE, one.linked))
    )
    return Dependencies(id=set_id, name=name, found=found, own=len(links) - len(found))


def values(told: Dependencies) -> tuple[Value, ...]:
    """Whether they were seen in time, whether links mean anything, and whether the open ones are in hand."""
    counts = Counter(one.state for one in told.found)
    mattered = counts[State.FORESEEN] + counts[State.SURPRISE]
    waiting = [one for one in told.found if one.is_open]
    dated = sum(one.due is not None and one.owner is not None for one in waiting)
    surprises = tuple(one.blocked for one in told.found if one.state is State.SURPRISE)
    loose = tuple(one.blocker for one in waiting if one.due is None or one.owner is None)
    return (
        share_value(
            "dependencies-foreseen",
            "Linked before they held work up",
            (counts[State.FORESEEN], mattered),
            nothing="no dependency has held work up",
            id_=f"{told.id}-dependencies-foreseen",
            items=surprises,
        ),
        share_value(
            "dependencies-mattered",
            "Links that held work up",
            (mattered, len(told.found)),
            nothing="no item is blocked by one of others",
            id_=f"{told.id}-dependencies-mattered",
        ),
        share_value(
            "dependencies-dated",
            "Open ones with an owner and a day",
            (dated, len(waiting)),
            nothing="no dependency is open",
            id_=f"{told.id}-dependencies-dated",
            items=loose,
        ),
    )


def _reach(row: LinkRow) -> str:
    if not row.same_project:
        return "another project"
    if not row.is_within:
        return "outside"
    return "" if row.same_owner else "another owner"


def _dependency(row: LinkRow, reach: str) -> Dependency:
    return Dependency(
        blocker=row.blocker_key,
        blocked=row.blocked_key,
        summary="" if row.is_restricted else row.blocker_summary,
        reach=reach,
        state=_state(row),
        linked=from_ms(row.linked_ms),
        started=None if row.blocked_started_ms is None else from_ms(row.blocked_started_ms),
        is_open=row.blocker_done_ms is None,
        due=row.blocker_due,
        owner=row.blocker_owner,
    )


def _state(row: LinkRow) -> State:
    started, done = row.blocked_started_ms, row.blocker_done_ms
    if started is None:
        return State.AHEAD if done is None else State.HARMLESS
    if done is not None and done <= started:
        return State.HARMLESS
    return State.FORESEEN if row.linked_ms <= started else State.SURPRISE
