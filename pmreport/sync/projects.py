"""The issues of the projects, brought up to date.

What is new, or changed by the thousand, is read by its ids: the ids alone are asked for, which is quick, and
the issues behind them side by side. What has changed since yesterday fits on one page of one search over all
projects. Either way the ids are asked for once more, until nobody is missing: the search index loses sight of
an issue for a moment, and pages shift while they are read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from pmreport.jira.parse.values import instant_ms, integer
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import ProjectRow, SyncCursorRow
from pmreport.store.batch import Batch
from pmreport.sync import plan, stored, walk
from pmreport.sync.intake import Intake, unheard
from pmreport.sync.plan import Cursor
from pmreport.sync.summary import Progress
from pmreport.sync.walk import Trail, Walk

Json = dict[str, Any]

_ROLL_CALLS = 4  # how often the issues are counted through, while some are missing


@dataclass(slots=True, kw_only=True)
class Projects:
    """The projects of a run.

    `zone` is the one in which Jira reads dates, `server_ms` its clock when the run began.
    """

    intake: Intake
    zone: ZoneInfo | None
    server_ms: int
    progress: Callable[[Progress], None]

    def read(self, projects: Mapping[ProjectRow, Cursor]) -> None:
        """Bring every project up to date, each from its cursor."""
        cursors = dict(projects)
        for project, cursor in projects.items():
            if not cursor.settled:
                cursors[project] = self._read_by_id(project, cursor)
        if cursors and not self._read_page(cursors):
            for project, cursor in cursors.items():
                self._read_by_id(project, cursor)

    # -- everything, or a great deal

    def _read_by_id(self, project: ProjectRow, cursor: Cursor) -> Cursor:
        """Read the issues that changed since the cursor, in the order of their ids; the cursor after them."""
        store, site_id = self.intake.store, self.intake.site_id
        cursor = cursor.begun(self.server_ms)
        phase = f"issues of {project.project_key}"
        trail = self._roll([project], cursor)
        done = 0 if cursor.through_id is None else cursor.through_id
        known = {each for each in stored.issues_of(store, site_id, project.project_id) if each <= done}
        counted = self.intake.client.count(trail.terms) or 0

        for call in range(_ROLL_CALLS):
            missing = sorted(walk.ids(self.intake.client, trail) - known)
            if not missing:
                break
            if call:  # those were passed by: a run that ends here must come back to them
                self._move(project, cursor.through(missing[0] - 1))
            self._listen(phase, len(known), len(known) + len(missing))
            known |= self.intake.by_id(
                missing,
                again=cursor.updated_ms is None,
                moved=lambda through: [self._row(project, cursor.through(through))],
            )
        self.intake.heard = unheard
        self._check(project, counted, len(known))
        self.progress(Progress(phase=phase, done=len(known)))
        newest = stored.newest_update(store, site_id, before_ms=cursor.began_ms or self.server_ms)
        return self._move(project, cursor.up_to(newest))

    def _check(self, project: ProjectRow, counted: int, read: int) -> None:
        """Say so where Jira counts more issues than it shows."""
        lacking = counted - read
        if lacking > counted * self.intake.client.dialect.count_slack:
            what = f"{lacking} of {counted} issues were not to be had"
            self.intake.tally.problems.append(Problem(ProblemKind.TOTAL_MISMATCH, project.project_key, what))

    # -- what has changed since the last run

    def _read_page(self, cursors: Mapping[ProjectRow, Cursor]) -> bool:
        """Read what has changed in all projects, if it fits on a page; whether it did."""
        phase = "what has changed"
        self.progress(Progress(phase=phase))
        client, fields = self.intake.client, self.intake.fields
        projects = list(cursors)
        oldest = min(cursors.values(), key=lambda each: each.updated_ms or 0)
        trail = self._roll(projects, oldest)
        size = min(self.intake.page_size, client.dialect.search_page)
        page = client.search(f"{trail.terms} ORDER BY updated ASC, key ASC", fields.asked, size=size)
        if page.go_on is not None:
            return False
        states = _states(page.issues)
        self.intake.given(page.issues)
        for _ in range(_ROLL_CALLS):
            called = self._states(trail)
            missing = sorted(each for each, stamp in called.items() if stamp > states.get(each, -1))
            if not missing:
                break
            self.intake.by_id(missing)
            states |= called
        newest = min(max(states.values(), default=0), self.server_ms)
        moved = [self._row(project, cursor.up_to(newest or None)) for project, cursor in cursors.items()]
        self.intake.store.apply(self.intake.site_id, Batch(upserts=moved))
        self.progress(Progress(phase=phase, done=len(states)))
        return True

    def _states(self, trail: Trail) -> dict[int, int]:
        """The stamps of the last change of all issues that a few pages name."""
        stamped = replace(trail, fields=("created", "updated"), size=self.intake.client.dialect.search_page)
        pages = Walk(client=self.intake.client, trail=stamped).pages()
        return _states([each for page in pages for each in page])

    # -- the ids alone

    def _roll(self, projects: Sequence[ProjectRow], cursor: Cursor) -> Trail:
        keys = [each.project_key for each in projects]
        terms = plan.terms(keys, cursor.updated_ms, cursor.since, self.zone)
        return walk.roll(self.intake.client, terms, self.zone, self.server_ms)

    # -- the cursors

    def _row(self, project: ProjectRow, cursor: Cursor) -> SyncCursorRow:
        return SyncCursorRow(plan.scope_of(project.project_key), cursor.as_text(), self.intake.now_ms)

    def _move(self, project: ProjectRow, cursor: Cursor) -> Cursor:
        self.intake.store.apply(self.intake.site_id, Batch(upserts=[self._row(project, cursor)]))
        return cursor

    def _listen(self, phase: str, before: int, total: int) -> None:
        self.progress(Progress(phase=phase, done=before, total=total))
        self.intake.heard = lambda read: self.progress(Progress(phase=phase, done=before + read, total=total))


def _states(found: Sequence[Json]) -> dict[int, int]:
    """When each issue was changed last, by its id; 0 where it does not say."""
    return {
        each_id: instant_ms((each.get("fields") or {}).get("updated")) or 0
        for each in found
        if (each_id := integer(each.get("id"))) is not None
    }
