"""The simulator as a web application, and the server that runs it on loopback."""

import socket

import uvicorn
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response

from pmreport.demo.refused import RefusedError
from pmreport.demo.rest import (
    agile_routes,
    bulk_routes,
    control_routes,
    feed_routes,
    issue_routes,
    search_routes,
    site_routes,
)
from pmreport.demo.rest.access import gate
from pmreport.demo.rest.answers import answer, refusal
from pmreport.demo.state import State

_ROUTES = [
    *search_routes.ROUTES,
    *bulk_routes.ROUTES,
    *issue_routes.ROUTES,
    *feed_routes.ROUTES,
    *site_routes.ROUTES,
    *agile_routes.ROUTES,
    *control_routes.ROUTES,
]
HOST = "127.0.0.1"


def application(state: State) -> Starlette:
    """The web application of a simulator."""
    app = Starlette(routes=_ROUTES)
    app.state.simulator = state
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _not_found)
    app.add_middleware(BaseHTTPMiddleware, dispatch=_gate)
    return app


async def _gate(request: Request, call: RequestResponseEndpoint) -> Response:
    state: State = request.app.state.simulator
    asked = request.url.path.removeprefix("/rest/api/")
    if asked != request.url.path and asked.partition("/")[0] not in state.dialect.versions:
        return await gate(request, state, _missing)
    return await gate(request, state, call)


async def _missing(request: Request) -> Response:
    return await _not_found(request, Exception())


async def _refused(_request: Request, error: Exception) -> Response:
    return refusal(error) if isinstance(error, RefusedError) else await _not_found(_request, error)


async def _not_found(_request: Request, _error: Exception) -> Response:
    return answer({"errorMessages": ["Not found"], "errors": {}}, 404)


def listening(port: int = 0) -> socket.socket:
    """A socket that listens on loopback; port 0 takes a free one."""
    sock = socket.create_server((HOST, port))
    # Accepted connections inherit it; otherwise a small answer waits 40 ms for the client's acknowledgement.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def server(state: State) -> uvicorn.Server:
    """A server that is ready to run on a listening socket."""
    return uvicorn.Server(
        uvicorn.Config(application(state), log_level="error", access_log=False, lifespan="off", ws="none")
    )
