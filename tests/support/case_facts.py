"""What came out of a sync for one issue or sprint, in the words of the table of hard cases."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from pmreport.metrics.flow import finished_query
from pmreport.metrics.ledger import EventKind, LedgerIssue, Outcome, SprintLedger
from pmreport.metrics.sprint import ledger_query, ledgers_from_rows, sprints_query
from pmreport.model import rows
from pmreport.model.instant import from_ms
from pmreport.model.period import PeriodKind, containing
from pmreport.stats.percentile import nearest_rank
from pmreport.store.engine import Store
from tests.support.hard_cases import Case
from tests.support.syncing import stored

_SPRINT = re.compile(r"sprint (\d+)(?: on board (\d+))?")
_ABOUT = re.compile(r"(name|goal|start|close) of sprint (\d+)")
_RANK = re.compile(r"minutes at (\d+) %")
_SHOWN = (EventKind.START, EventKind.ADDED, EventKind.REMOVED, EventKind.REESTIMATED)
_WORDS = {EventKind.START: "committed"}


@dataclass(kw_only=True)
class Facts:
    """A store, looked at from one instant, in one reporting zone."""

    store: Store
    as_of: datetime
    zone: str
    _tables: dict[type[Any], list[Any]] = field(default_factory=dict)

    def of(self, case: Case) -> str:
        """What the store says where the case looks."""
        if found := _SPRINT.fullmatch(case.looked_at):
            return self._in_sprint(case.key, int(found[1]), int(found[2]) if found[2] else None)
        if found := _ABOUT.fullmatch(case.looked_at):
            return self._about_sprint(found[1], int(found[2]))
        if found := _RANK.fullmatch(case.looked_at):
            minutes = [row.seconds // 60 for row in self._rows(rows.WorklogRow, case.key)]
            return str(nearest_rank(minutes, int(found[1])))
        return _FACTS[case.looked_at](self, case.key)

    def table(self, row_type: type[Any]) -> list[Any]:
        """Every row of a table."""
        if row_type not in self._tables:
            self._tables[row_type] = stored(self.store, row_type)
        return self._tables[row_type]

    def issue(self, key: str) -> rows.IssueRow:
        """The issue that has a key."""
        found: rows.IssueRow = next(row for row in self.table(rows.IssueRow) if row.issue_key == key)
        return found

    @cached_property
    def ledgers(self) -> Mapping[tuple[int, int], SprintLedger]:
        """Every ledger, by board and sprint."""
        asked = sprints_query(1, self.as_of), ledger_query(1, self.as_of)
        made = ledgers_from_rows(self.store.rows(asked[0]), self.store.rows(asked[1]))
        return {(ledger.board_id, ledger.sprint_id): ledger for ledger in made}

    def history(self, key: str) -> str:
        """`3 entries, 4 items`."""
        items = self._rows(rows.IssueChangeRow, key)
        return f"{len({row.history_id for row in items})} entries, {len(items)} items"

    def sprint_entries(self, key: str) -> str:
        """What each changelog entry about sprints led to, oldest first."""
        found = [row for row in self._rows(rows.IssueChangeRow, key) if row.field_name == "Sprint"]
        found.sort(key=lambda row: (row.changed_ms, row.history_id))
        return "; ".join(row.to_value or "none" for row in found) or "none"

    def statuses(self, key: str) -> str:
        """The statuses in the order of time; one that Jira does not list is its id with a question mark."""
        names = {row.status_id: row.name for row in self.table(rows.StatusRow)}
        stays = sorted(self._rows(rows.IssueStatusRow, key), key=lambda row: row.valid_from_ms)
        return ", ".join(names.get(row.status_id, f"{row.status_id}?") for row in stays)

    def in_progress(self, key: str) -> str:
        """The stretch in progress, from and to, and its length."""
        row = next(row for row in self._rows(rows.IssueStatusRow, key) if row.status_id == "3")
        seconds = (row.valid_to_ms - row.valid_from_ms) // 1000
        return f"{_instant(row.valid_from_ms)} to {_instant(row.valid_to_ms)}, {seconds} s"

    def estimates(self, key: str) -> str:
        """What each estimation field holds at the end."""
        names = {row.field_id: row.name for row in self.table(rows.FieldRow)}
        held = [
            row for row in self._rows(rows.IssueEstimateRow, key) if from_ms(row.valid_to_ms) > self.as_of
        ]
        said = sorted(f"{names[row.field_id]} {row.amount_milli / 1000:g}" for row in held)
        return ", ".join(text for text in said if not text.startswith("Remaining")) or "none"

    def worklogs(self, key: str) -> str:
        """`3 logs, 7200 s`."""
        found = self._rows(rows.WorklogRow, key)
        return f"{len(found)} log{'s' * (len(found) != 1)}, {sum(row.seconds for row in found)} s"

    def comments(self, key: str) -> str:
        """How many."""
        return str(len(self._rows(rows.CommentItemRow, key)))

    def owner(self, key: str) -> str:
        """The account it is assigned to."""
        return self.issue(key).assignee_id or "nobody"

    def updated(self, key: str) -> str:
        """When Jira says that it was last changed."""
        return _instant(self.issue(key).updated_ms)

    def week(self, key: str) -> str:
        """The week of the reports in which it was done."""
        day = date(2026, 8, 24)
        weeks = [containing(PeriodKind.WEEK, day + timedelta(weeks=n), self.zone) for n in range(4)]
        return ", ".join(
            week.name
            for week in weeks
            for row in self.store.rows(
                finished_query(1, week.start_instant, week.end_instant, as_of=self.as_of)
            )
            if row.issue_key == key
        )

    def issues(self, _key: str) -> str:
        """How many there are."""
        return str(len(self.table(rows.IssueRow)))

    def whereabouts(self, key: str) -> str:
        """What is known of an issue that Jira may not show any more."""
        found = self.issue(key)
        if found.deleted_ms is not None:
            return "deleted"
        return "in sight" if found.unseen_since_ms is None else "out of sight"

    def on_hold(self, _key: str) -> str:
        """The category of every status called On Hold."""
        found = sorted(row for row in self.table(rows.StatusRow) if row.name == "On Hold")
        return ", ".join(f"{row.category} in {row.status_id}" for row in found)

    def _rows(self, row_type: type[Any], key: str) -> list[Any]:
        wanted = self.issue(key).issue_id
        return [row for row in self.table(row_type) if row.issue_id == wanted]

    def _in_sprint(self, key: str, sprint_id: int, board_id: int | None) -> str:
        own = next(row for row in self.table(rows.SprintRow) if row.sprint_id == sprint_id)
        ledger = self.ledgers[board_id or own.origin_board_id, sprint_id]
        ended = next((issue for issue in ledger.issues if issue.issue_key == key), None)
        return _told(ledger, ended) if ended else "not in it"

    def _about_sprint(self, what: str, sprint_id: int) -> str:
        ledger = next(one for (_, sprint), one in self.ledgers.items() if sprint == sprint_id)
        if what in ("start", "close"):
            at = ledger.start if what == "start" else ledger.close
            return at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z" if at else "still open"
        return ledger.name if what == "name" else ledger.goal or "none"


_FACTS: Mapping[str, Callable[[Facts, str], str]] = {
    "history": Facts.history,
    "Sprint entries": Facts.sprint_entries,
    "statuses": Facts.statuses,
    "In Progress": Facts.in_progress,
    "estimates": Facts.estimates,
    "worklogs": Facts.worklogs,
    "comments": Facts.comments,
    "owner": Facts.owner,
    "updated": Facts.updated,
    "week": Facts.week,
    "issues": Facts.issues,
    "whereabouts": Facts.whereabouts,
    "On Hold": Facts.on_hold,
}


def _told(ledger: SprintLedger, ended: LedgerIssue) -> str:
    own = [event for event in ledger.events if event.issue_id == ended.issue_id]
    parts = []
    for kind in _SHOWN:
        of_kind = [event for event in own if event.kind is kind]
        amount = sum(event.scope_delta for event in of_kind)
        shown = -amount if kind is EventKind.REMOVED else amount
        parts += [f"{_WORDS.get(kind, kind.value)} {shown:g}"] if of_kind else []
    if ended.outcome is not Outcome.REMOVED:
        parts.append(f"{ended.outcome.value} {ended.estimate_at_close or 0:g}")
    return ", ".join(parts)


def _instant(at_ms: int) -> str:
    return from_ms(at_ms).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
