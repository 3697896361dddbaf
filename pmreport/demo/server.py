"""The simulator as a web application, and the server that runs it on loopback."""

import socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmreport.demo.dialect import CLOUD, DATACENTER, Dialect
from pmreport.demo.refused import RefusedError
from pmreport.demo.rest import (
    agile_routes,
    bulk_routes,
    control_routes,
    feed_routes,
    issue_routes,
    offset_search_routes,
    search_routes,
    site_routes,
)
from pmreport.demo.rest.answers import refusal
from pmreport.demo.rest.door import Door, not_found
from pmreport.demo.state import State
from pmreport.demo.wire import Protocol

# What one product alone has stands first: `project/search` must not be taken for a project.
_ONLY: dict[str, list[Route]] = {
    CLOUD.name: [
        *search_routes.CLOUD_ROUTES,
        *bulk_routes.CLOUD_ROUTES,
        *issue_routes.CLOUD_ROUTES,
        *site_routes.CLOUD_ROUTES,
    ],
    DATACENTER.name: offset_search_routes.DATACENTER_ROUTES,
}
_ROUTES = [
    *issue_routes.ROUTES,
    *bulk_routes.ROUTES,
    *feed_routes.ROUTES,
    *site_routes.ROUTES,
    *agile_routes.ROUTES,
    *control_routes.ROUTES,
]
HOST = "127.0.0.1"


def routes_of(product: Dialect) -> list[Route]:
    """The resources that a product has, with those of the simulator's own."""
    return [*_ONLY[product.name], *_ROUTES]


def application(state: State) -> Door:
    """The web application of a simulator."""
    app = Starlette(routes=routes_of(state.dialect))
    app.state.simulator = state
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _not_found)
    return Door(app, state)


async def _refused(_request: Request, error: Exception) -> Response:
    return refusal(error) if isinstance(error, RefusedError) else not_found()


async def _not_found(_request: Request, _error: Exception) -> Response:
    return not_found()


def listening(port: int = 0) -> socket.socket:
    """A socket that listens on loopback; port 0 takes a free one."""
    sock = socket.create_server((HOST, port))
    # Accepted connections inherit it; otherwise a small answer waits 40 ms for the client's acknowledgement.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def server(state: State) -> uvicorn.Server:
    """A server that is ready to run on a listening socket."""
    return uvicorn.Server(
        uvicorn.Config(
            application(state),
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            http=Protocol,
            proxy_headers=False,
            timeout_keep_alive=60,  # a client may be busy with what it got for longer than five seconds
            timeout_graceful_shutdown=1,  # a stalled answer holds nobody up
        )
    )
