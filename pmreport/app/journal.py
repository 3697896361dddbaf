"""What the person typed: their journal, read and added to."""

import secrets
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
    """Everything typed so far, in that order, and what of it cannot be read. Raises BadDataError."""
    return journal.read(path(workspace))


def write(workspace: Workspace, payload: Payload, *, now: datetime) -> Entry:
    """Keep one thing for good. Raises as `pmreport.store.journal.append`."""
    me = workspace.config.me
    entry = new_entry(
        payload, at=now, by=me.account or me.name or "me", randomness=secrets.randbits(_RANDOM_BITS)
    )
    journal.append(path(workspace), entry)
    return entry
