"""The door of the simulator: each request is located, counted, perhaps struck by a fault, and signed."""

import asyncio
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pmreport.demo.rest.access import refused, signature, viewer
from pmreport.demo.rest.answers import answer
from pmreport.demo.rest.failing import answered
from pmreport.demo.state import State

CONTROL = "/__simulator/"
_API = "/rest/api/"
_RATE = [
    (b"x-ratelimit-limit", b"5000"),
    (b"x-ratelimit-remaining", b"4999"),
    (b"x-ratelimit-interval-seconds", b"1"),
    (b"x-ratelimit-fillrate", b"1000"),
    (b"retry-after", b"0"),
]
"""What Data Center tells of its token bucket; the wait is told on good answers too, and is nought there."""


def not_found() -> Response:
    """The answer for a path that the product does not have."""
    return answer({"errorMessages": ["Not found"], "errors": {}}, 404)


class Door:
    """The application in front of the routes."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in."""
        path, gateway = self._inside(scope["path"])
        if path is not None and path.startswith(CONTROL):
            scope["path"] = path
            await self._app(scope, receive, send)
            return
        header = next(
            (value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"), ""
        )
        who = viewer(header, self._state, gateway=gateway)
        if self._state.latency_ms:  # others are served meanwhile, as on a line that is long and not narrow
            await asyncio.sleep(self._state.latency_ms / 1000)
        scope["simulator.viewer"] = who
        scope["simulator.transport"] = transport_of(send)
        way_out = self._signed(send, signature(self._state, who), rated=who == "user")
        no = refused(self._state, who, path or "", gateway=gateway, presented=bool(header))
        await self._led(path, no, scope, receive, way_out)

    async def _led(
        self, path: str | None, no: Response | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if path is None:
            await not_found()(scope, receive, send)
            return
        scope["path"] = path
        self._state.requests[path] += 1
        fault = self._state.faults.next(path)
        scope["simulator.fault"] = fault
        app: ASGIApp = self._app if no is None else no
        if fault is None:
            await app(scope, receive, send)
        else:
            await answered(app, fault, scope, receive, send)

    def _inside(self, path: str) -> tuple[str | None, bool]:
        """The path below the context or the gateway, and whether it came by the gateway. None: nowhere."""
        if path.startswith(CONTROL):
            return path, False
        site = self._state.corpus.site
        context, gateway = site.product.context, f"/ex/jira/{site.cloud_id}/"
        through = not site.product.bearer and path.startswith(gateway)
        prefix = gateway[:-1] if through else context
        if not path.startswith(f"{prefix}/"):
            return None, False
        return self._versioned(path[len(prefix) :]), through

    def _versioned(self, path: str) -> str | None:
        """The path with a version that the product has; `latest` is version 2 of both."""
        if not path.startswith(_API):
            return path
        version, _, rest = path[len(_API) :].partition("/")
        if version not in self._state.dialect.versions:
            return None
        return f"{_API}{'2' if version == 'latest' else version}/{rest}"

    def _signed(self, send: Send, headers: list[tuple[bytes, bytes]], *, rated: bool) -> Send:
        rate = _RATE if rated and self._state.dialect.rate_headers else []

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = {name for name, _value in message["headers"]}
                more = [*headers, *rate]
                message["headers"] = [*message["headers"], *(pair for pair in more if pair[0] not in told)]
            await send(message)

        return out


def transport_of(send: Send) -> Any:
    """The connection behind a request: uvicorn offers no other way to cut one."""
    return getattr(getattr(send, "__self__", None), "transport", None)
