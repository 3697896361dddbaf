"""Work with others at one moment: items ready at the start, spoken about before it, and weekly updates."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import dropwhile

from pmreport.app import journal, lookups
from pmreport.app.calendar import calendar_of
from pmreport.app.wiring import Workspace
from pmreport.config import draft as reading
from pmreport.errors import BadDataError
from pmreport.goals import catalog
from pmreport.goals.readings import bindings
from pmreport.goals.register import written
from pmreport.metrics import involvement, readiness
from pmreport.metrics.involvement import Involvement
from pmreport.metrics.readiness import Readiness
from pmreport.metrics.updates import Update
from pmreport.model.journal import Entry
from pmreport.model.journal_goals import LogKind
from pmreport.model.journal_kinds import Sending, Sent
from pmreport.model.journal_state import draft_versions
from pmreport.model.period import Period, PeriodKind, containing, last_complete
from pmreport.report.draft import Draft, words_read
from pmreport.store.session import Reader

WEEKS = 13
_REPORT = "weekly"
_GREEN_OVER_RED = "watermelon"
_PLANS, _UPDATES = "planned-before-start", "updates-sent"


def spoken(workspace: Workspace, *, as_of: datetime) -> Involvement:
    """Who spoke about one's items before work on them started, in the last weeks."""
    robots = workspace.config.people.automation_accounts
    with workspace.store.reading() as reader:
        account = _account(workspace, reader)
        since = as_of - timedelta(weeks=WEEKS)
        asked = involvement.query(workspace.site_id(), as_of, account=account, since=since, robots=robots)
        return involvement.from_rows(reader.rows(asked), calendar_of(workspace.config, as_of))


def ready(workspace: Workspace, *, as_of: datetime, typed_by: datetime) -> Readiness:
    """What one's items had when their sprints started, and which sprints were planned by then."""
    known = written(journal.read(workspace).entries, typed_by)
    planning = _measured_by(workspace, _PLANS)
    plans = [one.at for one in known if one.logged.goal in planning]
    with workspace.store.reading() as reader:
        account = _account(workspace, reader)
        since = as_of - timedelta(weeks=WEEKS)
        asked = readiness.query(workspace.site_id(), as_of, account=account, since=since)
        return readiness.from_rows(reader.rows(asked), plans)


def updates(workspace: Workspace, *, as_of: datetime, typed_by: datetime) -> tuple[Update, ...]:
    """The weeks of the last quarter that are over, from the first one with an update on, in their order."""
    entries = [entry for entry in journal.read(workspace).entries if entry.at <= typed_by]
    sent = frozenset((*_sent(entries), *_noted(workspace, entries, typed_by)))
    told = (_update(entries, sent, week.name) for week in _weeks(workspace, as_of))
    return tuple(dropwhile(lambda one: not one.is_sent and one.words is None, told))


def _weeks(workspace: Workspace, as_of: datetime) -> tuple[Period, ...]:
    """The last so many whole weeks, the oldest first."""
    found = [last_complete(PeriodKind.WEEK, as_of, workspace.config.calendar.time_zone)]
    while len(found) < WEEKS:
        found.append(found[-1].previous())
    return tuple(reversed(found))


def _sent(entries: Iterable[Entry]) -> Iterator[tuple[str, bool]]:
    """Each week whose report was taken by a mail server, and whether it was green over red."""
    begun = {
        entry.payload.message_id: _GREEN_OVER_RED in entry.payload.objections
        for entry in entries
        if isinstance(entry.payload, Sending)
    }
    for entry in entries:
        if isinstance(entry.payload, Sent) and entry.payload.report == _REPORT:
            yield entry.payload.period, begun.get(entry.payload.message_id, False)


def _noted(workspace: Workspace, entries: Iterable[Entry], by: datetime) -> Iterator[tuple[str, bool]]:
    """Each week in which an update was noted under the goal: not everybody sends from here."""
    goals, zone = _measured_by(workspace, _UPDATES), workspace.config.calendar.time_zone
    for one in written(entries, by):
        if one.logged.goal in goals and one.logged.what is LogKind.NOTE:
            yield containing(PeriodKind.WEEK, one.logged.on, zone).name, False


def _update(entries: Iterable[Entry], sent: frozenset[tuple[str, bool]], week: str) -> Update:
    draft = _draft(entries, week)
    is_green = (week, True) in sent
    return Update(
        period=week,
        is_sent=is_green or (week, False) in sent,
        is_green_over_red=is_green,
        words=None if draft is None else words_read(draft),
        is_whole=draft is not None and bool(draft.bottom_line and draft.asks and draft.plan),
        bottom_line="" if draft is None else draft.bottom_line,
    )


def _draft(entries: Iterable[Entry], week: str) -> Draft | None:
    """The newest draft of a week that a report was made from; None: none, or none that can be read."""
    texts = draft_versions(entries, _REPORT, week)
    try:
        return reading.parse(texts[-1][1], week) if texts else None
    except BadDataError:
        return None


def _measured_by(workspace: Workspace, definition: str) -> frozenset[str]:
    """The goals that a number measures: what is written under them can be what it counts."""
    return frozenset(
        goal.id
        for goal in catalog.resolve(workspace.config.goals)
        if any(binding.id == definition for binding, _ in bindings(goal))
    )


def _account(workspace: Workspace, reader: Reader) -> str:
    return workspace.config.me.account or lookups.site(reader, workspace.site_id()).account_id
