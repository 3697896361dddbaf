"""A schedule of misfortune played against a small site, with an account of what happened."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from pmreport.demo.corpus import Corpus
from pmreport.demo.edits import apply
from pmreport.errors import ExitStatus, PmreportError, TryLaterError, UnreachableError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import Patience
from pmreport.model import rows
from pmreport.model.instant import from_ms
from pmreport.store.engine import Store
from pmreport.sync.run import SyncRequest, sync
from pmreport.sync.settings import ScopeSettings, SyncSettings
from pmreport.sync.summary import Outcome, Progress
from tests.support.held_store import Killed, Plug
from tests.support.issue_truth import worklog_row
from tests.support.lines import Line
from tests.support.schedules import Kill, Plan, Run, SteadyFaults
from tests.support.site_truth import difference
from tests.support.small_edits import any_edit
from tests.support.syncing import stored
from tests.support.wholeness import halves

CALM = Run(edits=0, page_size=50, connections=4)
_LATER_MS = 600_000  # the feeds of the site hold the last minute back
_QUOTA_SECONDS = 1847.0
_IMPATIENT = 0.2
_PATIENT = 20.0


@dataclass(slots=True, kw_only=True)
class Player:
    """One schedule while it is played. `account` is what happened so far, in words."""

    plan: Plan
    corpus: Corpus
    line: Line
    store: Store
    plug: Plug | None
    account: list[str] = field(default_factory=list)
    dice: random.Random = field(init=False)
    worklogs: set[rows.WorklogRow] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    looked_ms: set[int] = field(default_factory=set)
    hidden: bool = False
    waits: int = 0
    words: int = 0

    def __post_init__(self) -> None:
        """Take the place of whoever was served before."""
        self.dice = random.Random(self.plan.seed)  # noqa: S311 - a story, no secret
        self.corpus.revision += 1_000_000 * (self.plan.seed + 1)  # no search of another corpus is remembered
        self.line.state.corpus = self.corpus
        for issue in self.corpus.issues():
            self._remember(issue.id)

    def play(self) -> list[str]:
        """Every run, and one on a calm day, which must end complete; whatever is wrong afterwards, in words."""
        for run in self.plan.runs:
            self._befall(run)
            if wrong := halves(self.store, self.corpus, strict=not self.hidden):
                return wrong
        self.corpus.now_ms += _LATER_MS
        if (ended := self._befall(CALM)) is not Outcome.COMPLETE:
            return [f"a calm day, and the run ended {ended}"]
        return [
            *halves(self.store, self.corpus, strict=True),
            *difference(self.store, self.corpus, self.plan.projects),
            *self._unburied(),
        ]

    # -- one run

    def _befall(self, run: Run) -> Outcome:
        self.account.append(f"{run}")
        for _ in range(run.edits):
            self._edit()
        acts: dict[int, Callable[[], None]] = dict.fromkeys(run.meanwhile, self._edit)
        if run.cut:
            acts[run.cut[0]] = self.line.cut
        self.line.state.faults = SteadyFaults(run.faults, at_search=acts)
        self.hidden |= any(fault.kind == "vanish" for fault in run.faults)
        self.waits = self.words = 0
        self._set_fuse(run.kill)
        self.looked_ms.add(self.corpus.now_ms)
        ended = self._ended(run)
        self.line.mend()
        self.line.state.faults = SteadyFaults()
        self.account.append(f"  -> {ended}")
        self.seen |= {row.worklog_id for row in stored(self.store, rows.WorklogRow)}
        return ended

    def _set_fuse(self, kill: Kill | None) -> None:
        if self.plug is not None and kill is not None and kill.at == "statement":
            self.plug.fuse = kill.count

    def _ended(self, run: Run) -> Outcome:
        """How the run ended, as the store itself must have noted it."""
        before = len(stored(self.store, rows.SyncRunRow)) if self.plug is None else 0
        try:
            self._sync(run)
        except Killed as killed:
            self.account.append(f"  killed {killed}")
            if self.plug is not None:
                self.plug.revive()
            return Outcome.RUNNING
        except (TryLaterError, UnreachableError) as error:
            self.account.append(f"  {error.status.name}: {error} ({error.hint})")
            self._check_message(error)
            self._check_fuse()
            return Outcome.PARTIAL
        self._check_fuse()
        assert before <= len(stored(self.store, rows.SyncRunRow))
        return Outcome.COMPLETE

    def _check_fuse(self) -> None:
        if self.plug is not None:
            self.plug.fuse = None

    def _check_message(self, error: PmreportError) -> None:
        """The person is told what to do; after a used-up quota also when."""
        assert error.hint
        assert error.what
        if "quota" in error.what:
            assert isinstance(error, TryLaterError)
            assert error.resume_after_seconds == _QUOTA_SECONDS
            assert error.status is ExitStatus.TRY_LATER
            self.corpus.now_ms += int(1000 * _QUOTA_SECONDS)

    def _sync(self, run: Run) -> None:
        site = self.line.site
        timeout = _IMPATIENT if run.stalls else _PATIENT
        patience = Patience(
            sleep=lambda s: self._wait(s, run), jitter=lambda: 0.0, timeout=(timeout, timeout)
        )
        request = SyncRequest(
            scope=ScopeSettings(projects=self.plan.projects),
            pace=SyncSettings(page_size=run.page_size, connections=run.connections),
        )
        with JiraClient(
            SiteSettings(name="aurora", url=site.url),
            Credential(token=site.token, email=site.email),
            patience=patience,
            connections=run.connections,
        ) as client:
            now = from_ms(self.corpus.now_ms)
            sync(
                client,
                self.store,
                request,
                now=now,
                full=run.full,
                progress=lambda p: self._hear(p, run.kill),
            )

    def _wait(self, seconds: float, run: Run) -> None:
        """Time passes on the site, and nowhere else."""
        self.corpus.now_ms += int(1000 * seconds)
        self.waits += 1
        if run.kill == Kill(at="wait", count=self.waits):
            raise Killed(f"at wait {self.waits}")
        if run.cut and self.waits >= run.cut[1]:
            self.line.mend()

    def _hear(self, progress: Progress, kill: Kill | None) -> None:
        self.words += 1
        if kill == Kill(at="progress", count=self.words):
            raise Killed(f"at '{progress.phase}', {progress.done} done")

    # -- what people do meanwhile

    def _edit(self) -> None:
        projects = [project for key in self.plan.projects if (project := self.corpus.site.project(key))]
        edit = any_edit(self.dice, self.corpus, projects)
        self.account.append(f"  {edit} touches {apply(self.corpus, edit)}")
        if "issue" in edit:
            self._remember(int(edit["issue"]))

    def _remember(self, issue_id: int) -> None:
        """The worklogs as they are now: they are told of a last time when they are deleted."""
        if issue := self.corpus.issue(issue_id):
            self.worklogs |= {worklog_row(self.corpus.site, row, issue_id) for row in issue.worklogs}

    def _unburied(self) -> list[str]:
        """Deleted worklogs that are not marked so, or marked ones that were never deleted, or never so."""
        deleted = {worklog_id: at_ms for at_ms, worklog_id in self.corpus.deleted_worklogs}
        there = stored(self.store, rows.WorklogRow)
        marked = {row.worklog_id: row for row in there if row.deleted_ms is not None}
        lost = (self.seen & deleted.keys()) - marked.keys()
        odd = [
            row
            for row in marked.values()
            if row._replace(deleted_ms=None) not in self.worklogs
            or row.deleted_ms not in {deleted.get(row.worklog_id), *self.looked_ms}
        ]
        return [
            *(f"worklog {each} was deleted, and is not marked so" for each in sorted(lost)),
            *(f"worklog, marked as deleted: {row}" for row in [*odd, *(marked.keys() - deleted.keys())]),
        ]
