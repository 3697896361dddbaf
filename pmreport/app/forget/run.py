"""Forgetting an issue or a person: what would go, and the going, which can be taken up again."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pmreport.app import journal
from pmreport.app.forget import own, subject
from pmreport.app.forget.own import OwnFiles
from pmreport.app.forget.subject import Found
from pmreport.app.forget.words import Removal
from pmreport.app.forgotten import by_the_journal, everything
from pmreport.app.sync import request_of
from pmreport.app.wiring import Workspace
from pmreport.jira.forgetting import Forgetting
from pmreport.model.forgotten import Forgotten
from pmreport.model.instant import to_ms
from pmreport.model.journal import dump, new_entry
from pmreport.model.journal_kinds import Forgotten as Marker
from pmreport.store.engine import only_writer
from pmreport.store.sending import only_sender
from pmreport.sync import forget as forgetting
from pmreport.sync.forget import Survey
from pmreport.sync.summary import Progress

_RANDOM_BITS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be forgotten: how many documents of each kind, and what becomes of one's own files."""

    found: Found
    documents: Counter[str]
    files: OwnFiles

    @property
    def kept(self) -> tuple[Path, ...]:
        """Files that are not touched though they tell of it, or may."""
        return self.files.kept


def known(workspace: Workspace) -> Forgotten:
    """All that is to be forgotten of the site, by the store and by the journal."""
    return everything(workspace, workspace.store)


def preview(workspace: Workspace, asked: str) -> Preview:
    """What would go. Nothing is changed.

    Raises UsageError for what is in no store, with the nearest; BadDataError before the first sync.
    """
    found, survey = _found(workspace, asked)
    return Preview(found=found, documents=survey.documents, files=own.look(workspace, Removal(found)))


def forget(
    workspace: Workspace, asked: str, *, now: datetime, progress: Callable[[Progress], None]
) -> Preview:
    """Take it out of everything that is kept; what was taken out.

    First one's own files, the journal before the others; then the store, all at once. Where it breaks off,
    it can be asked for again and does the rest.

    Raises as `preview`; TryLaterError while a sync or a sending runs; StorageFullError; and as
    `pmreport.sync.forget.forget` for a store that cannot be made again, before anything is changed.
    """
    store_url = workspace.config.store.url
    with (
        only_writer(store_url, now=now, password=workspace.store_password),
        only_sender(journal.path(workspace)),
    ):
        store, site_id = workspace.store, workspace.site_id()
        forgetting.check(store, site_id)
        found, survey = _found(workspace, asked)
        removal = Removal(found)
        done = Preview(found=found, documents=survey.documents, files=own.look(workspace, removal))
        own.rewrite(workspace, removal, _marker(workspace, found, now))
        wish = forgetting.Wish(
            forgotten=known(workspace).with_more([found.mark]),
            request=request_of(workspace.config),
            now_ms=to_ms(now),
        )
        forgetting.forget(store, site_id, wish, progress=progress)
        store.purge()
    return done


def _found(workspace: Workspace, asked: str) -> tuple[Found, Survey]:
    """What is meant, with everything it is called in the documents, which are gone through for that."""
    before = known(workspace)
    store, site_id = workspace.store, workspace.site_id()
    with store.reading() as reader:
        found = subject.find(reader, site_id, asked, before)
    looked = forgetting.survey(store, site_id, Forgetting(Forgotten(before.site, (found.mark,))))
    if found.is_issue:
        return found, looked
    words = tuple(dict.fromkeys((*found.words, *sorted(looked.words))))
    return replace(found, words=words), looked


def _marker(workspace: Workspace, found: Found, now: datetime) -> bytes:
    """The entry that says so in the journal; none where one does already."""
    if any(mark.digests == found.mark.digests for mark in by_the_journal(workspace)):
        return b""
    payload = Marker(
        site=workspace.config.site.url,
        what=found.mark.subject.value,
        marks=found.mark.digests,
        number=found.mark.number,
    )
    me = workspace.config.me
    by = me.account or me.name or "me"
    return dump(new_entry(payload, at=now, by=by, randomness=secrets.randbits(_RANDOM_BITS)))
