"""A tiny web server that says what a test tells it to say, where the simulator is too well behaved."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import requests

ACCOUNT = "712020:0000-pm"
MYSELF = {"accountId": ACCOUNT, "displayName": "Junior PM", "timeZone": "Europe/Berlin"}
SERVER = {
    "baseUrl": "https://acme.example",
    "deploymentType": "Cloud",
    "serverTime": "2026-11-20T10:00:00.000+0000",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. `body` is JSON unless it is bytes; `cut` promises more bytes than it sends."""

    body: Any = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False

    @property
    def content(self) -> bytes:
        """The bytes that go over the wire."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any


class FakeJira:
    """Answers each path with the replies said for it, in turn; the last one repeats. 404 for the rest.

    With a site `behind` it every reply is given once, and everything else is passed on to that site.
    """

    def __init__(self, behind: str | None = None) -> None:
        self.asked: list[Asked] = []
        self._behind = behind
        self._replies: dict[str, list[Reply]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        if behind is None:
            self.say("/rest/api/2/myself", Reply(body=MYSELF))
            self.say("/rest/api/2/serverInfo", Reply(body=SERVER))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def say(self, path: str, *replies: Reply) -> None:
        """What to answer at `path` from now on."""
        self._replies[path] = list(replies)

    def reply(self, asked: Asked) -> Reply:
        """The next answer for this request."""
        self.asked.append(asked)
        waiting = self._replies.get(asked.path)
        if self._behind is not None:
            return waiting.pop(0) if waiting else self._passed_on(asked)
        if not waiting:
            return Reply(status=404, body={"errorMessages": ["There is nothing here."], "errors": {}})
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def _passed_on(self, asked: Asked) -> Reply:
        """What the site behind answers."""
        headers = {"Authorization": asked.headers["Authorization"]}
        found = requests.request(
            asked.method,
            f"{self._behind}{asked.path}",
            params=asked.query,
            json=asked.body,
            headers=headers,
            timeout=20,
        )
        kept = {name: value for name, value in found.headers.items() if name.lower().startswith("x-")}
        return Reply(body=found.content, status=found.status_code, headers=kept)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(fake: FakeJira) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body go apart; without this each answer takes 40 ms

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
            """Say nothing: the test asks `asked`."""

        def _answer(self) -> None:
            place = urlsplit(self.path)
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = fake.reply(
                Asked(
                    method=self.command,
                    path=place.path,
                    query=parse_qs(place.query),
                    headers={name.title(): value for name, value in self.headers.items()},
                    body=json.loads(sent) if sent else None,
                )
            )
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.content) + (100 if reply.cut else 0)))
            self.end_headers()
            self.wfile.write(reply.content)
            self.close_connection = reply.cut

    return Handler
