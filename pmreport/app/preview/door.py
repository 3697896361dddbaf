"""The door of the preview: who may come in, and what every answer carries.

A page in another tab can ask loopback too, under any name that somebody lets lead there. Let in is who calls
this server by its name, asks to read, and knows the secret part of the address; nobody else gets a word.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
_NAMES = (HOST, "localhost")
_METHODS = ("GET", "HEAD")
_ALWAYS = (
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class Door:
    """The application in front of the pages, on `port`, below the path `secret`."""

    def __init__(self, app: ASGIApp, *, port: int, secret: str) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}".encode() for name in _NAMES}
        self._below = f"/{secret}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or turn it away."""
        await self._inside(scope)(scope, receive, _carrying(send))

    def _inside(self, scope: Scope) -> ASGIApp:
        hosts = [value.lower() for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return PlainTextResponse("This server has another name.\n", 421)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("This can be read alone.\n", 405, {"Allow": ", ".join(_METHODS)})
        if not scope["path"].startswith(self._below):
            return PlainTextResponse("There is nothing here.\n", 404)
        scope["path"] = scope["path"][len(self._below) - 1 :]
        return self._app


def _carrying(send: Send) -> Send:
    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *_ALWAYS]
        await send(message)

    return out
