"""One sync: from Jira into the store, in steps that are each whole."""

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
from pmreport.sync import issues, out_of_sight, plan, record, site, stored, walk
from pmreport.sync.boards import own_sprints
from pmreport.sync.census_taker import CensusResult, CensusTaker, Occasion
from pmreport.sync.documents import document, fingerprint
from pmreport.sync.epics import Epics
from pmreport.sync.issues import Surroundings
from pmreport.sync.plan import Cursor
from pmreport.sync.settings import ScopeSettings, SyncSettings
from pmreport.sync.site import SignIn, SiteReading
from pmreport.sync.summary import IssueCounts, Outcome, Progress, SyncSummary
from pmreport.sync.walk import Trail, Walk

Json = dict[str, Any]

_WORKLOGS = "worklogs"
_FEED_LAG_MS = 120_000  # the feed of deleted worklogs holds the last minute back
_LOOKUP = 500  # ids in one question to the store
_PAGES = 4  # in one transaction: a commit costs as much as a page of a hundred issues
_ROLL_CALLS = 4  # how often the issues of a project are counted through, while some are missing


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRequest:
    """What a sync shall read.

    `further_fields` are custom fields, by id or name, that rules speak of: they get a history too.
    `census` looks for deleted, hidden and moved issues even where that is not due yet.
    """

    scope: ScopeSettings
    pace: SyncSettings = field(default_factory=SyncSettings)
    fields: FieldSettings = field(default_factory=FieldSettings)
    further_fields: tuple[str, ...] = ()
    census: bool = False


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
    moved: set[int] = field(default_factory=set)
    counted: CensusResult = field(default_factory=CensusResult)
    inserted: int = 0
    updated: int = 0
    changes: int = 0
    problems: list[Problem] = field(default_factory=list)
    epics: Epics = field(init=False)
    before: tuple[Problem, ...] = field(init=False)
    read_again: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look at what the runs before left behind."""
        self.epics = Epics(self.client, self.store, self.site_id)
        left = () if self.full else self.store.rows(record.detail_query(self.site_id))
        self.before = record.problems_from_rows(left)

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
        self._take_census(reading.projects, wanted)
        self.progress(Progress(phase="done", done=len(self.seen)))

    def _wanted_fields(self, reading: SiteReading) -> IssueFields:
        """The fields to read; one that the site does not have is a problem and no dead end."""
        known = reading.fields
        further = {name: known.names.get(name.lower()) for name in self.request.further_fields}
        self.problems += [
            Problem(ProblemKind.UNKNOWN_FIELD, name) for name, found in further.items() if found is None
        ]
        names = {str(each.sprint_id): each.name for each in own_sprints(reading.boards).values()}
        return IssueFields(
            known=known,
            further=tuple(found for found in further.values() if found),
            sprint_names=names,
        )

    def _read_project(self, project: ProjectRow, fields: IssueFields) -> None:
        scope = f"issues:{project.project_key}"
        before = plan.parse_cursor(stored.cursor(self.store, self.site_id, scope))
        cursor = plan.start(before, since=self.request.scope.since, fields=fields.asked, full=self.full)
        trail = self._trail(project, cursor.updated_ms, cursor, fields)
        way = Walk(client=self.client, trail=trail)
        newest, before_this = cursor.updated_ms, len(self.seen)
        phase = f"issues of {project.project_key}"
        legs = walk.in_groups(way.legs(newest), self.request.pace.page_size * _PAGES)
        for leg in self.client.crew.ahead(legs):
            self.progress(Progress(phase=phase, done=len(self.seen) - before_this))
            newest = newest if leg.watermark_ms is None else leg.watermark_ms
            moved = replace(cursor, updated_ms=newest)
            self._write_page(leg.issues, fields, SyncCursorRow(scope, moved.as_text(), self.now_ms))
        self._call_roll(project, cursor, fields, set(way.read))
        self.progress(Progress(phase=phase, done=len(self.seen) - before_this))
        checked = replace(cursor, updated_ms=newest, checked_ms=newest)
        self.store.apply(self.site_id, Batch(upserts=[SyncCursorRow(scope, checked.as_text(), self.now_ms)]))

    def _trail(
        self, project: ProjectRow, watermark_ms: int | None, cursor: Cursor, fields: IssueFields
    ) -> Trail:
        """The issues of a project that changed since then, oldest change first."""
        zone = self.signed_in.zone
        return Trail(
            terms=plan.terms(project.project_key, watermark_ms, cursor.since, zone),
            order="updated",
            fields=fields.asked,
            size=min(self.request.pace.page_size, self.client.dialect.search_page),
            histories=True,
            zone=zone,
            settled_ms=walk.settled_ms(self.signed_in.server_ms or self.now_ms),
        )

    def _call_roll(self, project: ProjectRow, cursor: Cursor, fields: IssueFields, known: set[int]) -> None:
        """Read what the walk has missed.

        The search index loses sight of an issue for a moment, and pages shift while they are read. So the ids
        alone are asked for, which is quick, until nobody is missing.
        """
        if cursor.broken_off:  # the run before has read a part of what is to be answered for
            known |= stored.issues_of(self.store, self.site_id, project.project_id)
        dialect = self.client.dialect
        trail = self._trail(project, cursor.checked_ms, cursor, fields)
        roll = replace(
            trail, order="created", fields=dialect.roll_fields, size=dialect.roll_page, histories=False
        )
        for _ in range(_ROLL_CALLS):
            called = {
                int(each["id"]) for leg in Walk(client=self.client, trail=roll).legs() for each in leg.issues
            }
            missing = sorted(called - known)
            known |= self._read_by_id(missing, fields)
            counted = self.client.count(trail.terms) or 0
            lacking = max(len(called - known), counted - len(known))
            if not missing and lacking <= counted * dialect.count_slack:
                return
        if lacking > counted * dialect.count_slack:
            what = f"{lacking} of {counted} issues were not to be had"
            self.problems.append(Problem(ProblemKind.TOTAL_MISMATCH, project.project_key, what))

    def _read_by_id(self, issue_ids: Sequence[int], fields: IssueFields) -> set[int]:
        """Read these issues, and say which of them there were."""
        read: set[int] = set()
        for ids in plan.chunks(issue_ids, self.client.dialect.by_id):
            found = self.client.issues(ids, fields.asked)
            self._write_page(found, fields)
            read.update(int(each["id"]) for each in found)
        return read

    def _write_page(self, page: Sequence[Json], fields: IssueFields, *moved: AnyRow) -> None:
        """Some issues and what moves with them, in one transaction."""
        with self.store.reading() as reader:
            known = stored.fingerprints(reader, self.site_id, [int(found["id"]) for found in page])
            self.moved |= out_of_sight.moved(reader, self.site_id, page)
            listed = stored.worklogs_of(reader, self.site_id, list(known))
        fresh = [
            (found, text)
            for found, text in map(issues.with_text, page)
            if self.full or known.get(int(found["id"])) != fingerprint(text)
        ]
        worklogs: dict[int, list[WorklogRow]] = {}
        for row in listed:
            worklogs.setdefault(row.issue_id, []).append(row)
        around = Surroundings(
            fields=fields,
            kinds=fields.kinds,
            now_ms=self.now_ms,
            worklogs=worklogs,
            epics=self.epics.of((found for found, _ in fresh), fields.known),
        )
        built = issues.batch(issues.gather(self.client, fresh), around)
        self.store.apply(
            self.site_id,
            Batch(upserts=[*built.batch.upserts, *moved], replacements=built.batch.replacements),
        )
        self._count(page, known, fresh)
        self.changes += built.changes
        self.problems += built.problems
        self.read_again.update(str(found.get("key")) for found, _ in fresh)

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
        self._read_by_id(sorted({row.issue_id for row in rows}), fields)
        documents = [document("worklog_deleted", row.worklog_id, row.deleted_ms, self.now_ms) for row in rows]
        cursor = SyncCursorRow(_WORKLOGS, str(until), self.now_ms)
        self.store.apply(self.site_id, Batch(upserts=[*rows, *documents, cursor]))

    def _take_census(self, projects: Sequence[ProjectRow], fields: IssueFields) -> None:
        """Look for what is out of sight, where it is time."""
        occasion = Occasion(
            now_ms=self.now_ms,
            settled_ms=walk.settled_ms(self.signed_in.server_ms or self.now_ms),
            zone=self.signed_in.zone,
            since=self.request.scope.since,
            every=self.request.pace.census_every,
            forced=self.request.census,
        )
        taker = CensusTaker(
            client=self.client,
            store=self.store,
            site_id=self.site_id,
            occasion=occasion,
            read=lambda ids: self._read_by_id(ids, fields),
            tell=lambda phase: self.progress(Progress(phase=phase)),
        )
        self.counted = taker.take(projects, self.seen)
        self.problems += self.counted.problems

    # -- the record of the run

    def note(self, outcome: Outcome) -> None:
        """Write the row of this run."""
        traffic = self.client.traffic
        ended = None if outcome is Outcome.RUNNING else self.now_ms + round(self.seconds * 1000)
        row = SyncRunRow(
            run_id=self.run_id,
            started_ms=self.now_ms,
            finished_ms=ended,
            outcome=outcome.value,
            requests=traffic.requests,
            issues=len(self.seen),
            changes=self.changes,
            detail=record.as_detail([*self.problems, *record.carried(self.before, self.read_again)]),
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
            issues=IssueCounts(
                seen=len(self.seen),
                inserted=self.inserted,
                updated=self.updated,
                moved=len(self.moved),
                hidden=self.counted.hidden,
                deleted=self.counted.deleted,
            ),
            changes=self.changes,
            requests=traffic.requests,
            retries=traffic.retries,
            waited_seconds=traffic.waited_seconds,
            seconds=self.seconds,
            problems=counts_by_kind(self.problems),
            warnings=tuple(problem.detail for problem in self.counted.problems),
        )
