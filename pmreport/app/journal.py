"""What the person typed: their journal, read and added to."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pmreport.app.wiring import Workspace
from pmreport.model.journal import Entry, Reading, new_entry
from pmreport.model.journal_kinds import Payload
from pmreport.store import journal

_RANDOM_BITS = 80


def path(workspace: Workspace) -> Path:
    """Where the journal lies: in the person's own folder, never in the store."""
    return workspace.config.own_folder / "journal.jsonl"


def read(workspace: Workspace) -> Reading:
    """Everything typed so far, in the order of its moments, and what of it cannot be read.

    A copy of another journal that came in stands at the end of the file, and is older. Raises BadDataError.
    """
    found = journal.read(path(workspace))
    return Reading(tuple(sorted(found.entries, key=lambda entry: entry.at)), found.problems)


def write(workspace: Workspace, payload: Payload, *, now: datetime) -> Entry:
    """Keep one thing for good. Raises as `pmreport.store.journal.append`."""
    (entry,) = write_all(workspace, (payload,), now=now)
    return entry


def write_all(workspace: Workspace, payloads: Iterable[Payload], *, now: datetime) -> tuple[Entry, ...]:
    """Keep several things for good, all of them or none. Raises as `pmreport.store.journal.append`."""
    me = workspace.config.me
    by = me.account or me.name or "me"
    entries = tuple(
        new_entry(payload, at=now, by=by, randomness=secrets.randbits(_RANDOM_BITS)) for payload in payloads
    )
    journal.append(path(workspace), *entries)
    return entries
