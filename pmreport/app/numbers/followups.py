"""The follow-ups of one moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pmreport.app import journal, lookups
from pmreport.app.calendar import calendar_of
from pmreport.app.numbers.days import stored_calendar
from pmreport.app.wiring import Workspace
from pmreport.metrics import flow
from pmreport.metrics.followups import blocked, gathered, idle, mentions, naming, rows, window
from pmreport.metrics.followups.gathered import Closing, Rows, Words
from pmreport.metrics.followups.item import Item, Kind
from pmreport.metrics.followups.mentions import Mention
from pmreport.metrics.followups.rows import Wanted
from pmreport.metrics.followups.summary import Looked, Summary, summary
from pmreport.model import journal_state
from pmreport.model.journal_state import KnownFollowUp
from pmreport.report.inputs import Tracked
from pmreport.report.sheets.about import CLOSED_FOR, DECIDED_FOR
from pmreport.store.session import Reader

_WEEK = timedelta(weeks=1)
_BEFORE = timedelta(weeks=26)  # a promise or a question of the window may have been written so much earlier


def followups(
    workspace: Workspace, *, as_of: datetime, typed_by: datetime, weeks: int = window.WEEKS
) -> Summary:
    """The numbers about follow-ups over the last complete weeks, and every open one.

    What was typed counts by the moment that was asked for, also where the newest sync is older.
    """
    calendar = stored_calendar(workspace, as_of)
    span = window.last_weeks(as_of, calendar, weeks)
    since = calendar.day_start(span.first) - _BEFORE
    entries = journal.read(workspace).entries
    site_id, robots = workspace.site_id(), workspace.config.people.automation_accounts
    then = as_of - _WEEK
    with workspace.store.reading() as reader:
        words = _words(reader, workspace)
        typed = journal_state.follow_ups(entries, typed_by)
        items, closings = _items(reader, workspace, words, typed, as_of, since)
        typed = journal_state.follow_ups(entries, typed_by - _WEEK)
        before, _ = _items(reader, workspace, words, typed, then, since)
        standing = reader.rows(
            rows.idle_query(site_id, as_of, calendar_id=calendar.calendar_id, robots=robots)
        )
        looked = Looked(
            items=items,
            before=before,
            then=then,
            mentions=_mentions(reader, workspace, words, as_of, calendar.day_start(span.first)),
            closings=closings,
            blocked=blocked.blocked(
                flow.flagged_from_rows(reader.rows(flow.flagged_query(site_id, as_of))),
                reader.rows(rows.flags_query(site_id, as_of)),
            ),
            in_work=idle.idle(standing, in_work=True),
            not_started=idle.idle(standing, in_work=False),
        )
    return summary(looked, as_of=as_of, window=span, calendar=calendar)


def tracked(reader: Reader, workspace: Workspace, as_of: datetime) -> Tracked:
    """What an action log may list: issues and comments that are open or were closed lately; nothing typed."""
    words, since = _words(reader, workspace), as_of - timedelta(days=DECIDED_FOR)
    items, _ = _items(reader, workspace, words, (), as_of, since)
    return Tracked(
        items=tuple(item for item in items if item.closed is None or _is_recent(item, item.closed, as_of)),
        calendar=calendar_of(workspace.config, as_of),
        settings=workspace.config.followups,
    )


def _is_recent(item: Item, closed: datetime, as_of: datetime) -> bool:
    days = DECIDED_FOR if item.kind is Kind.DECISION else CLOSED_FOR
    return as_of - closed < timedelta(days=days)


def _words(reader: Reader, workspace: Workspace) -> Words:
    return Words(
        settings=workspace.config.followups,
        names=naming.known_names(lookups.accounts(reader, workspace.site_id())),
        dropped=workspace.config.done.dropped_resolutions,
    )


def _items(
    reader: Reader,
    workspace: Workspace,
    words: Words,
    typed: Iterable[KnownFollowUp],
    as_of: datetime,
    since: datetime,
) -> tuple[tuple[Item, ...], tuple[Closing, ...]]:
    """Every follow-up of a moment, and each time one of the issues was closed."""
    wanted = Wanted(
        site_id=workspace.site_id(), as_of=as_of, since=since, settings=workspace.config.followups
    )
    issues, turns = reader.rows(rows.issues_query(wanted)), reader.rows(rows.turns_query(wanted))
    found = Rows(
        issues=issues,
        turns=turns,
        comments=reader.rows(rows.comments_query(wanted)),
        deeds=reader.rows(rows.deeds_query(wanted, robots=workspace.config.people.automation_accounts)),
        typed=typed,
    )
    return gathered.items(found, words), gathered.closings(issues, turns)


def _mentions(
    reader: Reader, workspace: Workspace, words: Words, as_of: datetime, opens: datetime
) -> tuple[Mention, ...]:
    """The mentions of the last quarter, or of the window where that is longer."""
    since = min(as_of - mentions.REACH, opens)
    robots = workspace.config.people.automation_accounts
    found = reader.rows(rows.mentions_query(workspace.site_id(), as_of, since=since, robots=robots))
    return mentions.mentions(found, words.names)
