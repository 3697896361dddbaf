"""The rows that the typed tables must hold, made from the objects of the simulator and from nothing else.

No parser, no timeline and no sync of pmreport is used here: only the classes of the rows, to speak alike.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pmreport.demo.catalogue import Board, Site, Sprint
from pmreport.demo.changes import CLASSIC_POINTS, SPRINT, TEAM_POINTS
from pmreport.demo.corpus import Corpus
from pmreport.model import rows
from pmreport.model.query import Query
from pmreport.store.engine import Store
from pmreport.store.tables import TABLES
from tests.support.issue_truth import Rows, issue_rows

Row = tuple[Any, ...]
Truth = Mapping[type[Row], Collection[Row]]

OF_SITE = (
    rows.ProjectRow,
    rows.StatusRow,
    rows.PriorityRow,
    rows.ResolutionRow,
    rows.IssueTypeRow,
    rows.ComponentRow,
    rows.VersionRow,
    rows.BoardRow,
    rows.BoardColumnRow,
    rows.BoardSprintRow,
    rows.SprintRow,
)
OF_ISSUES = (
    rows.IssueRow,
    rows.IssueChangeRow,
    rows.WorklogRow,
    rows.CommentItemRow,
    rows.IssueLinkRow,
    rows.IssueValueRow,
    rows.IssueStatusRow,
    rows.IssueSprintRow,
    rows.IssueEstimateRow,
)
_SHOWN = 8  # rows of one table in a difference


def truth(corpus: Corpus, projects: Sequence[str]) -> Truth:
    """The rows of these projects; deleted worklogs are left out."""
    site = corpus.site
    wanted = [project.id for key in projects if (project := site.project(key))]
    boards = [board for name in wanted for board in _boards_of(site, name)]
    found: dict[type[Row], set[Row]] = {row_type: set() for row_type in (*OF_SITE, *OF_ISSUES)}
    told = [*_of_site(site, wanted), *_of_boards(corpus, boards)]
    for issue in corpus.issues():
        if issue.project in wanted:
            told += issue_rows(corpus, issue, _points(boards, issue.project))
    for row in told:
        found[type(row)].add(row)
    return found


def _boards_of(site: Site, project: str) -> list[Board]:
    return sorted(
        (each for each in site.boards.values() if each.project == project), key=lambda each: each.id
    )


def _points(boards: Iterable[Board], project: str) -> tuple[str, ...]:
    """Where a size is looked for: what the project's boards estimate in, else all that may hold points."""
    estimating = [board for board in boards if board.estimation_field and board.kind != "kanban"]
    own = [board.estimation_field or "" for board in estimating if board.project == project]
    others = [board.estimation_field or "" for board in estimating]
    return tuple(own[:1]) or (*others, TEAM_POINTS, CLASSIC_POINTS)


def _of_site(site: Site, projects: Collection[str]) -> Rows:
    team_managed = site.product.name == "cloud"  # Data Center has none, and does not say
    for each in site.projects.values():
        if each.id in projects:
            yield rows.ProjectRow(int(each.id), each.key, each.name, team_managed and each.team_managed)
    for status in site.statuses.values():
        if not status.deleted:
            yield rows.StatusRow(status.id, status.name, status.category)
    yield from (rows.PriorityRow(each.id, each.name) for each in site.priorities.values())
    yield from (rows.ResolutionRow(each.id, each.name) for each in site.resolutions.values())
    yield from (rows.IssueTypeRow(each.id, each.name, each.level < 0) for each in site.types.values())
    for component in site.components.values():
        if component.project in projects:
            yield rows.ComponentRow(component.id, component.name)
    for version in site.versions.values():
        if version.project in projects:
            ids = (int(version.id), int(version.project))
            yield rows.VersionRow(*ids, version.name, version.release, version.released)


def _of_boards(corpus: Corpus, boards: Iterable[Board]) -> Rows:
    site = corpus.site
    for board in boards:
        with_sprints = board.kind != "kanban"
        estimation = board.estimation_field if with_sprints else None
        yield rows.BoardRow(board.id, board.name, board.kind, board.filter_jql, estimation, with_sprints)
        last = max(place for place, column in enumerate(board.columns) if column[1])
        for place, (name, statuses) in enumerate(board.columns):
            for status in statuses:
                yield rows.BoardColumnRow(board.id, status, name, place, place == last)
        if with_sprints:
            held = {each for i in corpus.issues() if i.project == board.project for each in i.sprints}
            for sprint in site.sprints.values():
                if sprint.board_id == board.id or sprint.id in held:
                    yield rows.BoardSprintRow(board.id, sprint.id)
                    yield _sprint(site, sprint)


def _sprint(site: Site, sprint: Sprint) -> rows.SprintRow:
    """Cloud shows the click as the start; Data Center shows the plan, and the click beside it."""
    cloud = site.product.clicks_as_start
    return rows.SprintRow(
        sprint_id=sprint.id,
        origin_board_id=sprint.board_id,
        name=sprint.name,
        state=sprint.state,
        goal=sprint.goal or None,
        start_ms=sprint.start_ms if cloud else sprint.planned_start_ms or sprint.start_ms,
        activated_ms=None if cloud else sprint.start_ms,
        end_ms=sprint.end_ms,
        complete_ms=sprint.complete_ms,
    )


def stored(store: Store) -> dict[type[Row], list[Row]]:
    """The same tables as the store has them, deleted worklogs included, the names of sprints left out."""
    found: dict[type[Row], list[Row]] = {}
    with store.reading() as reader:
        for row_type in (*OF_SITE, *OF_ISSUES):
            table = TABLES[row_type]
            text = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 - own names only
            found[row_type] = list(reader.rows(Query(text, row_type)))
    values: list[Any] = found[rows.IssueValueRow]
    found[rows.IssueValueRow] = [
        row._replace(value_text=None) if row.field_id == SPRINT else row for row in values
    ]
    return found


def difference(store: Store, corpus: Corpus, projects: Sequence[str]) -> list[str]:
    """Each row that the store lacks or has too many, in words, table by table; empty where all is true."""
    there, lines = stored(store), []
    known = {_sprint(corpus.site, each) for each in corpus.site.sprints.values()}
    for row_type, wanted in truth(corpus, projects).items():
        found = [row for row in there[row_type] if getattr(row, "deleted_ms", None) is None]
        if row_type is rows.SprintRow:  # one that no board shows any more is kept as it is
            found = [row for row in found if row in wanted or row not in known]
        name = TABLES[row_type].name
        for word, odd in (
            ("missing", Counter(wanted) - Counter(found)),
            ("not so on the site", Counter(found) - Counter(wanted)),
        ):
            listed = sorted(odd.elements(), key=repr)
            lines += [f"{name}, {word}: {row}" for row in listed[:_SHOWN]]
            lines += [f"{name}, {word}: {len(listed) - _SHOWN} more"] if len(listed) > _SHOWN else []
    return lines
