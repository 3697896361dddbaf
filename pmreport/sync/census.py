"""The census: what it says about an issue that Jira no longer shows where it was.

Nothing here asks Jira or the store. An issue that a search does not show is far from gone: the index loses
sight of issues for a moment. So each missing one is asked for by its id. One that is not given then is out of
sight: deleted, archived, or hidden from this user, for Jira answers alike. Is a second look minutes later
in vain too, and does nothing say that the issue still exists, it is called deleted.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pmreport.sync.settings import USUAL_LIMIT

SECOND_LOOK_AFTER = timedelta(minutes=10)  # a search index may lag behind for minutes
FEW = 5  # so many may vanish from the smallest project, whatever the limit


class KnownIssue(NamedTuple):
    """An issue of the project as the store has it; `unseen_since_ms` None: it was in sight."""

    issue_id: int
    unseen_since_ms: int | None
    deleted_ms: int | None
    security_level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Where an issue is that was asked for by its id. `project_id` None: it exists, and may not be seen."""

    project_id: int | None
    archived: bool = False


class Errand(StrEnum):
    """What a run has to do for a project."""

    NOTHING = "nothing"
    SECOND_LOOK = "second look"
    WALK = "walk"


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusCursor:
    """When a project was counted through last (None: never), and who is to be looked for once more."""

    taken_ms: int | None = None
    unconfirmed: frozenset[int] = frozenset()

    def as_text(self) -> str:
        """The cursor as it is stored."""
        return json.dumps({"taken_ms": self.taken_ms, "unconfirmed": sorted(self.unconfirmed)})


def parse_cursor(text: str | None) -> CensusCursor:
    """A stored cursor; one that cannot be read says that there never was a census."""
    try:
        found = json.loads(text or "{}")
        taken_ms, unconfirmed = found.get("taken_ms"), found.get("unconfirmed", ())
        return CensusCursor(
            taken_ms=None if taken_ms is None else int(taken_ms), unconfirmed=frozenset(map(int, unconfirmed))
        )
    except (ValueError, TypeError, AttributeError):
        return CensusCursor()


def errand(cursor: CensusCursor, *, now_ms: int, every: timedelta, forced: bool) -> Errand:
    """What is due. A clock that was set back makes a census due, and not wait for years."""
    since = None if cursor.taken_ms is None else timedelta(milliseconds=now_ms - cursor.taken_ms)
    if forced or since is None or not timedelta(0) <= since < every:
        return Errand.WALK
    return Errand.SECOND_LOOK if cursor.unconfirmed and since >= SECOND_LOOK_AFTER else Errand.NOTHING


def most_lost(known: Collection[KnownIssue], limit: Decimal = USUAL_LIMIT) -> int:
    """How many issues of a project may go out of sight at once and be believed: a share of them, or a few."""
    in_sight = sum(each.unseen_since_ms is None for each in known)
    return max(FEW, int(in_sight * limit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What is to be said of the issues of a project, by their ids.

    `to_read` came into sight, are new, or `moved` to another project: their own documents tell the rest.
    `lost` are out of sight for the first time, `doubtful` ones for the second, and not under lock. `waiting`
    are to be looked for once more. `alarm`: so many are lost that none of it is to be believed.
    """

    to_read: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()
    alarm: bool = False


def to_look_up(
    known: Iterable[KnownIssue], seen: AbstractSet[int], unconfirmed: AbstractSet[int]
) -> list[int]:
    """Which issues are to be asked for by id: those missing for the first time, and for the second."""
    return sorted(
        each.issue_id
        for each in known
        if each.issue_id not in seen and (each.unseen_since_ms is None or each.issue_id in unconfirmed)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen of a project: `seen` by the walk, `found` by id of those missing there.

    `unconfirmed` are those out of sight who were looked for once more.
    """

    project_id: int
    seen: AbstractSet[int]
    found: Mapping[int, Sighting] = field(default_factory=dict)
    unconfirmed: AbstractSet[int] = frozenset()


def judge(
    known: Collection[KnownIssue], look: Look, *, now_ms: int, limit: Decimal = USUAL_LIMIT
) -> Verdicts:
    """What the look says about each issue; `limit` is the share of them that may vanish and be believed."""
    by_id = {each.issue_id: each for each in known}
    looked_up = to_look_up(known, look.seen, look.unconfirmed)
    absent = [each for each in looked_up if not _is_here(look.found.get(each))]
    lost = {each for each in absent if _is_in_sight(by_id[each])}
    archived = {each for each, sighting in look.found.items() if sighting.archived}
    vanished = lost - archived
    old = {each for each in absent if each not in look.found and each not in lost}
    ripe = {each for each in old if _is_ripe(by_id[each], now_ms)}
    here = {each for each in looked_up if _is_here(look.found.get(each))}
    moved = {each for each in here if look.found[each].project_id != look.project_id}
    back = {each for each in here if by_id[each].unseen_since_ms is not None}
    return Verdicts(
        to_read=frozenset(moved | back | {each for each in look.seen if not _is_in_sight(by_id.get(each))}),
        moved=frozenset(moved),
        lost=frozenset(lost),
        doubtful=frozenset(each for each in ripe if by_id[each].security_level is None),
        waiting=frozenset(each for each in vanished | (old - ripe) if by_id[each].security_level is None),
        alarm=len(vanished) > most_lost(known, limit),
    )


def _is_here(sighting: Sighting | None) -> bool:
    return sighting is not None and sighting.project_id is not None and not sighting.archived


def _is_in_sight(issue: KnownIssue | None) -> bool:
    return issue is not None and issue.unseen_since_ms is None


def _is_ripe(issue: KnownIssue, now_ms: int) -> bool:
    since = issue.unseen_since_ms
    return since is not None and now_ms - since >= SECOND_LOOK_AFTER // timedelta(milliseconds=1)
