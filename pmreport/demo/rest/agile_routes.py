"""Boards and sprints."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.catalogue import Board, Project, Site, Sprint
from pmreport.demo.changes import RANK
from pmreport.demo.corpus import Corpus
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest import shapes
from pmreport.demo.rest.access import needs_user, state_of
from pmreport.demo.rest.answers import answer, page_bean, window, words
from pmreport.demo.rest.shapes import agile, spoken
from pmreport.demo.rest.sprint_shape import sprint

_ORDER = {"closed": 0, "active": 1, "future": 2}
NO_BOARD = (
    "The requested board cannot be viewed because it either does not exist "
    "or you do not have permission to view it."
)


def _board(site: Site, row: Board) -> dict[str, Any]:
    project = site.projects[row.project]
    location: dict[str, Any] = {
        "projectId": int(project.id),
        "displayName": f"{project.name} ({project.key})",
        "projectName": project.name,
        "projectKey": project.key,
        "projectTypeKey": "software",
        "avatarURI": f"{site.base_url}/avatar/{project.key}?size=24",
        "name": f"{project.name} ({project.key})",
    }
    if row.owner:  # a person's own board; it shows the project all the same
        name = site.users[row.owner].name
        location = {"userAccountId": row.owner, "displayName": name, "name": name}
    shape = {"id": row.id, "self": f"{agile(site)}/board/{row.id}", "name": row.name, "type": row.kind}
    return spoken(site, "board", shape | {"location": location, "isPrivate": row.private})


async def boards(request: Request) -> Response:
    """The boards, at most fifty a page, by type, name or project."""
    state, query = state_of(request), request.query_params
    site = state.corpus.site
    rows = sorted(site.boards.values(), key=lambda board: board.id)
    if kinds := words(query.getlist("type")):
        rows = [row for row in rows if row.kind in kinds]
    if name := query.get("name"):
        rows = [row for row in rows if name.lower() in row.name.lower()]
    if wanted := query.get("projectKeyOrId"):
        project = site.project(wanted)
        if project is None:
            raise RefusedError(400, f"No project could be found with key or id '{wanted}'.")
        rows = [row for row in rows if row.project == project.id]
    cap = state.dialect.board_cap
    return answer(page_bean([_board(site, row) for row in rows], window(request, cap, cap)))


def _found(request: Request) -> Board:
    name = request.path_params["board"]
    row = state_of(request).corpus.site.boards.get(int(name)) if name.isdigit() else None
    if row is None:
        raise RefusedError(404, NO_BOARD)
    return row


async def board(request: Request) -> Response:
    """One board."""
    return answer(_board(state_of(request).corpus.site, _found(request)))


async def configuration(request: Request) -> Response:
    """Columns, estimation and filter of a board."""
    site, row = state_of(request).corpus.site, _found(request)
    project = site.projects[row.project]
    shape: dict[str, Any] = {
        "id": row.id,
        "name": row.name,
        "type": row.kind,
        "self": f"{agile(site)}/board/{row.id}/configuration",
        "location": _place(site, row, project),
        "filter": {"id": row.filter_id, "self": f"{site.base_url}/rest/api/2/filter/{row.filter_id}"},
        "columnConfig": {
            "columns": [_column(site, *column) for column in row.columns],
            "constraintType": "none",
        },
        "ranking": {"rankCustomFieldId": int(RANK.rpartition("_")[2])},
    }
    if row.kind == "kanban":
        shape["subQuery"] = {"query": "fixVersion in unreleasedVersions() OR fixVersion is EMPTY"}
    elif row.estimation_field:
        field = site.fields[row.estimation_field]
        shape["estimation"] = {"type": "field", "field": {"fieldId": field.id, "displayName": field.name}}
    else:
        shape["estimation"] = {"type": "issueCount"}
    return answer(spoken(site, "board configuration", shape))


def _place(site: Site, row: Board, project: Project) -> dict[str, Any]:
    if row.owner:
        return {"type": "user", "id": row.owner, "name": site.users[row.owner].name}
    link = f"{site.base_url}/rest/api/2/project/{project.id}"
    return {"type": "project", "key": project.key, "id": project.id, "self": link, "name": project.name}


async def board_projects(request: Request) -> Response:
    """The projects whose issues a board shows."""
    site, row = state_of(request).corpus.site, _found(request)
    shape = shapes.project(site, site.projects[row.project], "2")
    return answer(page_bean([shape], window(request, 50, 50)))


def _column(site: Site, name: str, ids: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": name,
        "statuses": [{"id": i, "self": f"{site.base_url}/rest/api/2/status/{i}"} for i in ids],
    }


async def sprints(request: Request) -> Response:
    """The sprints a board shows, its own and those its issues have been in: closed, active, future."""
    state, row = state_of(request), _found(request)
    if row.kind == "kanban":
        raise RefusedError(400, state.dialect.no_sprints)
    rows = shown_sprints(state.corpus, row)
    if states := words(request.query_params.getlist("state")):
        rows = [each for each in rows if each.state in states]
    cap = state.dialect.board_cap
    bean = page_bean([sprint(state.corpus.site, each) for each in rows], window(request, cap, cap))
    return answer(spoken(state.corpus.site, "sprint page", bean))


def shown_sprints(corpus: Corpus, board: Board) -> list[Sprint]:
    """A board's own sprints and other boards' sprints that hold an issue of its project."""
    foreign = {
        sprint_id for issue in corpus.told() if issue.project == board.project for sprint_id in issue.sprints
    }
    rows = [s for s in corpus.site.sprints.values() if s.board_id == board.id or s.id in foreign]
    return sorted(rows, key=lambda s: (_ORDER[s.state], s.start_ms or s.created_ms))


async def one_sprint(request: Request) -> Response:
    """One sprint."""
    site, name = state_of(request).corpus.site, request.path_params["sprint"]
    row = site.sprints.get(int(name)) if name.isdigit() else None
    if row is None:
        raise RefusedError(404, "Sprint does not exist")
    return answer(sprint(site, row))


_A = "/rest/agile/1.0"
ROUTES = [
    Route(f"{_A}/board", needs_user(boards)),
    Route(f"{_A}/board/{{board}}", needs_user(board)),
    Route(f"{_A}/board/{{board}}/configuration", needs_user(configuration)),
    Route(f"{_A}/board/{{board}}/project", needs_user(board_projects)),
    Route(f"{_A}/board/{{board}}/sprint", needs_user(sprints)),
    Route(f"{_A}/sprint/{{sprint}}", needs_user(one_sprint)),
]
