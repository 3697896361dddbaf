"""Searching: JQL pages with tokens, the count, the match, and the removed search."""

import base64
import binascii
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.jql_parse import JqlError
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.access import is_anonymous, needs_user, state_of
from pmreport.demo.rest.answers import answer, body, dumps, number, words
from pmreport.demo.rest.history_shape import embedded
from pmreport.demo.rest.issue_shape import chosen, issue_json
from pmreport.demo.rest.shapes import field_schema
from pmreport.demo.state import State

REMOVED = (
    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration "
    "guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046"
)
_BARE = {"id", "key", "issuekey", "self"}
_BAD_TOKEN = "The provided next page token is invalid or expired."  # noqa: S105 - a sentence, not a secret


async def search(request: Request) -> Response:
    """One page of a JQL search."""
    state = state_of(request)
    asked = await body(request) if request.method == "POST" else _query(request)
    names = words(asked.get("fields", "id"))
    bare = all(name in _BARE for name in names)
    cap = state.dialect.id_search_cap if bare else state.dialect.search_cap
    size = number(asked.get("maxResults"), 50, "maxResults")
    if size < 0 or size > state.dialect.id_search_cap:
        raise RefusedError(400, "The maxResults parameter must be between 0 and 5000.")
    ids = _found(request, str(asked.get("jql", "")))
    start = _start(asked.get("nextPageToken"), str(asked.get("jql", "")))
    page = ids[start : start + min(cap, size or 50)]
    last = start + len(page) >= len(ids)
    wanted = [] if bare else chosen(names, "*navigable")
    version = request.path_params["version"]
    parts = [_issue(state, issue_id, wanted, version, words(asked.get("expand"))) for issue_id in page]
    tail: dict[str, Any] = {"isLast": last}
    if not last:
        tail["nextPageToken"] = _token(start + len(page), str(asked.get("jql", "")))
    tail |= described(request, words(asked.get("expand")), wanted)
    return answer(f'{{"issues":[{",".join(parts)}],{dumps(tail)[1:]}')


def _query(request: Request) -> dict[str, Any]:
    asked: dict[str, Any] = dict(request.query_params)
    if "fields" in asked:
        asked["fields"] = request.query_params.getlist("fields")
    return asked


def _found(request: Request, jql: str) -> list[int]:
    try:
        return state_of(request).search(jql, anonymous=is_anonymous(request))
    except JqlError as error:
        raise RefusedError(400, str(error)) from None


def _issue(state: State, issue_id: int, fields: list[str], version: str, expand: list[str]) -> str:
    issue = state.corpus.issue(issue_id)
    if issue is None:  # deleted between two pages of one search
        return ""
    extra = f',"changelog":{dumps(embedded(state, issue, version))}' if "changelog" in expand else ""
    return issue_json(state, issue, fields, version, extra)


def _token(start: int, jql: str) -> str:
    return base64.urlsafe_b64encode(dumps([start, jql[:40]]).encode()).decode()


def _start(token: Any, jql: str) -> int:
    if not token:
        return 0
    try:
        start, begin = json.loads(base64.urlsafe_b64decode(str(token)))
    except (ValueError, binascii.Error):
        raise RefusedError(400, _BAD_TOKEN) from None
    if begin != jql[:40] or not isinstance(start, int):
        raise RefusedError(400, _BAD_TOKEN)
    return start


def english(request: Request) -> bool:
    """Whether the request forces English instead of the language of the user."""
    forced = request.headers.get("x-force-accept-language", "").lower() == "true"
    return forced and request.headers.get("accept-language", "").lower().startswith("en")


def described(request: Request, expand: list[str], fields: list[str]) -> dict[str, Any]:
    """The members that expand=names,schema adds."""
    infos = [info for name, info in state_of(request).corpus.site.fields.items() if name in fields]
    found: dict[str, Any] = {}
    if "names" in expand:
        found["names"] = {i.id: i.name if english(request) else i.local_name for i in infos}
    if "schema" in expand:
        found["schema"] = {i.id: schema for i in infos if (schema := field_schema(i))}
    return found


async def removed(_request: Request) -> Response:
    """The old search is gone."""
    raise RefusedError(410, REMOVED)


async def count(request: Request) -> Response:
    """How many issues a bounded JQL finds; exact here, approximate in life."""
    asked = await body(request)
    return answer({"count": len(_found(request, str(asked.get("jql", ""))))})


async def match(request: Request) -> Response:
    """Which of the given issues match each JQL."""
    asked = await body(request)
    wanted = {int(i) for i in asked.get("issueIds", [])}
    matches: list[dict[str, Any]] = []
    for jql in asked.get("jqls", []):
        try:
            found = state_of(request).search(jql, anonymous=False)
            matches.append({"matchedIssues": [i for i in found if i in wanted], "errors": []})
        except JqlError as error:
            matches.append({"matchedIssues": [], "errors": [str(error)]})
    return answer({"matches": matches})


ROUTES = [
    Route("/rest/api/{version}/search/jql", search, methods=["GET", "POST"]),
    Route("/rest/api/{version}/search/approximate-count", count, methods=["POST"]),
    Route("/rest/api/{version}/search", removed, methods=["GET", "POST"]),
    Route("/rest/api/{version}/jql/match", needs_user(match), methods=["POST"]),
]
