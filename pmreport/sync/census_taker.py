"""Taking the census: the projects walked by ids alone, the missing asked for, the store brought in step."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pmreport.jira.client import JiraClient
from pmreport.jira.parse.values import integer
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import IssueRow, ProjectRow, SyncCursorRow
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from pmreport.sync import census, out_of_sight, plan, walk
from pmreport.sync.census import CensusCursor, Errand, KnownIssue, Look, Sighting, Verdicts
from pmreport.sync.settings import USUAL_LIMIT

_WAY_OUT = (
    "look at the project in Jira, and if they are really gone, run one sync with a higher `census_limit` in"
    " the section [sync]: 1.0 believes everything"
)
_ASKED = ("project", "archiveddate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When a census is taken, and with which eyes: as the run that takes it.

    `limit` is the share of a project's issues that may vanish at once and be believed.
    """

    now_ms: int
    server_ms: int
    zone: ZoneInfo | None
    since: date | None
    every: timedelta
    forced: bool
    limit: Decimal = USUAL_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusResult:
    """How many issues went out of sight, and how many of those out of sight are now called deleted."""

    hidden: int = 0
    deleted: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, kw_only=True)
class CensusTaker:
    """One census. Nothing is noted before everything was seen, and the token is known to be alive still.

    `cursors` are those that the runs before left. `read` reads issues whole into the store, by their ids, and
    says which of them there were; `tell` hears what is being done.
    """

    client: JiraClient
    store: Store
    site_id: int
    occasion: Occasion
    cursors: Mapping[str, str]
    read: Callable[[Sequence[int]], Collection[int]]
    tell: Callable[[str], None]
    _marks: list[IssueRow] = field(default_factory=list)
    _cursors: list[SyncCursorRow] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _moved: set[int] = field(default_factory=set)
    _hidden: int = 0
    _deleted: int = 0

    def take(self, projects: Sequence[ProjectRow], read_before: Collection[int]) -> CensusResult:
        """Look after the issues of these projects where it is due.

        `read_before` are those that this run has read already: where they are all that is known, the run
        itself was the first census. Raises what the client raises; then nothing is noted.
        """
        for project in projects:
            self._visit(project, read_before)
        self._follow_moves([project.project_id for project in projects])
        if self._marks:
            self.client.myself()  # has no answer for anonymous visitors: the token is alive
        self.store.apply(self.site_id, Batch(upserts=[*self._marks, *self._cursors]))
        return CensusResult(hidden=self._hidden, deleted=self._deleted, problems=tuple(self._problems))

    def _visit(self, project: ProjectRow, read_before: Collection[int]) -> None:
        scope = f"census:{project.project_key}"
        cursor = census.parse_cursor(self.cursors.get(scope))
        at = self.occasion
        due = census.errand(cursor, now_ms=at.now_ms, every=at.every, forced=at.forced)
        if due is Errand.NOTHING:
            return
        known = out_of_sight.known(self.store, self.site_id, project.project_id)
        if cursor.taken_ms is None and not at.forced and {each.issue_id for each in known} <= {*read_before}:
            self._cursors.append(self._cursor(scope, CensusCursor(taken_ms=at.now_ms)))
            return
        self.tell(f"looking for issues of {project.project_key} that are gone")
        if not self.client.may_browse(project.project_key):
            self._stop(project, "the token's user may not browse the project any more")
            return
        unconfirmed = cursor.unconfirmed
        if due is Errand.SECOND_LOOK:
            known = [each for each in known if each.issue_id in unconfirmed and each.unseen_since_ms]
        seen = self._walk(project, known) if due is Errand.WALK else set()
        look = self._look_up(project, known, seen, unconfirmed)
        verdicts = census.judge(known, look, now_ms=at.now_ms, limit=at.limit)
        taken_ms = at.now_ms if due is Errand.WALK else cursor.taken_ms
        self._conclude(
            project, known, verdicts, CensusCursor(taken_ms=taken_ms, unconfirmed=verdicts.waiting)
        )

    # -- looking

    def _walk(self, project: ProjectRow, known: Collection[KnownIssue]) -> set[int]:
        """The ids that a search shows; of the whole project where `since` leaves out many that are known."""
        since = self.occasion.since.isoformat() if self.occasion.since else None
        seen = self._called(plan.terms([project.project_key], None, since, None))
        missing = sum(each.issue_id not in seen and each.unseen_since_ms is None for each in known)
        if since is not None and missing > self.client.dialect.by_id:
            all_of_it = self._called(plan.terms([project.project_key], None, None, None))
            seen |= all_of_it & {each.issue_id for each in known}
        return seen

    def _called(self, terms: str) -> set[int]:
        trail = walk.roll(self.client, terms, self.occasion.zone, self.occasion.server_ms)
        return walk.ids(self.client, trail)

    def _look_up(
        self,
        project: ProjectRow,
        known: Collection[KnownIssue],
        seen: set[int],
        unconfirmed: frozenset[int],
    ) -> Look:
        """Ask for those missing by their ids, until they are all found or too many are not to be had."""
        missing = census.to_look_up(known, seen, unconfirmed)
        found: dict[int, Sighting] = {}
        most, absent = census.most_lost(known, self.occasion.limit) + len(unconfirmed), 0
        for ids in plan.chunks(missing, self.client.dialect.by_id):
            here = dict(map(_sighting, self.client.whereabouts(ids, _ASKED)))
            found |= here
            absent += len(ids) - sum(each.project_id is not None for each in here.values())
            if absent > most:
                break
        return Look(project_id=project.project_id, seen=seen, found=found, unconfirmed=unconfirmed)

    # -- concluding

    def _conclude(
        self, project: ProjectRow, known: Collection[KnownIssue], verdicts: Verdicts, cursor: CensusCursor
    ) -> None:
        if verdicts.alarm:
            most = census.most_lost(known, self.occasion.limit)
            too_many = f"more than {most} of its {len(known)} issues are out of sight at once"
            self._stop(project, f"{too_many}; {_WAY_OUT}")
            return
        if (verdicts.lost or verdicts.doubtful) and not self.client.may_browse(project.project_key):
            self._stop(project, "the token's user may not browse the project any more")
            return
        self.read(sorted(verdicts.to_read))
        self._moved |= verdicts.moved
        deleted = verdicts.doubtful - self._named(verdicts.doubtful)
        rows = out_of_sight.issues(self.store, self.site_id, verdicts.lost | deleted)
        self._marks += [_mark(row, deleted, self.occasion.now_ms) for row in rows]
        self._hidden, self._deleted = self._hidden + len(verdicts.lost), self._deleted + len(deleted)
        self._cursors.append(self._cursor(f"census:{project.project_key}", cursor))

    def _named(self, doubtful: Collection[int]) -> set[int]:
        """Those that an issue in sight still names: they exist. What stands near them is read anew for that.

        A deletion takes links and parents away without touching the `updated` of the issues left behind.
        """
        near = {each.issue_id for each in out_of_sight.neighbours(self.store, self.site_id, doubtful)}
        there = self.read(sorted(near))  # one that went out of sight just now proves nothing
        left = out_of_sight.neighbours(self.store, self.site_id, doubtful)
        return {each.named_id for each in left if each.issue_id in there}

    def _follow_moves(self, project_ids: Sequence[int]) -> None:
        """An issue that moved to a project which is not synced is out of sight from then on."""
        moved = dict.fromkeys(self._moved, self.occasion.now_ms)  # where no history says when
        moved |= dict(out_of_sight.strays(self.store, self.site_id, project_ids))
        rows = out_of_sight.issues(self.store, self.site_id, moved.keys())
        self._marks += [
            row._replace(unseen_since_ms=moved[row.issue_id])
            for row in rows
            if row.project_id not in project_ids
        ]

    def _stop(self, project: ProjectRow, why: str) -> None:
        """Believe nothing of what was seen. The census stays due."""
        what = f"nothing was noted as deleted in {project.project_key}: {why}"
        self._problems.append(Problem(ProblemKind.CENSUS_STOPPED, project.project_key, what))

    def _cursor(self, scope: str, cursor: CensusCursor) -> SyncCursorRow:
        return SyncCursorRow(scope, cursor.as_text(), self.occasion.now_ms)


def _sighting(found: dict[str, Any]) -> tuple[int, Sighting]:
    content = found.get("fields")
    fields = content if isinstance(content, dict) else {}
    project = fields.get("project")
    project_id = integer(project.get("id")) if isinstance(project, dict) else None
    return int(found["id"]), Sighting(project_id=project_id, archived=bool(fields.get("archiveddate")))


def _mark(row: IssueRow, deleted: Collection[int], now_ms: int) -> IssueRow:
    if row.issue_id in deleted:
        return row._replace(deleted_ms=now_ms)
    return row._replace(unseen_since_ms=now_ms)
