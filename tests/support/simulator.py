"""The Jira simulator for tests: one for the whole session, or a fresh one with a corpus of one's own."""

import base64
import json
import pickle
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import uvicorn

from pmreport.demo.corpus import Corpus, build
from pmreport.demo.datacenter import dressed
from pmreport.demo.dialect import CLOUD, DATACENTER, DIALECTS, Dialect
from pmreport.demo.process import SEED, RunningSimulator, greeting, running
from pmreport.demo.server import listening, server
from pmreport.demo.state import State
from pmreport.demo.story import year
from pmreport.demo.story.diary import NOW_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A running simulator and somebody who asks it things, by default as its user."""

    site: RunningSimulator
    state: State
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.site.url

    def get(
        self,
        path: str,
        *,
        who: str | None = "user",
        headers: Mapping[str, str] | None = None,
        **query: Any,
    ) -> Answer:
        """GET a path as the user, as nobody (None), or with basic credentials: email:token, name:password."""
        return self._ask("GET", f"{path}?{urlencode(query)}" if query else path, None, who, headers or {})

    def post(self, path: str, body: Mapping[str, Any], *, who: str | None = "user") -> Answer:
        """POST a JSON body."""
        return self._ask("POST", path, json.dumps(body).encode(), who, {})

    def search(self, jql: str, **body: Any) -> Answer:
        """One page of a JQL search."""
        path = "/rest/api/3/search/jql" if self.site.dialect == "cloud" else "/rest/api/2/search"
        return self.post(path, {"jql": jql, **body})

    def keys(self, jql: str) -> list[str]:
        """The keys that a JQL finds on its first page."""
        return [issue["key"] for issue in self.search(jql, fields=["key"], maxResults=5000).json["issues"]]

    def edit(self, **change: Any) -> str:
        """Edit the corpus; says what was touched."""
        edited: str = self.post("/__simulator/edit", change).json["edited"][0]
        return edited

    def strike(self, *faults: Mapping[str, Any]) -> None:
        """Switch on exactly these faults; none switches all off."""
        self.post("/__simulator/faults", {"faults": list(faults)})

    def _credentials(self, who: str) -> str:
        if who != "user":
            return basic(who)
        site = self.site
        return basic(f"{site.email}:{site.token}") if site.email else f"Bearer {site.token}"

    def _ask(
        self, method: str, path: str, body: bytes | None, who: str | None, headers: Mapping[str, str]
    ) -> Answer:
        request = Request(self.url + path, body, dict(headers), method=method)  # noqa: S310 - loopback
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if who is not None:
            request.add_header("Authorization", self._credentials(who))
        try:
            with urlopen(request, timeout=20) as response:  # noqa: S310 - loopback
                return Answer(
                    status=response.status, headers=_lower(response.headers.items()), content=response.read()
                )
        except HTTPError as error:
            with error:
                return Answer(status=error.code, headers=_lower(error.headers.items()), content=error.read())


def basic(pair: str) -> str:
    """The header of basic credentials."""
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


class Served(NamedTuple):
    """A site that is served, what it remembers, and the server."""

    site: RunningSimulator
    state: State
    web: uvicorn.Server


@contextmanager
def served(corpus: Corpus) -> Iterator[Served]:
    """Serve a corpus from a thread of the test itself."""
    state = State(corpus=corpus)
    with listening() as sock:
        site = running(greeting(corpus, sock.getsockname()[1]))
        web = server(state)
        thread = threading.Thread(target=web.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not web.started:
            time.sleep(0.005)
        try:
            yield Served(site, state, web)
        finally:
            web.should_exit = True
            thread.join(10)


@contextmanager
def serving(corpus: Corpus) -> Iterator[Simulator]:
    """Serve a corpus, to be asked and to be edited."""
    with served(corpus) as found:
        yield Simulator(site=found.site, state=found.state)


def empty_corpus(*, sprints: bool = True, product: Dialect = CLOUD) -> Corpus:
    """The site of the story without a single issue; without sprints too, if asked."""
    site = dressed(year.site(SEED), product)
    if not sprints:
        site.sprints.clear()
    return Corpus(site, [], NOW_MS)


def story_corpus(issues: int | None = None, product: Dialect = CLOUD) -> Corpus:
    """The corpus of the demo, free to be edited."""
    if issues is not None:
        return build(issues, SEED, product)
    corpus: Corpus = pickle.loads(_packed(product.name))  # noqa: S301 - packed below
    corpus.site = replace(corpus.site, product=product)
    return corpus


@cache
def _packed(product: str) -> bytes:
    """The story, told once: unpacking it takes an eighth of the time."""
    return pickle.dumps(build(None, SEED, DIALECTS[product]))


@pytest.fixture(scope="session")
def simulator() -> Iterator[Simulator]:
    """The story, served for the whole session: read it, do not edit it."""
    with serving(story_corpus()) as running_simulator:
        yield running_simulator


@pytest.fixture
def fresh_simulator() -> Iterator[Simulator]:
    """The story, served for one test that edits it or kills its token."""
    with serving(story_corpus()) as running_simulator:
        yield running_simulator


@pytest.fixture(scope="session")
def datacenter() -> Iterator[Simulator]:
    """The story on Data Center, served for the whole session: read it, do not edit it."""
    with serving(story_corpus(product=DATACENTER)) as running_simulator:
        yield running_simulator


@pytest.fixture
def fresh_datacenter() -> Iterator[Simulator]:
    """The story on Data Center, served for one test that edits it or changes what opens it."""
    with serving(story_corpus(product=DATACENTER)) as running_simulator:
        yield running_simulator
