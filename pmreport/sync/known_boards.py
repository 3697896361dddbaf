"""What the store knows of boards, so that a sync need not ask for what cannot have changed."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pmreport.model.rows import SprintRow, SyncCursorRow
from pmreport.store.documents import canonical_json, of_query, unpacked
from pmreport.store.engine import Store
from pmreport.sync import stored
from pmreport.sync.notes import BOARD_NOTE, BOARD_SPRINTS, BoardNote

SCOPE = "boards"

_LONGEST_MS = 7 * 86_400_000  # after a week Jira is asked again which boards show the projects


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which boards showed the projects of a run.

    `listing` is a digest of the list of all boards of the site, "" where that was too long to look at: while
    it stays the same the boards need not be asked for project by project.
    """

    projects: tuple[str, ...] = ()
    listing: str = ""
    board_ids: tuple[int, ...] = ()
    asked_ms: int = 0

    def cursor(self, now_ms: int) -> Iterable[SyncCursorRow]:
        """As it is stored; nothing where there is nothing to remember."""
        return [SyncCursorRow(SCOPE, json.dumps(asdict(self)), now_ms)] if self.listing else []


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBoards:
    """What is known of the boards: their notes and sprints by id, the sprints in Jira's order."""

    now_ms: int
    shown: Shown = field(default_factory=Shown)
    notes: Mapping[int, BoardNote] = field(default_factory=dict)
    sprints: Mapping[int, Sequence[SprintRow]] = field(default_factory=dict)

    def holds(self, projects: Sequence[str], listing: str) -> bool:
        """Whether the boards of these projects are known, and the list of all boards is as it was."""
        shown = self.shown
        recent = 0 <= self.now_ms - shown.asked_ms < _LONGEST_MS
        return recent and (shown.projects, shown.listing) == (tuple(projects), listing)


def digest(found: Iterable[Any]) -> str:
    """A short name for a list, by all that it says."""
    return hashlib.sha256(canonical_json(list(found))).hexdigest()[:16]


def load(store: Store, site_id: int, before: str | None, *, now_ms: int, anew: bool) -> KnownBoards:
    """What the store knows, `before` is its cursor; nothing where everything is to be asked `anew`."""
    if anew:
        return KnownBoards(now_ms=now_ms)
    shown = _parsed(before)
    with store.reading() as reader:
        found = [unpacked(row) for row in reader.rows(of_query(site_id, (BOARD_NOTE, BOARD_SPRINTS)))]
        rows = {row.sprint_id: row for row in stored.table(reader, site_id, SprintRow)}
    notes = {int(each.id): BoardNote(**each.payload) for each in found if each.kind == BOARD_NOTE}
    orders = {int(each.id): each.payload for each in found if each.kind == BOARD_SPRINTS}
    sprints = {
        board_id: [rows[each] for each in ids]
        for board_id, ids in orders.items()
        if all(each in rows for each in ids)
    }
    return KnownBoards(now_ms=now_ms, shown=shown, notes=notes, sprints=sprints)


def _parsed(text: str | None) -> Shown:
    try:
        found = json.loads(text or "{}")
        return Shown(
            projects=tuple(found.get("projects", ())),
            listing=str(found.get("listing", "")),
            board_ids=tuple(found.get("board_ids", ())),
            asked_ms=int(found.get("asked_ms", 0)),
        )
    except (ValueError, TypeError, AttributeError):
        return Shown()
