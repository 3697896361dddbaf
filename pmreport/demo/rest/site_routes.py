"""The site itself: who I am, fields, statuses, projects, versions, permissions."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.catalogue import Project
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest import shapes
from pmreport.demo.rest.access import is_anonymous, needs_user, state_of
from pmreport.demo.rest.answers import answer, page_bean, window, words
from pmreport.demo.rest.issue_pages import english
from pmreport.demo.stamps import local_date

NO_FILTER = (
    "The selected filter with ID '{}' is not available to you, perhaps it has been deleted "
    "or had its permissions changed."
)


async def myself(request: Request) -> Response:
    """The user of the token, with the zone their JQL dates are read in."""
    site, version = state_of(request).corpus.site, request.path_params["version"]
    shape = shapes.user(site, site.users[site.me], version)
    empty = {"size": 1, "items": []}
    return answer(
        shape
        | {"locale": "pt_PT", "groups": empty, "applicationRoles": empty, "expand": "groups,applicationRoles"}
    )


async def server_info(request: Request) -> Response:
    """What product this is, and what time it has."""
    state = state_of(request)
    site, product = state.corpus.site, state.dialect
    shape = {
        "baseUrl": site.base_url,
        "version": product.version_text,
        "versionNumbers": list(product.product_version),
        "deploymentType": product.deployment_type,
        "buildNumber": product.build_number,
        "buildDate": state.clock.stamp(state.corpus.now_ms - 172_800_000),
        "serverTime": state.clock.stamp(state.corpus.now_ms),
        "serverTimeZone": site.zones.site,
        "scmInfo": "0000000000000000000000000000000000000000",
        "serverTitle": site.title,
    }
    return answer(shapes.spoken(site, "server", shape))


async def tenant(request: Request) -> Response:
    """By which id the gateway knows the site; asked for without a token."""
    return answer({"cloudId": state_of(request).corpus.site.cloud_id})


async def fields(request: Request) -> Response:
    """The fields, named in the user's language unless English is forced; anonymous gets fewer."""
    site = state_of(request).corpus.site
    rows = list(site.fields.values())
    if is_anonymous(request):
        rows = [row for row in rows if row.custom is None]
    return answer([shapes.field_info(site, row, english=english(request)) for row in rows])


async def statuses(request: Request) -> Response:
    """The statuses that still exist; anonymous sees none of the project ones."""
    site, version = state_of(request).corpus.site, request.path_params["version"]
    rows = [] if is_anonymous(request) else [s for s in site.statuses.values() if not s.deleted]
    return answer([shapes.status(site, row, version) for row in rows])


async def priorities(request: Request) -> Response:
    """The priorities, most urgent first."""
    site, version = state_of(request).corpus.site, request.path_params["version"]
    more = {"statusColor": "#707070", "description": ""}
    return answer([shapes.named(site, row, "priority", version) | more for row in site.priorities.values()])


async def resolutions(request: Request) -> Response:
    """The resolutions."""
    site, version = state_of(request).corpus.site, request.path_params["version"]
    return answer([shapes.named(site, row, "resolution", version) for row in site.resolutions.values()])


async def types(request: Request) -> Response:
    """The kinds of issues; team-managed projects have their own."""
    site, version = state_of(request).corpus.site, request.path_params["version"]
    rows = [] if is_anonymous(request) else site.types.values()
    return answer([shapes.issue_type(site, row, version) for row in rows])


async def projects(request: Request) -> Response:
    """A page of projects; empty, and 200, for anonymous."""
    state, version = state_of(request), request.path_params["version"]
    page = window(request, 50, 100)
    wanted = {key.upper() for key in words(request.query_params.getlist("keys"))}
    rows = [] if is_anonymous(request) else sorted(state.corpus.site.projects.values(), key=lambda p: p.key)
    insight = "insight" in words(request.query_params.getlist("expand"))
    shown = [_project(request, row, insight=insight) for row in rows if not wanted or row.key in wanted]
    return answer(page_bean(shown, page, f"{shapes.api(state.corpus.site, version)}/project/search"))


async def every_project(request: Request) -> Response:
    """All projects as a bare array: deprecated on Cloud, the only list on Data Center."""
    rows = [] if is_anonymous(request) else state_of(request).corpus.site.projects.values()
    return answer([_project(request, row) for row in sorted(rows, key=lambda p: p.key)])


def _project(request: Request, row: Project, *, insight: bool = False) -> dict[str, Any]:
    state, version = state_of(request), request.path_params["version"]
    shape = shapes.project(state.corpus.site, row, version) | {
        "expand": "description,lead,issueTypes,url,projectKeys,permissions,insight",
        "style": "next-gen" if row.team_managed else "classic",
        "isPrivate": False,
        "properties": {},
    }
    if insight:
        rows = [r for r in state.corpus.rows.values() if r.project == row.id]
        newest = max((r.updated_ms for r in rows), default=0)
        shape["insight"] = {"totalIssueCount": len(rows), "lastIssueUpdateTime": state.clock.stamp(newest)}
    return shapes.spoken(state.corpus.site, "project", shape)


def _found(request: Request) -> Project:
    name = request.path_params["project"]
    row = state_of(request).corpus.site.project(name)
    if row is None or is_anonymous(request):
        raise RefusedError(404, f"No project could be found with key '{name}'.")
    return row


async def project(request: Request) -> Response:
    """One project, with its lead, types, components and versions."""
    row, site, version = _found(request), state_of(request).corpus.site, request.path_params["version"]
    scoped = row.id if row.team_managed else None
    more = {
        "description": "",
        "lead": shapes.person(site, row.lead, version),
        "assigneeType": "UNASSIGNED",
        "issueTypes": [
            shapes.issue_type(site, t, version) for t in site.types.values() if t.project_id == scoped
        ],
        "components": [
            shapes.component(site, c, version) for c in site.components.values() if c.project == row.id
        ],
        "versions": _versions(request, row),
        "roles": {},
    }
    return answer(_project(request, row) | more)


def _versions(request: Request, row: Project) -> list[dict[str, Any]]:
    state, version = state_of(request), request.path_params["version"]
    today = local_date(state.corpus.now_ms, state.clock.zone).isoformat()
    rows = (v for v in state.corpus.site.versions.values() if v.project == row.id)
    return [shapes.version_full(state.corpus.site, v, version, today) for v in rows]


async def versions(request: Request) -> Response:
    """The versions of a project, as a bare array."""
    return answer(_versions(request, _found(request)))


async def version_page(request: Request) -> Response:
    """The versions of a project, page by page."""
    row, site = _found(request), state_of(request).corpus.site
    link = f"{shapes.api(site, request.path_params['version'])}/project/{row.key}/version"
    return answer(page_bean(_versions(request, row), window(request, 50, 50), link))


async def components(request: Request) -> Response:
    """The components of a project."""
    row, site, version = _found(request), state_of(request).corpus.site, request.path_params["version"]
    shown = [
        shapes.component(site, c, version)
        | {
            "project": row.key,
            "projectId": int(row.id),
            "assigneeType": "PROJECT_DEFAULT",
            "isAssigneeTypeValid": False,
            "lead": shapes.person(site, c.lead, version),
        }
        for c in site.components.values()
        if c.project == row.id
    ]
    return answer(shown)


_PERMISSIONS = ("BROWSE_PROJECTS", "WORK_ON_ISSUES", "EDIT_ISSUES")


async def permissions(request: Request) -> Response:
    """Whether the viewer has the permissions asked about."""
    names = words(request.query_params.getlist("permissions"))
    if not names and state_of(request).dialect.permissions_named:
        raise RefusedError(400, "The 'permissions' query parameter is required.")
    have, corpus = not is_anonymous(request), state_of(request).corpus
    key = request.query_params.get("projectKey")
    project = corpus.site.project(key) if key is not None else None
    if have and key is not None and project is None:
        raise RefusedError(404, f"No project could be found with key '{key}'.")
    have = have and (project is None or project.id not in corpus.closed_projects)
    shown = {
        name: {
            "id": str(10 + n),
            "key": name,
            "name": name,
            "type": "PROJECT",
            "description": "",
            "havePermission": have,
        }
        for n, name in enumerate(names or _PERMISSIONS)
    }
    return answer({"permissions": shown})


async def configuration(request: Request) -> Response:
    """What is switched on, and how long a working day is."""
    on = (
        "votingEnabled",
        "watchingEnabled",
        "unassignedIssuesAllowed",
        "subTasksEnabled",
        "issueLinkingEnabled",
    )
    tracking = {
        "workingHoursPerDay": 8.0,
        "workingDaysPerWeek": 5.0,
        "timeFormat": "pretty",
        "defaultUnit": "minute",
    }
    shape: dict[str, Any] = dict.fromkeys(on, True) | {
        "timeTrackingEnabled": state_of(request).time_tracking,
        "attachmentsEnabled": True,
    }
    more = {"timeTrackingConfiguration": tracking} if state_of(request).time_tracking else {}
    return answer(shape | more)


async def board_filter(request: Request) -> Response:
    """A saved filter: only its JQL matters here."""
    site, version = state_of(request).corpus.site, request.path_params["version"]
    filter_id = request.path_params["filter"]
    board = next((b for b in site.boards.values() if b.filter_id == filter_id), None)
    if board is None or is_anonymous(request):
        raise RefusedError(400, NO_FILTER.format(filter_id))
    link = f"{shapes.api(site, version)}/filter/{filter_id}"
    shape = {"self": link, "id": filter_id, "name": f"Filter for {board.name}", "jql": board.filter_jql}
    return answer(
        shape | {"owner": shapes.person(site, site.me, version), "favourite": False, "sharePermissions": []}
    )


_V = "/rest/api/{version}"
CLOUD_ROUTES = [Route(f"{_V}/project/search", projects), Route("/_edge/tenant_info", tenant)]
ROUTES = [
    Route(f"{_V}/myself", needs_user(myself)),
    Route(f"{_V}/serverInfo", server_info),
    Route(f"{_V}/field", fields),
    Route(f"{_V}/status", statuses),
    Route(f"{_V}/priority", needs_user(priorities)),
    Route(f"{_V}/resolution", needs_user(resolutions)),
    Route(f"{_V}/issuetype", types),
    Route(f"{_V}/project", every_project),
    Route(f"{_V}/project/{{project}}", project),
    Route(f"{_V}/project/{{project}}/versions", versions),
    Route(f"{_V}/project/{{project}}/version", version_page),
    Route(f"{_V}/project/{{project}}/components", components),
    Route(f"{_V}/mypermissions", permissions),
    Route(f"{_V}/configuration", needs_user(configuration)),
    Route(f"{_V}/filter/{{filter}}", board_filter),
]
