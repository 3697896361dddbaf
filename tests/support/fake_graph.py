"""Microsoft at the far rim: a small Graph that takes mail on loopback, and its login as canned answers."""

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True, kw_only=True)
class Graph:
    """What Graph answers, and what it has seen: the paths, the headers and the messages.

    `status` 0 hangs up in the middle.
    """

    status: int = 202
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    paths: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)


@contextmanager
def graph(known: Graph) -> Iterator[Graph]:
    """Graph while the block runs; `base` says where."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a message, or refuse it."""
            content = self.rfile.read(int(self.headers["Content-Length"]))
            known.paths.append(self.path)
            known.asked.append(dict(self.headers.items()))
            known.messages.append(base64.b64decode(content))
            if not known.status:
                self.close_connection = True
                return
            body = known.body.encode()
            self.send_response(known.status)
            for name, value in {**known.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's word
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        server.daemon_threads = True
        known.base = f"http://127.0.0.1:{server.server_address[1]}/v1.0"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield known
        finally:
            server.shutdown()
            thread.join(5)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of Microsoft's login, as the library wants it."""

    status_code: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Login:
    """Microsoft's login as the library asks it: `answers` in turn to what is posted, kept in `posted`."""

    answers: list[dict[str, Any]]
    is_there: bool = True
    posted: list[Mapping[str, Any]] = field(default_factory=list)

    def get(self, url: str, **_: Any) -> Answer:
        """What is to be known of a tenant."""
        if "/discovery/instance" in url:
            return Answer(200, json.dumps({"metadata": []}))
        if not self.is_there:
            return Answer(400, json.dumps({"error": "invalid_tenant"}))
        home = url.partition("/v2.0")[0]
        return Answer(
            200,
            json.dumps(
                {
                    "authorization_endpoint": f"{home}/oauth2/v2.0/authorize",
                    "token_endpoint": f"{home}/oauth2/v2.0/token",
                    "device_authorization_endpoint": f"{home}/oauth2/v2.0/devicecode",
                    "issuer": f"{home}/v2.0",
                }
            ),
        )

    def post(self, url: str, *, data: Mapping[str, Any] | None = None, **_: Any) -> Answer:
        """The next answer."""
        self.posted.append({**(data or {}), "url": url})
        answer = self.answers.pop(0)
        return Answer(400 if "error" in answer else 200, json.dumps(answer))

    def close(self) -> None:
        """Nothing is open."""
