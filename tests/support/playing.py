"""A schedule of misfortune played against a small site, with an account of what happened."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pmreport.demo.corpus import Corpus
from pmreport.demo.edits import apply
from pmreport.errors import ExitStatus, TryLaterError, UnreachableError
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
from tests.support.burials import Burials
from tests.support.held_store import Killed, Plug
from tests.support.lines import Line
from tests.support.schedules import Kill, Moment, Plan, Run, SteadyFaults
from tests.support.site_truth import difference
from tests.support.small_edits import any_edit
from tests.support.syncing import stored
from tests.support.wholeness import halves

CALM = Run(edits=0, page_size=50, connections=4)
_LATER_MS = 600_000  # the feeds of the site hold the last minute back
_QUOTA_SECONDS = 1847.0
_IMPATIENT_SECONDS = 0.2
_PATIENT_SECONDS = 20.0


@dataclass(slots=True, kw_only=True)
class Player:
    """One schedule while it is played. `account` is what happened so far, in words.

    `plug` kills the store; None for one that is opened anew for each batch.
    """

    plan: Plan
    corpus: Corpus
    line: Line
    store: Store
    plug: Plug | None
    account: list[str] = field(default_factory=list)
    dice: random.Random = field(init=False)
    burials: Burials = field(init=False)
    waits: int = 0
    words: int = 0

    def __post_init__(self) -> None:
        """Take the place of whoever was served before."""
        self.dice = random.Random(self.plan.seed)  # noqa: S311 - a story, no secret
        self.burials = Burials(self.corpus)
        self.corpus.revision += 1_000_000 * (self.plan.seed + 1)  # no search of another corpus is remembered
        self.line.state.corpus = self.corpus

    def play(self) -> list[str]:
        """Every run, and one on a calm day that must end complete; what is wrong afterwards, in words."""
        for run in self.plan.runs:
            self.befall(run)
            vanished = any(fault.kind == "vanish" for each in self.plan.runs for fault in each.faults)
            if wrong := halves(self.store, self.corpus, strict=not vanished):
                return wrong
        self.corpus.now_ms += _LATER_MS
        if (ended := self.befall(CALM)) is not Outcome.COMPLETE:
            return [f"a calm day, and the run ended {ended}"]
        return [
            *halves(self.store, self.corpus),
            *difference(self.store, self.corpus, self.plan.projects),
            *self.burials.wrong(self.store),
        ]

    # -- one run

    def befall(
        self, run: Run, meanwhile: Mapping[Moment, Callable[[], None]] = MappingProxyType({})
    ) -> Outcome:
        """One run with all that befalls it, and what else happens at some requests; how it ended."""
        self.account.append(f"{run}")
        for _ in range(run.edits):
            self.edit()
        acts: dict[Moment, Callable[[], None]] = {**dict.fromkeys(run.meanwhile, self.edit), **meanwhile}
        if run.cut:
            acts[run.cut[0]] = self.line.cut
        self.line.state.faults = SteadyFaults(run.faults, acts=acts)
        self.waits = self.words = 0
        self.burials.runs_ms.add(self.corpus.now_ms)
        ended = self._ended(run)
        self.line.mend()
        self.line.state.faults = SteadyFaults()
        self.account.append(f"  -> {ended}")
        self.burials.look(self.store)
        return ended

    def _ended(self, run: Run) -> Outcome:
        """How the run ended, which the store itself must have noted."""
        before = self._runs()
        if self.plug is not None and run.kill is not None and run.kill.at == "statement":
            self.plug.fuse = run.kill.count
        try:
            self._sync(run)
        except Killed as killed:
            self.account.append(f"  killed {killed}")
            if self.plug is not None:
                self.plug.revive()
            return Outcome.RUNNING
        except (TryLaterError, UnreachableError) as error:
            self.account.append(f"  {error.status.name}: {error} ({error.hint})")
            self._unfuse()
            self._hear_out(error)
            assert self._noted(since=before) in ([], [Outcome.PARTIAL])  # [] where it never signed in
            return Outcome.PARTIAL
        self._unfuse()
        assert self._noted(since=before) == [Outcome.COMPLETE]
        return Outcome.COMPLETE

    def _runs(self) -> set[str]:
        return {row.run_id for row in stored(self.store, rows.SyncRunRow)}

    def _noted(self, *, since: set[str]) -> list[str]:
        """The outcomes of the runs that were not there before."""
        return [row.outcome for row in stored(self.store, rows.SyncRunRow) if row.run_id not in since]

    def _unfuse(self) -> None:
        if self.plug is not None:
            self.plug.fuse = None

    def _hear_out(self, error: TryLaterError | UnreachableError) -> None:
        """The person is told what to do; after a used-up quota also when."""
        assert error.what
        assert error.hint
        if "quota" in error.what:
            assert isinstance(error, TryLaterError)
            assert error.status is ExitStatus.TRY_LATER
            assert error.resume_after_seconds == _QUOTA_SECONDS
            assert f"{_QUOTA_SECONDS:.0f} seconds" in error.what
            self.corpus.now_ms += int(1000 * _QUOTA_SECONDS)

    def _sync(self, run: Run) -> None:
        site = self.line.site
        timeout = _IMPATIENT_SECONDS if run.stalls else _PATIENT_SECONDS
        patience = Patience(
            sleep=lambda seconds: self._wait(seconds, run), jitter=lambda: 0.0, timeout=(timeout, timeout)
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
            sync(
                client,
                self.store,
                request,
                now=from_ms(self.corpus.now_ms),
                full=run.full,
                progress=lambda progress: self._hear(progress, run.kill),
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

    def edit(self) -> None:
        """Somebody does something on the site."""
        projects = [project for key in self.plan.projects if (project := self.corpus.site.project(key))]
        change = any_edit(self.dice, self.corpus, projects)
        self.account.append(f"  {change} touches {apply(self.corpus, change)}")
        self.burials.remember(self.corpus.find(str(change.get("issue", ""))))
