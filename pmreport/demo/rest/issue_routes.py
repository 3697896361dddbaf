"""One issue: itself, its changelog, its comments, its worklogs."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.issue import Issue, Worklog
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest import remark_shape, shapes
from pmreport.demo.rest.access import is_anonymous, state_of
from pmreport.demo.rest.answers import (
    NO_ISSUE,
    Window,
    answer,
    dumps,
    listing,
    number,
    page_bean,
    window,
    words,
)
from pmreport.demo.rest.history_shape import embedded, histories
from pmreport.demo.rest.issue_pages import described
from pmreport.demo.rest.issue_shape import chosen, issue_json

CHANGELOG_CAP = 100
WORKLOG_CAP = 5000


def found(request: Request) -> Issue:
    """The issue of the path, by id, key or old key. Raises RefusedError 404, also for anonymous."""
    issue = state_of(request).corpus.find(request.path_params["issue"])
    if issue is None or is_anonymous(request):
        raise RefusedError(404, NO_ISSUE)
    return issue


async def read(request: Request) -> Response:
    """An issue with all its fields, unless some are named."""
    state, version = state_of(request), request.path_params["version"]
    issue = _archived(request) or found(request)
    expand = words(request.query_params.getlist("expand"))
    fields = tuple(chosen(state.corpus.site, words(request.query_params.getlist("fields")), "*all"))
    extra = f',"changelog":{embedded(state, issue, version)}' if "changelog" in expand else ""
    more = described(request, expand, fields)
    if more:
        extra += f",{dumps(more)[1:-1]}"
    written = issue_json(state, issue, fields, version, extra)
    if issue.id in state.corpus.fates:
        when = dumps(state.clock.stamp(state.corpus.now_ms))
        written = written.replace('"fields":{', f'"fields":{{"archiveddate":{when},', 1)
    return answer(written)


def _archived(request: Request) -> Issue | None:
    """An archived issue, where the product still shows it to whoever knows its name."""
    state = state_of(request)
    if is_anonymous(request) or not state.dialect.archived_by_name:
        return None
    issue = state.corpus.out_of_sight(request.path_params["issue"])
    return issue if issue is not None and state.corpus.fates.get(issue.id) == "archived" else None


async def changelog(request: Request) -> Response:
    """The histories of an issue, oldest first, at most a hundred a page."""
    state, issue, version = state_of(request), found(request), request.path_params["version"]
    link = f"{shapes.api(state.corpus.site, version)}/issue/{issue.id}/changelog"
    bean = page_bean(issue.histories, window(request, CHANGELOG_CAP, CHANGELOG_CAP), link)
    return answer(listing(bean, "values", histories(state, issue, bean["values"], version)))


async def comments(request: Request) -> Response:
    """The comments of an issue: no isLast here, only the total."""
    state, issue, version = state_of(request), found(request), request.path_params["version"]
    page = window(request, state.dialect.comment_page, state.dialect.comment_cap)
    rows = list(issue.comments)
    if request.query_params.get("orderBy") == "-created":
        rows.reverse()
    shown = [remark_shape.comment(state, row, version) for row in rows[page.start : page.end]]
    return answer({"startAt": page.start, "maxResults": page.size, "total": len(rows), "comments": shown})


async def worklogs(request: Request) -> Response:
    """The worklogs of an issue, by when they were made; the bounds are about when work started."""
    state, issue, version = state_of(request), found(request), request.path_params["version"]
    if not state.time_tracking:
        raise RefusedError(404, "Time tracking is not enabled.")
    rows, page = _worklogs(request, issue.worklogs, paged=state.dialect.worklog_pages)
    seen = [row for row in rows[page.start : page.end] if not row.hidden]
    shown = [remark_shape.worklog(state, row, version) for row in seen]
    return answer({"startAt": page.start, "maxResults": page.size, "total": len(rows), "worklogs": shown})


def _worklogs(request: Request, rows: list[Worklog], *, paged: bool) -> tuple[list[Worklog], Window]:
    """The worklogs asked for, and which of them are told; without pages the parameters are not read."""
    if not paged:
        return rows, Window(0, len(rows), len(rows))
    after = number(request.query_params.get("startedAfter"), -1, "startedAfter")
    before = number(request.query_params.get("startedBefore"), 1 << 60, "startedBefore")
    bounded = [row for row in rows if after <= row.started_ms < before]
    return bounded, window(request, WORKLOG_CAP, WORKLOG_CAP)


CLOUD_ROUTES = [Route("/rest/api/{version}/issue/{issue}/changelog", changelog)]
ROUTES = [
    Route("/rest/api/{version}/issue/{issue}", read),
    Route("/rest/api/{version}/issue/{issue}/comment", comments),
    Route("/rest/api/{version}/issue/{issue}/worklog", worklogs),
]
