"""Who asks: the credentials of a request, and how Jira treats the refused ones."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from pmreport.demo.refused import RefusedError
from pmreport.demo.rest.answers import refusal
from pmreport.demo.state import State

Viewer = Literal["user", "anonymous", "refused"]
Handler = Callable[[Request], Awaitable[Response]]


def viewer(request: Request, state: State) -> Viewer:
    """The user; anonymous without credentials; refused with a wrong or a dead token."""
    header = request.headers.get("authorization")
    if not header:
        return "anonymous"
    scheme, _, secret = header.partition(" ")
    if state.credentials == "ok" and scheme.lower() == "basic" and _decoded(secret) == _expected(state):
        return "user"
    return "refused"


def _decoded(secret: str) -> str:
    try:
        return base64.b64decode(secret, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _expected(state: State) -> str:
    return f"{state.corpus.site.email}:{state.corpus.site.token}"


def state_of(request: Request) -> State:
    """The simulator behind a request."""
    state: State = request.app.state.simulator
    return state


def is_anonymous(request: Request) -> bool:
    """Whether the request is served as anonymous, refused credentials included."""
    return viewer(request, state_of(request)) != "user"


def needs_user(handler: Handler) -> Handler:
    """A resource without anonymous access: 401 for anybody but the user."""

    async def guarded(request: Request) -> Response:
        if is_anonymous(request):
            return refusal(RefusedError(401))
        return await handler(request)

    return guarded


async def gate(request: Request, state: State, call: Handler) -> Response:
    """Every request passes here: counted, perhaps failed on purpose, and signed by who asked."""
    if request.url.path.startswith("/__simulator/"):
        return await call(request)
    state.requests[request.url.path] += 1
    fault = await state.fault(request) if state.fault else None
    response = fault or await call(request)
    who = viewer(request, state)
    if who == "user":
        response.headers["X-AAccountId"] = state.corpus.site.me
    elif who == "refused":
        response.headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED"
    return response
