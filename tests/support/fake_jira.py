"""A tiny web server that says what a test tells it to say, where the simulator is too well behaved."""

import json
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
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


Said = Reply | Callable[[Asked], Reply]


class FakeJira:
    """Answers each path with the replies said for it, in turn; the last one repeats. 404 for the rest.

    With a site `behind` it every reply is given once, and everything else is passed on to that site.
    """

    def __init__(self, behind: str | None = None) -> None:
        self.asked: list[Asked] = []
        self.connections = 0
        self._behind = behind
        self._replies: dict[str, list[Said]] = {}
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        if behind is None:
            self.say("/rest/api/2/myself", Reply(body=MYSELF))
            self.say("/rest/api/2/serverInfo", Reply(body=SERVER))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def say(self, path: str, *replies: Said) -> None:
        """What to answer at `path` from now on: replies, or somebody who makes them up."""
        self._replies[path] = list(replies)

    def reply(self, asked: Asked) -> Reply:
        """The next answer for this request."""
        self.asked.append(asked)
        waiting = self._replies.get(asked.path)
        if self._behind is not None:
            return _made(waiting.pop(0), asked) if waiting else self.passed_on(asked)
        if not waiting:
            return Reply(status=404, body={"errorMessages": ["There is nothing here."], "errors": {}})
        return _made(waiting.pop(0) if len(waiting) > 1 else waiting[0], asked)

    def passed_on(self, asked: Asked) -> Reply:
        """What the site behind answers."""
        sent = ("Authorization", "Accept-Language", "X-Force-Accept-Language")
        headers = {name: asked.headers[name] for name in sent}
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


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that has left: some are told to."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _made(said: Said, asked: Asked) -> Reply:
    return said if isinstance(said, Reply) else said(asked)


@dataclass(slots=True, kw_only=True)
class Card:
    """An issue on the shelf; the instants are epoch milliseconds."""

    number: int
    created_ms: int
    updated_ms: int
    hidden: bool = False

    @property
    def key(self) -> str:
        """Its key."""
        return f"ABC-{self.number}"


@dataclass(slots=True, kw_only=True)
class Shelf:
    """Issues of one project behind a search of either product, which may change between two questions.

    `repeat_token`: every page names the same successor. `meanwhile` happens after each answer. `dates` reads
    the local times of the questions. It knows the few words of JQL that a walk uses.
    """

    cards: list[Card]
    zone: ZoneInfo
    cap: int = 100
    window: int = 10_000
    repeat_token: bool = False
    knows_key_ranges: bool = True
    fold: int = 0
    meanwhile: Callable[[int], None] = lambda _: None
    answered: int = 0

    def search(self, asked: Asked) -> Reply:
        """One page: by offset where the question has one, else by token."""
        by_offset = "startAt" in asked.body
        start = int(asked.body["startAt"] if by_offset else asked.body.get("nextPageToken", "0"))
        size = min(asked.body["maxResults"], self.cap)
        if by_offset and start + size > self.window:
            return Reply(status=500, body={"errorMessages": ["Search limit exceeded."], "errors": {}})
        if "key >" in asked.body["jql"] and not self.knows_key_ranges:
            return Reply(status=400, body={"errorMessages": ["No such operator."], "errors": {}})
        found = self.found(asked.body["jql"])
        page = [self._shown(card) for card in found[start : start + size]]
        self.answered += 1
        self.meanwhile(self.answered)
        if by_offset:
            return Reply(body={"issues": page, "startAt": start, "maxResults": size, "total": len(found)})
        if start + size >= len(found):
            return Reply(body={"issues": page, "isLast": True})
        token = "1" if self.repeat_token else str(start + size)
        return Reply(body={"issues": page, "isLast": False, "nextPageToken": token})

    def found(self, jql: str) -> list[Card]:
        """What a question finds, in its order."""
        found = [card for card in self.cards if not card.hidden]
        for name, text in re.findall(r'(updated|created) >= "([^"]+)"', jql):
            since = self._instant(text)
            found = [card for card in found if getattr(card, f"{name}_ms") >= since]
        for text in re.findall(r'key > "ABC-(\d+)"', jql):
            found = [card for card in found if card.number > int(text)]
        [order] = re.findall(r"ORDER BY (\w+)", jql)
        return sorted(
            found, key=lambda card: (0 if order == "key" else getattr(card, f"{order}_ms"), card.number)
        )

    def _instant(self, text: str) -> float:
        local = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=self.zone, fold=self.fold)
        return local.timestamp() * 1000

    def _shown(self, card: Card) -> dict[str, Any]:
        fields = {"created": card.created_ms, "updated": card.updated_ms}
        return {"id": str(card.number), "key": card.key, "fields": fields}


def _handler(fake: FakeJira) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body go apart; without this each answer takes 40 ms

        def setup(self) -> None:
            super().setup()
            fake.connections += 1

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


@pytest.fixture
def jira() -> Iterator[FakeJira]:
    """A server that says what the test tells it."""
    with FakeJira() as server:
        yield server
