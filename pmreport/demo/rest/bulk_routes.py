"""Many at once: issues, histories, comments and worklogs by their ids."""

from collections.abc import Collection
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.issue import History, Issue
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest import history_shape, remark_shape
from pmreport.demo.rest.access import is_anonymous, needs_user, state_of
from pmreport.demo.rest.answers import (
    NO_ISSUE,
    Window,
    answer,
    body,
    dumps,
    listing,
    number,
    page_bean,
    shortened,
    struck,
    words,
)
from pmreport.demo.rest.issue_pages import described, joined, wanted, with_issues
from pmreport.demo.rest.tokens import next_token, start_of
from pmreport.demo.state import State

_EXPAND = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"
_HISTORIES = "histories"
MOST_ISSUES = 100
MOST_ISSUES_WITH_FIELDS = 1000
MOST_IDS = 1000
MOST_FIELDS = 10
MOST_HISTORIES = 10_000


def _issues(request: Request, asked: dict[str, Any], most: int) -> list[Issue]:
    """The issues named, by id; unknown ones are passed over in silence. Raises RefusedError."""
    names = asked.get("issueIdsOrKeys", [])
    if not isinstance(names, list) or not names:
        raise RefusedError(400, "The issueIdsOrKeys parameter must not be empty.")
    if len(names) > most:
        raise RefusedError(400, f"The issueIdsOrKeys parameter must not hold more than {most} values.")
    if is_anonymous(request):
        return []
    found = (state_of(request).corpus.find(str(name)) for name in names)
    return sorted({issue.id: issue for issue in found if issue}.values(), key=lambda issue: issue.id)


async def issues_by_id(request: Request) -> Response:
    """Issues by id or key, in the order of their ids."""
    state, asked = state_of(request), await body(request)
    version = request.path_params["version"]
    named = words(asked.get("fields"))
    most = MOST_ISSUES_WITH_FIELDS if named and not any(n.startswith("*") for n in named) else MOST_ISSUES
    expand = words(asked.get("expand"))
    what = wanted(state.corpus.site, named, expand, version, default="*navigable")
    ids = [issue.id for issue in _issues(request, asked, most)]
    members = {"issueErrors": [], "expand": _EXPAND} | described(request, expand, what.fields)
    return answer(with_issues(joined(state, ids, what), members))


async def histories(request: Request) -> Response:
    """Histories of many issues by date and issue id, so one issue's may lie on several pages."""
    state, asked = state_of(request), await body(request)
    named = words(asked.get("fieldIds"))
    if len(named) > MOST_FIELDS or len(set(named)) != len(named):
        raise RefusedError(400, "The fieldIds parameter must hold at most 10 unique values.")
    size = number(asked.get("maxResults"), 1000, "maxResults")
    if not 1 <= size <= MOST_HISTORIES:
        raise RefusedError(400, "The maxResults parameter must be between 1 and 10000.")
    issues = {issue.id: issue for issue in _issues(request, asked, MOST_IDS)}
    rows = _by_date(state, issues.values(), named)
    token = asked.get("nextPageToken")
    start = start_of(token, _HISTORIES)
    page = [] if struck(request, "empty-page") else rows[start : start + shortened(request, size)]
    logs: dict[int, list[History]] = {}
    for _at, issue_id, row in page:
        logs.setdefault(issue_id, []).append(row)
    shown = [
        _log(state, issues[issue_id], found, request.path_params["version"])
        for issue_id, found in logs.items()
    ]
    end = start + len(page)
    more = {"nextPageToken": next_token(request, token, end, _HISTORIES)} if end < len(rows) else {}
    text = listing({}, "issueChangeLogs", shown)
    return answer(f"{text[:-1]},{dumps(more)[1:]}" if more else text)


def _log(state: State, issue: Issue, rows: list[History], version: str) -> str:
    texts = history_shape.histories(state, issue, rows, version, epoch=True)
    return listing({"issueId": str(issue.id)}, "changeHistories", texts)


def _by_date(state: State, found: Collection[Issue], named: list[str]) -> list[tuple[int, int, History]]:
    """All histories of these issues, or those of some fields; the pages of one question share the answer."""
    fields = state.corpus.site.fields
    names = {fields[f].name for f in named if f in fields}

    def in_order() -> list[tuple[int, int, History]]:
        rows = [(row.at_ms, issue.id, row) for issue in found for row in issue.histories]
        if named:
            rows = [row for row in rows if any(i.field_id in named or i.field in names for i in row[2].items)]
        return sorted(rows)

    return state.histories((*(issue.id for issue in found), *named), in_order)


async def changelog_list(request: Request) -> Response:
    """Histories of one issue by their ids."""
    state, asked = state_of(request), await body(request)
    issue = state.corpus.find(request.path_params["issue"])
    if issue is None or is_anonymous(request):
        raise RefusedError(404, NO_ISSUE)
    named = {int(i) for i in asked.get("changelogIds", [])}
    rows = [row for row in issue.histories if row.id in named]
    shown = history_shape.histories(state, issue, rows, request.path_params["version"])
    bean = {"startAt": 0, "maxResults": len(shown), "total": len(shown)}
    return answer(listing(bean, "histories", shown))


def _ids(asked: dict[str, Any]) -> list[int]:
    ids = asked.get("ids", [])
    if not isinstance(ids, list) or len(ids) > MOST_IDS:
        raise RefusedError(400, "The ids parameter must hold at most 1000 values.")
    return [int(i) for i in ids]


async def comments(request: Request) -> Response:
    """Comments by id."""
    state, asked = state_of(request), await body(request)
    rows = [] if is_anonymous(request) else [state.corpus.comment(i) for i in _ids(asked)]
    shown = [remark_shape.comment(state, row, request.path_params["version"]) for row in rows if row]
    return answer(page_bean(shown, Window(0, MOST_IDS, MOST_IDS)))


async def worklogs(request: Request) -> Response:
    """Worklogs by id, as a bare array; unknown ones are left out."""
    state, asked = state_of(request), await body(request)
    rows = [row for i in _ids(asked) if (row := state.corpus.worklog(i)) and not row.hidden]
    return answer([remark_shape.worklog(state, row, request.path_params["version"]) for row in rows])


CLOUD_ROUTES = [
    Route("/rest/api/{version}/issue/bulkfetch", issues_by_id, methods=["POST"]),
    Route("/rest/api/{version}/changelog/bulkfetch", histories, methods=["POST"]),
    Route("/rest/api/{version}/issue/{issue}/changelog/list", changelog_list, methods=["POST"]),
    Route("/rest/api/{version}/comment/list", comments, methods=["POST"]),
]
ROUTES = [
    Route("/rest/api/{version}/worklog/list", needs_user(worklogs), methods=["POST"]),
]
