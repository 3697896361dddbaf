"""Answers that fail on purpose: refusals for being too busy, and answers that are cut off on their way."""

import asyncio
import socket
import struct
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pmreport.demo.faults import Fault

QUOTA_SECONDS = 1847
_BUSY = {
    "429-burst": {"Retry-After": "1", "RateLimit-Reason": "jira-burst-based"},
    "429-quota": {
        "Retry-After": str(QUOTA_SECONDS),
        "RateLimit-Reason": "jira-quota-tenant-based",
        "X-RateLimit-Remaining": "0",
    },
    "429-bare": {},
}


def _too_many(kind: str) -> Response:
    headers = _BUSY.get(kind) or {}
    if kind == "429-date":
        soon = time.time() + 2  # noqa: TID251 - a date for the real client to wait for
        headers = {"Retry-After": formatdate(soon, usegmt=True), "RateLimit-Reason": "jira-burst-based"}
    return Response('{"message":"Too many requests."}', 429, headers, media_type="application/json")


def _unavailable(kind: str) -> Response:
    headers = {"Retry-After": "1"} if kind == "503-retry-after" else {}
    return Response("Service Unavailable", 503, headers, media_type="text/plain")


def _bad_gateway(_kind: str) -> Response:
    page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    return Response(page, 502, media_type="text/html")


_INSTEAD: dict[str, Callable[[str], Response]] = {
    "429-burst": _too_many,
    "429-quota": _too_many,
    "429-bare": _too_many,
    "429-date": _too_many,
    "503": _unavailable,
    "503-retry-after": _unavailable,
    "502-html": _bad_gateway,
}


async def answered(app: ASGIApp, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request that a fault strikes; faults of pages are left to the pages themselves."""
    if instead := _INSTEAD.get(fault.kind):
        await instead(fault.kind)(scope, receive, send)
    elif fault.kind == "reset":
        await _reset(scope)
    else:
        await app(scope, receive, _altered(fault, scope, receive, send))


def _altered(fault: Fault, scope: Scope, receive: Receive, send: Send) -> Send:
    """The way out for an answer: cut short, or never quite arriving."""
    start: list[Message] = []

    async def truncated(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.append(message)
            return
        half = message["body"][: len(message["body"]) // 2]
        await send(_with_length(start[0], len(half)))
        await send({**message, "body": half})

    async def stalled(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            return
        await send({**message, "body": message["body"][: len(message["body"]) // 2], "more_body": True})
        await _gone(receive, fault.seconds)
        await _reset(scope)

    async def zero(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"].append((b"retry-after", b"0"))
        await send(message)

    return {"truncated": truncated, "stalled": stalled, "retry-after-zero": zero}.get(fault.kind, send)


def _with_length(start: Message, length: int) -> Message:
    headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    return {**start, "headers": [*headers, (b"content-length", str(length).encode())]}


async def _gone(receive: Receive, seconds: float) -> None:
    """Wait until the client has given up, or for so many seconds."""

    async def left() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(left(), seconds)
    except TimeoutError:
        return


async def _reset(scope: Scope) -> None:
    """Close the connection under the client's feet: it sees a reset and no farewell."""
    transport: Any = scope["simulator.transport"]
    open_socket = transport.get_extra_info("socket")
    open_socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await asyncio.sleep(0.01)  # until the server has noticed
