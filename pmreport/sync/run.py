"""One sync: from Jira into the store, in steps that are each whole."""

import json
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pmreport.errors import BadDataError, PmreportError
from pmreport.jira.client import JiraClient
from pmreport.jira.parse.issue import IssueFields
from pmreport.jira.parse.values import instant_ms, integer
from pmreport.metrics.settings import FieldSettings
from pmreport.model.instant import to_ms
from pmreport.model.problem import Problem, ProblemKind, counts_by_kind
from pmreport.model.rows import ProjectRow, SyncCursorRow, SyncRunRow, WorklogRow
from pmreport.store.batch import AnyRow, Batch
from pmreport.store.engine import Store
from pmreport.sync import issues, plan, site, stored
from pmreport.sync.documents import document, fingerprint
from pmreport.sync.issues import Surroundings
from pmreport.sync.settings import ScopeSettings, SyncSettings
from pmreport.sync.site import SignIn, SiteReading
from pmreport.sync.summary import IssueCounts, Outcome, Progress, SyncSummary

Json = dict[str, Any]

_WORKLOGS = "worklogs"
_FEED_LAG_MS = 120_000  # the feed of deleted worklogs holds the last minute back
_LOOKUP = 500  # ids in one question to the store
_BY_ID = 100  # issues that one request may name
_PAGES = 4  # in one transaction: a commit costs as much as a page of a hundred issues


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRequest:
    """What a sync shall read.

    `further_fields` are custom fields, by id or name, that rules speak of: they get a history too.
    """

    scope: ScopeSettings
    pace: SyncSettings = field(default_factory=SyncSettings)
    fields: FieldSettings = field(default_factory=FieldSettings)
    further_fields: tuple[str, ...] = ()


def unheard(_: Progress) -> None:
    """Nobody listens to the progress."""


def sync(
    client: JiraClient,
    store: Store,
    request: SyncRequest,
    *,
    now: datetime,
    full: bool = False,
    progress: Callable[[Progress], None] = unheard,
) -> SyncSummary:
    """Bring the store up to date with the site.

    Every batch of issues is one transaction together with the cursor of its project, so a run that is killed
    goes on where it stopped. `full` reads every issue again, whatever the cursors say.

    Raises:
        NotAuthorisedError: no token, a refused one, or one that Jira treats as anonymous; nothing is written.
        ConfigurationError: a project or board that is not there.
        BadDataError: the projects hold no issue at all.
        TryLaterError: a limit is used up; what was read stays, and the run is noted as partial.
        UnreachableError: Jira did not answer; the same.
    """
    progress(Progress(phase="signing in"))
    signed_in = site.sign_in(client)
    site_id = store.register_site(signed_in.row)
    run = _Run(
        client=client,
        store=store,
        request=request,
        site_id=site_id,
        signed_in=signed_in,
        now_ms=to_ms(now),
        full=full,
        progress=progress,
    )
    run.note(Outcome.RUNNING)
    try:
        run.read()
    except PmreportError:
        run.note_failure()
        raise
    run.note(Outcome.COMPLETE)
    if not stored.issue_count(store, site_id):
        raise _empty(request.scope)
    return run.summary(Outcome.COMPLETE)


def _empty(scope: ScopeSettings) -> BadDataError:
    since = f" since {scope.since}" if scope.since else ""
    return BadDataError(
        f"There is no issue to report on in {', '.join(scope.projects) or 'any project'}{since}.",
        where="[scope]",
        hint="Check `projects` and `since`, and that the token's user may browse the issues.",
    )


@dataclass(slots=True, kw_only=True)
class _Run:
    """The state of one sync while it runs."""

    client: JiraClient
    store: Store
    request: SyncRequest
    site_id: int
    signed_in: SignIn
    now_ms: int
    full: bool
    progress: Callable[[Progress], None]
    run_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    began: float = field(default_factory=time.monotonic)
    seen: set[int] = field(default_factory=set)
    inserted: int = 0
    updated: int = 0
    changes: int = 0
    problems: list[Problem] = field(default_factory=list)

    # -- the steps

    def read(self) -> None:
        """All of it, in an order in which every reference is known before it is used."""
        self.progress(Progress(phase="fields, boards and sprints"))
        scope, fields = self.request.scope, self.request.fields
        reading = site.read(self.client, self.store, self.site_id, scope, fields, self.now_ms)
        self.problems += reading.problems
        self.store.apply(self.site_id, reading.batch)
        wanted = self._wanted_fields(reading)
        for project in reading.projects:
            self._read_project(project, wanted)
        self._read_deleted_worklogs(wanted)
        self.progress(Progress(phase="done", done=len(self.seen)))

    def _wanted_fields(self, reading: SiteReading) -> IssueFields:
        """The fields to read; one that the site does not have is a problem and no dead end."""
        known = reading.fields
        further = {name: known.names.get(name.lower()) for name in self.request.further_fields}
        self.problems += [
            Problem(ProblemKind.UNKNOWN_FIELD, name) for name, found in further.items() if found is None
        ]
        return IssueFields(known=known, further=tuple(found for found in further.values() if found))

    def _read_project(self, project: ProjectRow, fields: IssueFields) -> None:
        scope = f"issues:{project.project_key}"
        before = plan.parse_cursor(stored.cursor(self.store, self.site_id, scope))
        cursor = plan.start(before, since=self.request.scope.since, fields=fields.asked, full=self.full)
        jql = plan.issue_jql(project.project_key, cursor, self.signed_in.zone)
        newest = cursor.updated_ms
        size, before_this = self.request.pace.page_size, len(self.seen)
        pages = plan.grouped(self.client.search(jql, fields.asked, size), size * _PAGES)
        for page in self.client.crew.ahead(pages):
            seen = len(self.seen) - before_this
            self.progress(Progress(phase=f"issues of {project.project_key}", done=seen))
            newest = max(filter(None, (newest, *map(_updated_ms, page))), default=None)
            moved = replace(cursor, updated_ms=newest)
            self._write_page(page, fields, SyncCursorRow(scope, moved.as_text(), self.now_ms))

    def _write_page(self, page: Sequence[Json], fields: IssueFields, *moved: AnyRow) -> None:
        """Some issues and what moves with them, in one transaction."""
        known = stored.fingerprints(self.store, self.site_id, [int(found["id"]) for found in page])
        fresh = [
            (found, text)
            for found, text in map(issues.with_text, page)
            if self.full or known.get(int(found["id"])) != fingerprint(text)
        ]
        changed = [int(found["id"]) for found, _ in fresh if int(found["id"]) in known]
        worklogs: dict[int, list[WorklogRow]] = {}
        for row in stored.worklogs_of(self.store, self.site_id, changed):
            worklogs.setdefault(row.issue_id, []).append(row)
        around = Surroundings(fields=fields, kinds=fields.kinds, now_ms=self.now_ms, worklogs=worklogs)
        built = issues.batch(issues.gather(self.client, fresh), around)
        self.store.apply(
            self.site_id,
            Batch(upserts=[*built.batch.upserts, *moved], replacements=built.batch.replacements),
        )
        self._count(page, known, fresh)
        self.changes += built.changes
        self.problems += built.problems

    def _count(
        self, page: Sequence[Json], known: dict[int, str], fresh: Sequence[tuple[Json, bytes]]
    ) -> None:
        self.seen.update(int(found["id"]) for found in page)
        self.inserted += sum(int(found["id"]) not in known for found, _ in fresh)
        self.updated += sum(
            known.get(int(found["id"]), "") not in ("", fingerprint(text)) for found, text in fresh
        )

    def _read_deleted_worklogs(self, fields: IssueFields) -> None:
        """Deleting a worklog leaves the issue's `updated`, but not its time spent: read such issues again."""
        position = integer(stored.cursor(self.store, self.site_id, _WORKLOGS))
        if position is None:  # the first run has just read what is there
            start = (self.signed_in.server_ms or self.now_ms) - _FEED_LAG_MS
            self.store.apply(self.site_id, Batch(upserts=[SyncCursorRow(_WORKLOGS, str(start), self.now_ms)]))
            return
        found, until = self.client.deleted_worklogs(position)
        gone = {integer(each.get("worklogId")) or 0: instant_ms(each.get("updatedTime")) for each in found}
        rows = [
            row._replace(deleted_ms=gone[row.worklog_id] or self.now_ms)
            for ids in plan.chunks(list(gone), _LOOKUP)
            for row in stored.worklogs(self.store, self.site_id, ids)
        ]
        if self.client.dialect.bulk_reads:
            for ids in plan.chunks(sorted({row.issue_id for row in rows}), _BY_ID):
                self._write_page(self.client.issues(ids, fields.asked), fields)
        documents = [document("worklog_deleted", row.worklog_id, row.deleted_ms, self.now_ms) for row in rows]
        cursor = SyncCursorRow(_WORKLOGS, str(until), self.now_ms)
        self.store.apply(self.site_id, Batch(upserts=[*rows, *documents, cursor]))

    # -- the record of the run

    def note(self, outcome: Outcome) -> None:
        """Write the row of this run."""
        traffic = self.client.traffic
        ended = None if outcome is Outcome.RUNNING else self.now_ms + round(self.seconds * 1000)
        counted = counts_by_kind(self.problems)
        row = SyncRunRow(
            run_id=self.run_id,
            started_ms=self.now_ms,
            finished_ms=ended,
            outcome=outcome.value,
            requests=traffic.requests,
            issues=len(self.seen),
            changes=self.changes,
            detail=json.dumps(counted) if counted else None,
        )
        self.store.apply(self.site_id, Batch(upserts=[row]))

    def note_failure(self) -> None:
        """Write that this run is partial; where even that fails, the first error is the one to tell."""
        try:
            self.note(Outcome.PARTIAL)
        except PmreportError:
            return

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return time.monotonic() - self.began

    def summary(self, outcome: Outcome) -> SyncSummary:
        """What the run did."""
        traffic = self.client.traffic
        return SyncSummary(
            status=outcome,
            issues=IssueCounts(seen=len(self.seen), inserted=self.inserted, updated=self.updated),
            changes=self.changes,
            requests=traffic.requests,
            retries=traffic.retries,
            waited_seconds=traffic.waited_seconds,
            seconds=self.seconds,
            problems=counts_by_kind(self.problems),
        )


def _updated_ms(found: Json) -> int | None:
    return instant_ms((found.get("fields") or {}).get("updated"))
