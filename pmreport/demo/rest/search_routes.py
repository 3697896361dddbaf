"""Searching on Cloud: JQL pages with tokens, the count, the match, and the removed search."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.jql_parse import JqlError
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.access import is_anonymous, needs_user, state_of
from pmreport.demo.rest.answers import answer, body, number, shortened, struck, words
from pmreport.demo.rest.found import WARNING, found, shown
from pmreport.demo.rest.issue_pages import described, is_bare, joined, wanted, with_issues
from pmreport.demo.rest.tokens import next_token, start_of

REMOVED = (
    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration "
    "guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046"
)
MOST = 100
MOST_BARE = 5000


async def search(request: Request) -> Response:
    """One page of a JQL search."""
    state = state_of(request)
    asked = await body(request) if request.method == "POST" else query(request)
    names, jql, token = (
        words(asked.get("fields", "id")),
        str(asked.get("jql", "")),
        asked.get("nextPageToken"),
    )
    size = number(asked.get("maxResults"), 50, "maxResults")
    if size < 0 or size > MOST_BARE:
        raise RefusedError(400, "The maxResults parameter must be between 0 and 5000.")
    start = start_of(token, jql)
    ids = found(request, jql, start)
    size = shortened(request, min(MOST_BARE if is_bare(names) else MOST, size or 50))
    page = [] if struck(request, "empty-page") else ids[start : start + size]
    last = start + len(page) >= len(ids) or struck(request, "short-walk")
    expand = words(asked.get("expand"))
    what = wanted(state.corpus.site, names, expand, request.path_params["version"], default="*navigable")
    more = {} if last else {"nextPageToken": next_token(request, token, start + len(page), jql)}
    warned = {"warnings": [WARNING]} if struck(request, "warning") else {}
    members = {"isLast": last} | more | warned | described(request, expand, what.fields)
    return answer(with_issues(joined(state, shown(request, page), what), members))


def query(request: Request) -> dict[str, Any]:
    """The parameters of a GET, under the names of the POST body."""
    asked: dict[str, Any] = dict(request.query_params)
    if "fields" in asked:
        asked["fields"] = request.query_params.getlist("fields")
    return asked


async def removed(_request: Request) -> Response:
    """The old search is gone."""
    raise RefusedError(410, REMOVED)


async def count(request: Request) -> Response:
    """How many issues a bounded JQL finds; exact here, approximate in life."""
    asked = await body(request)
    return answer({"count": len(found(request, str(asked.get("jql", ""))))})


async def match(request: Request) -> Response:
    """Which of the given issues match each JQL."""
    asked = await body(request)
    among = {int(i) for i in asked.get("issueIds", [])}
    matches: list[dict[str, Any]] = []
    for jql in asked.get("jqls", []):
        try:
            ids = state_of(request).search(jql, anonymous=is_anonymous(request))
            matches.append({"matchedIssues": [i for i in ids if i in among], "errors": []})
        except JqlError as error:
            matches.append({"matchedIssues": [], "errors": [str(error)]})
    return answer({"matches": matches})


CLOUD_ROUTES = [
    Route("/rest/api/{version}/search/jql", search, methods=["GET", "POST"]),
    Route("/rest/api/{version}/search/approximate-count", count, methods=["POST"]),
    Route("/rest/api/{version}/search", removed, methods=["GET", "POST"]),
    Route("/rest/api/{version}/jql/match", needs_user(match), methods=["POST"]),
]
