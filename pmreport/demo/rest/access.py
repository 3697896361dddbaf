"""Who asks: the credentials of a request, and how Jira treats the refused ones."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.answers import answer, refusal
from pmreport.demo.state import State

Viewer = Literal["user", "anonymous", "refused"]
Handler = Callable[[Request], Awaitable[Response]]
_HTML = (
    "<html><head><title>Unauthorized (401)</title></head><body>"
    "<h1>Basic Authentication Failure - Reason : {}</h1></body></html>"
)
_ADMINS = ("configuration", "project", "quickfilter")


def viewer(header: str, state: State, *, gateway: bool) -> Viewer:
    """The user; anonymous without credentials; refused with a wrong or a dead token."""
    if not header:
        return "anonymous"
    scheme, _, secret = header.partition(" ")
    good = state.credentials == "ok" and _opens(state, scheme.lower(), secret, gateway=gateway)
    return "user" if good else "refused"


def _opens(state: State, scheme: str, secret: str, *, gateway: bool) -> bool:
    site = state.corpus.site
    if site.product.bearer:
        password = f"{site.users[site.me].username}:{site.password}"
        known = secret == site.token if scheme == "bearer" else state.basic and _decoded(secret) == password
        return known and scheme in {"bearer", "basic"}
    tokens = (site.token, site.scoped_token) if gateway else (site.token,)
    return scheme == "basic" and _decoded(secret) in {f"{site.email}:{token}" for token in tokens}


def _decoded(secret: str) -> str:
    try:
        return base64.b64decode(secret, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def refused(state: State, who: Viewer, path: str, *, gateway: bool, presented: bool) -> Response | None:
    """The answer to a request that does not even reach a resource; None for all others."""
    if presented and state.credentials == "captcha":
        return _captcha(state)
    if gateway:
        return _at_the_gateway(state, who, path)
    if who == "refused" and not state.dialect.refused_as_anonymous:
        return Response(_HTML.format("AUTHENTICATED_FAILED"), 401, media_type="text/html")
    return _unlicensed(state, who, path)


def _unlicensed(state: State, who: Viewer, path: str) -> Response | None:
    """The no of a site that has Jira without boards."""
    if state.licensed or who != "user" or not path.startswith("/rest/agile/"):
        return None
    return refusal(RefusedError(403, "The user does not have a valid license."))


def _captcha(state: State) -> Response:
    """After too many failures: the password is not even looked at, a human must log in."""
    login = f"CAPTCHA_CHALLENGE; login-url={state.corpus.site.base_url}/login.jsp"
    headers = {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED", "X-Authentication-Denied-Reason": login}
    return Response(_HTML.format("AUTHENTICATION_DENIED"), 403, headers, media_type="text/html")


def _at_the_gateway(state: State, who: Viewer, path: str) -> Response | None:
    if who != "user":
        return answer({"code": 401, "message": "Unauthorized"}, 401)
    if needed_scope(path) not in state.scopes:
        return answer({"code": 401, "message": "Unauthorized; scope does not match"}, 401)
    return _unlicensed(state, who, path)


def needed_scope(path: str) -> str:
    """The scope a path needs; the private charts are in none."""
    if path.endswith("/myself"):
        return "read:jira-user"
    if path.startswith("/rest/api/"):
        return "read:jira-work"
    if not path.startswith("/rest/agile/"):
        return "none"
    if path.rpartition("/")[2] in _ADMINS:
        return "read:board-scope.admin:jira-software"
    return "read:sprint:jira-software" if "/sprint" in path else "read:board-scope:jira-software"


def signature(state: State, who: Viewer) -> list[tuple[bytes, bytes]]:
    """The headers by which each answer tells who was heard."""
    site = state.corpus.site
    failed = [(b"x-seraph-loginreason", b"AUTHENTICATED_FAILED")] if who == "refused" else []
    if not site.product.bearer:
        return [(b"x-aaccountid", site.me.encode())] if who == "user" else failed
    if who != "user":
        return [(b"x-ausername", b"anonymous"), *failed]
    name = site.users[site.me].username or ""
    return [(b"x-ausername", name.encode()), (b"x-seraph-loginreason", b"OK")]


def state_of(request: Request) -> State:
    """The simulator behind a request."""
    state: State = request.app.state.simulator
    return state


def is_anonymous(request: Request) -> bool:
    """Whether the request is served as anonymous, refused credentials included."""
    return bool(request.scope["simulator.viewer"] != "user")


def needs_user(handler: Handler) -> Handler:
    """A resource without anonymous access: 401 for anybody but the user."""

    async def guarded(request: Request) -> Response:
        if is_anonymous(request):
            return refusal(RefusedError(401))
        return await handler(request)

    return guarded
