"""What the person has written down: words explained, components described, contacts kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pmreport.app import journal, lookups
from pmreport.app.calendar import calendar_of
from pmreport.app.wiring import Workspace
from pmreport.goals.register import Written, written
from pmreport.metrics import acronyms, components, contacts
from pmreport.metrics.acronyms import Explained, Glossary
from pmreport.metrics.components import Component, ComponentNote
from pmreport.metrics.contacts import Contact, TouchPoint
from pmreport.model.journal_goals import LogKind
from pmreport.store.session import Reader

WEEKS = 13
_NOTES = (LogKind.NOTE, LogKind.DECISION, LogKind.RESEARCH)


def glossary(workspace: Workspace, *, as_of: datetime, typed_by: datetime) -> Glossary:
    """The acronyms of the items, and which of them the glossary of the journal explains by `typed_by`."""
    told = [
        Explained(term=one.logged.subject, reviewer=one.reviewer)
        for one in _written(workspace, typed_by, LogKind.GLOSSARY)
        if one.logged.subject.strip()
    ]
    with workspace.store.reading() as reader:
        people = lookups.people(reader, workspace.site_id()).values()
        rows = reader.rows(acronyms.query(workspace.site_id(), as_of))
        keys = {row.issue_key.rpartition("-")[0] for row in rows}
    return acronyms.from_rows(rows, told, names=tuple(people), keys=(*keys, *workspace.config.scope.projects))


def product(workspace: Workspace, *, as_of: datetime, typed_by: datetime) -> tuple[Component, ...]:
    """The components of the projects, each with the newest note about it."""
    notes = [
        ComponentNote(
            on=one.logged.on, subject=one.logged.subject, text=one.logged.text, reviewer=one.reviewer
        )
        for one in _written(workspace, typed_by, *_NOTES)
    ]
    with workspace.store.reading() as reader:
        return components.from_rows(reader.rows(components.query(workspace.site_id(), as_of)), notes)


def stakeholders(workspace: Workspace, *, as_of: datetime, typed_by: datetime) -> tuple[Contact, ...]:
    """When those with a stake were last heard: by the touch-points of the journal and by comments."""
    met = [
        TouchPoint(on=one.logged.on, subject=one.logged.subject, text=one.logged.text)
        for one in _written(workspace, typed_by, LogKind.TOUCH_POINT)
    ]
    with workspace.store.reading() as reader:
        account = _account(workspace, reader)
        asked = contacts.query(
            workspace.site_id(), as_of, account=account, since=as_of - timedelta(weeks=WEEKS)
        )
        rows = reader.rows(asked)
    return contacts.from_rows(rows, met, calendar_of(workspace.config, as_of))


def _account(workspace: Workspace, reader: Reader) -> str:
    return workspace.config.me.account or lookups.site(reader, workspace.site_id()).account_id


def _written(workspace: Workspace, by: datetime, *kinds: LogKind) -> Iterator[Written]:
    entries = journal.read(workspace).entries
    return (one for one in written(entries, by) if one.logged.what in kinds)
