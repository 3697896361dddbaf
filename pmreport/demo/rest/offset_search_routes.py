"""Searching on Data Center: pages by offset with their total, up to the window of the search platform."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.access import needs_user, state_of
from pmreport.demo.rest.answers import BAD_PAYLOAD, answer, number, shortened, struck, words
from pmreport.demo.rest.found import WARNING, found, shown
from pmreport.demo.rest.issue_pages import described, joined, wanted, with_issues
from pmreport.demo.rest.search_routes import query

MOST = 1000
MAX_RESULT_WINDOW = 10_000
_KNOWN = {"jql", "startAt", "maxResults", "validateQuery", "fields", "expand"}
_LISTS = ("fields", "expand")
_BEYOND = (
    "Search limit exceeded. We couldn't complete your search because it requests {:,} results "
    "which exceeded the search platform limit of {:,}."
)
_UNKNOWN = (
    'Unrecognized field "{}" (Class com.atlassian.jira.rest.v2.search.SearchRequestBean), '
    "not marked as ignorable"
)


async def search(request: Request) -> Response:
    """One page of a JQL search."""
    state = state_of(request)
    asked = await _body(request) if request.method == "POST" else query(request)
    start = max(0, number(asked.get("startAt"), 0, "startAt"))
    size = number(asked.get("maxResults"), 50, "maxResults")
    size = min(MOST, size) if size >= 0 else MOST
    if start + size > MAX_RESULT_WINDOW:
        raise RefusedError(500, _BEYOND.format(start + size, MAX_RESULT_WINDOW))
    ids = found(request, str(asked.get("jql") or ""), start)
    names, expand = words(asked.get("fields")), words(asked.get("expand"))
    page = ids[start : start + (shortened(request, size) if size else 0)]
    what = wanted(
        state.corpus.site,
        names,
        expand,
        request.path_params["version"],
        default="*navigable",
        tail=',"renderedFields":null',
    )
    members: dict[str, Any] = {
        "expand": "names,schema",
        "startAt": start,
        "maxResults": size,
        "total": len(ids),
    }
    warnings = [WARNING] if struck(request, "warning") else None
    members |= {"names": None, "schema": None, "warningMessages": warnings}
    members |= described(request, expand, what.fields)
    return answer(with_issues(joined(state, shown(request, page), what), members))


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object of a POST; unlike Cloud, an unknown member or an expand that is no array is refused."""
    try:
        asked = json.loads(await request.body() or b"{}")
    except ValueError:
        raise RefusedError(400, BAD_PAYLOAD) from None
    if not isinstance(asked, dict):
        raise RefusedError(400, BAD_PAYLOAD)
    for name in sorted(asked.keys() - _KNOWN):
        raise RefusedError(400, _UNKNOWN.format(name))
    for name in _LISTS:
        if not isinstance(asked.get(name, []), list | None):
            raise RefusedError(400, f"Can not deserialize instance of java.util.ArrayList for '{name}'.")
    return asked


async def max_result_window(_request: Request) -> Response:
    """How deep a search can be paged."""
    return answer(MAX_RESULT_WINDOW)


DATACENTER_ROUTES = [
    Route("/rest/api/{version}/search", search, methods=["GET", "POST"]),
    Route("/rest/api/{version}/searchLimits/maxResultWindow", needs_user(max_result_window)),
]
