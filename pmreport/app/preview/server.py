"""The web server of the preview: four pages, none of them a file, on this machine alone."""

import socket
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pmreport.app.preview.door import HOST, Door
from pmreport.app.preview.making import Shown, Workshop
from pmreport.errors import UsageError
from pmreport.render import preview_pages
from pmreport.render.preview_pages import Guarded

_FETCHES_NOTHING = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What holds for a report beside its own policy, which is stricter: one's own page may have none."""


class Pages:
    """The pages about the report `name`."""

    def __init__(self, name: str, workshop: Workshop, *, watching: bool) -> None:
        self._name = name
        self._workshop = workshop
        self._watching = watching

    def begin(self, _request: Request) -> Response:
        """The frame with the report in it where files are watched, else the report."""
        if not self._watching:
            return self.page(_request)
        return _guarded(preview_pages.frame(self._name, self._workshop.now().number))

    def page(self, _request: Request) -> Response:
        """The report, or why it cannot be made."""
        shown = self._workshop.now()
        return _report(shown.page) if shown.trouble is None else self._fault(shown)

    def last(self, _request: Request) -> Response:
        """The last good page."""
        return _report(self._workshop.now().page)

    def state(self, _request: Request) -> Response:
        """How often the page was made, and whether the newest could be."""
        shown = self._workshop.now()
        return JSONResponse({"number": shown.number, "is_whole": shown.trouble is None})

    def _fault(self, shown: Shown) -> Response:
        trouble: Any = shown.trouble
        page = preview_pages.fault(
            self._name,
            trouble.what,
            trouble.where,
            trouble.hint,
            has_last=shown.page is not None,
            watching=self._watching,
        )
        return _guarded(page, status=500)


def serve(pages: Pages, sock: socket.socket, secret: str) -> None:
    """Answer until Ctrl-C."""
    port = sock.getsockname()[1]
    names = {"/": pages.begin, "/page": pages.page, "/last": pages.last, "/state": pages.state}
    app = Starlette(routes=[Route(path, answer) for path, answer in names.items()])
    config = uvicorn.Config(
        Door(app, port=port, secret=secret),
        http="h11",
        ws="none",
        lifespan="off",
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run(sockets=[sock])


def listening(port: int) -> socket.socket:
    """A socket on loopback; port 0 takes a free one. Raises UsageError where the port is taken."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        hint = "name another one, or leave --port out to have a free one"
        raise UsageError(f"port {port} cannot be had: {error.strerror}", hint=hint) from error


def _report(page: str | None) -> Response:
    if page is None:
        return PlainTextResponse("There is no good page yet.\n", 404)
    return HTMLResponse(page, headers={"Content-Security-Policy": _FETCHES_NOTHING})


def _guarded(page: Guarded, status: int = 200) -> Response:
    return HTMLResponse(page.text, status, {"Content-Security-Policy": page.policy})
