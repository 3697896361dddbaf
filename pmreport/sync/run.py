"""One sync: from Jira into the store, in steps that are each whole."""

import gc
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from pmreport.errors import BadDataError, PmreportError
from pmreport.jira.client import JiraClient
from pmreport.jira.parse.issue import IssueFields
from pmreport.metrics.settings import FieldSettings
from pmreport.model.instant import to_ms
from pmreport.model.problem import Problem, ProblemKind, counts_by_kind
from pmreport.model.rows import ProjectRow, SyncRunRow
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from pmreport.sync import plan, record, scope_change, site, stored, worklogs
from pmreport.sync.boards import own_sprints
from pmreport.sync.census_taker import CensusResult, CensusTaker, Occasion
from pmreport.sync.intake import Intake
from pmreport.sync.plan import Cursor
from pmreport.sync.projects import Projects
from pmreport.sync.settings import ScopeSettings, SyncSettings
from pmreport.sync.sign_in import SignIn, sign_in
from pmreport.sync.site import SiteReading, Wanted
from pmreport.sync.summary import IssueCounts, Outcome, Progress, SyncSummary
from pmreport.sync.tally import Tally

_SWITCH_SECONDS = 0.001


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
    signed_in = sign_in(client)
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
        with _at_full_speed():
            run.read()
    except PmreportError:
        run.note_failure()
        raise
    run.note(Outcome.COMPLETE)
    if not stored.issue_count(store, site_id):
        raise _empty(request.scope)
    return run.summary(Outcome.COMPLETE)


@contextmanager
def _at_full_speed() -> Iterator[None]:
    """Tell Python what a sync is like, until it has ended.

    No search for cycles of objects: JSON has none, and it took a third of the time. And the workers give way
    to each other more often: whoever waits for an answer, or for the store, does not wait for the others too.
    """
    searching, interval = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if searching:
            gc.enable()


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
    tally: Tally = field(default_factory=Tally)
    counted: CensusResult = field(default_factory=CensusResult)
    before: tuple[Problem, ...] = field(init=False)
    cursors: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Look at what the runs before left behind."""
        with self.store.reading() as reader:
            left = () if self.full else reader.rows(record.detail_query(self.site_id))
            self.cursors = stored.cursors(reader, self.site_id)
        self.before = record.problems_from_rows(left)

    # -- the steps

    def read(self) -> None:
        """All of it, in an order in which every reference is known before it is used."""
        self.progress(Progress(phase="fields, boards and sprints"))
        wanted_site = Wanted(
            scope=self.request.scope, fields=self.request.fields, cursors=self.cursors, full=self.full
        )
        reading = site.read(self.client, self.store, self.site_id, wanted_site, self.now_ms)
        self.tally.problems += reading.problems
        self.store.apply(self.site_id, reading.batch)
        wanted = self._wanted_fields(reading)
        intake = self._intake(wanted)
        projects = Projects(
            intake=intake, zone=self.signed_in.zone, server_ms=self.server_ms, progress=self.progress
        )
        fed_until = worklogs.begin(intake, self.cursors.get(worklogs.SCOPE), self.server_ms)
        projects.read({project: self._cursor(project, wanted) for project in reading.projects})
        worklogs.read_feeds(intake, fed_until)
        self._take_census(reading.projects, intake)
        self._leave_out(reading)
        self.progress(Progress(phase="done", done=len(self.tally.seen)))

    @property
    def server_ms(self) -> int:
        """Jira's clock when the run began."""
        return self.signed_in.server_ms or self.now_ms

    def _intake(self, fields: IssueFields) -> Intake:
        return Intake(
            client=self.client,
            store=self.store,
            site_id=self.site_id,
            fields=fields,
            now_ms=self.now_ms,
            page_size=self.request.pace.page_size,
            tally=self.tally,
        )

    def _cursor(self, project: ProjectRow, fields: IssueFields) -> Cursor:
        before = plan.parse_cursor(self.cursors.get(plan.scope_of(project.project_key)))
        settings = self.request.fields
        chosen = [each for each in (settings.story_points, settings.sprint) if each]
        return plan.start(
            before,
            since=self.request.scope.since,
            fields=fields.asked,
            full=self.full,
            chosen=", ".join(chosen),
        )

    def _wanted_fields(self, reading: SiteReading) -> IssueFields:
        """The fields to read; one that the site does not have is a problem and no dead end."""
        known = reading.fields
        further = {name: known.names.get(name.lower()) for name in self.request.further_fields}
        self.tally.problems += [
            Problem(ProblemKind.UNKNOWN_FIELD, name) for name, found in further.items() if found is None
        ]
        names = {str(each.sprint_id): each.name for each in own_sprints(reading.boards).values()}
        return IssueFields(
            known=known,
            further=tuple(found for found in further.values() if found),
            sprint_names=names,
        )

    def _take_census(self, projects: Sequence[ProjectRow], intake: Intake) -> None:
        """Look for what is out of sight, where it is time."""
        occasion = Occasion(
            now_ms=self.now_ms,
            server_ms=self.server_ms,
            zone=self.signed_in.zone,
            since=self.request.scope.since,
            every=self.request.pace.census_every,
            forced=self.request.census,
            limit=self.request.pace.census_limit,
        )
        taker = CensusTaker(
            client=self.client,
            store=self.store,
            site_id=self.site_id,
            occasion=occasion,
            cursors=self.cursors,
            read=intake.by_id,
            tell=lambda phase: self.progress(Progress(phase=phase)),
        )
        self.counted = taker.take(projects, self.tally.seen)
        self.tally.problems += self.counted.problems

    def _leave_out(self, reading: SiteReading) -> None:
        """Let go of what the scope no longer holds."""
        scope_change.apply(
            self.store,
            self.site_id,
            self.request.scope,
            reading,
            cursors=self.cursors,
            now_ms=self.now_ms,
        )

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
            issues=len(self.tally.seen),
            changes=self.tally.changes,
            detail=record.as_detail(
                [*self.tally.problems, *record.carried(self.before, self.tally.read_again)]
            ),
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
        traffic, tally = self.client.traffic, self.tally
        return SyncSummary(
            status=outcome,
            issues=IssueCounts(
                seen=len(tally.seen),
                inserted=tally.inserted,
                updated=tally.updated,
                moved=len(tally.moved),
                hidden=self.counted.hidden,
                deleted=self.counted.deleted,
            ),
            changes=tally.changes,
            requests=traffic.requests,
            retries=traffic.retries,
            waited_seconds=traffic.waited_seconds,
            seconds=self.seconds,
            problems=counts_by_kind(tally.problems),
            warnings=tuple(problem.detail for problem in self.counted.problems),
        )
