"""The two feeds of the whole site: worklogs updated, and worklogs deleted, since an instant."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.rest import shapes
from pmreport.demo.rest.access import needs_user, state_of
from pmreport.demo.rest.answers import answer, number
from pmreport.demo.state import State

PAGE = 1000
HIDDEN_MS = 60_000
"""Nothing from the last minute is told."""


def _page(request: Request, state: State, rows: list[tuple[int, int]], name: str) -> Response:
    """A page of (instant, worklog id), oldest first; `until` is where the next call begins."""
    since = number(request.query_params.get("since"), 0, "since")
    horizon = state.corpus.now_ms - HIDDEN_MS
    known = [row for row in sorted(rows) if since <= row[0] <= horizon]
    shown, last = known[:PAGE], len(known) <= PAGE
    until = horizon if last else shown[-1][0]
    link = f"{shapes.api(state.corpus.site, request.path_params['version'])}/worklog/{name}"
    values = [
        {"worklogId": worklog_id, "updatedTime": at_ms, "properties": []} for at_ms, worklog_id in shown
    ]
    bean: dict[str, Any] = {
        "values": values,
        "since": since,
        "until": until,
        "self": f"{link}?since={since}",
        "lastPage": last,
        "isLastPage": last,
    }
    more = {} if last else {"nextPage": f"{link}?since={until}"}
    return answer(shapes.spoken(state.corpus.site, "worklog feed", bean | more))


async def updated(request: Request) -> Response:
    """Worklogs made or edited."""
    state = state_of(request)
    return _page(request, state, state.corpus.worklogs_updated(), "updated")


async def deleted(request: Request) -> Response:
    """Worklogs deleted: the only tombstones Jira has."""
    state = state_of(request)
    return _page(request, state, state.corpus.deleted_worklogs, "deleted")


ROUTES = [
    Route("/rest/api/{version}/worklog/updated", needs_user(updated)),
    Route("/rest/api/{version}/worklog/deleted", needs_user(deleted)),
]
