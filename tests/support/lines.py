"""The simulator behind a line that can be cut: connections break off, and new ones are refused."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import uvicorn

from pmreport.demo.corpus import Corpus
from pmreport.demo.process import RunningSimulator, greeting, running
from pmreport.demo.server import listening, server
from pmreport.demo.state import State
from pmreport.demo.wire import Protocol


@dataclass(slots=True, kw_only=True)
class Line:
    """A served simulator. Its corpus and faults are exchanged by writing to `state`."""

    site: RunningSimulator
    state: State
    web: uvicorn.Server
    is_cut: bool = False
    _mending: threading.Lock = field(default_factory=threading.Lock)

    def cut(self) -> None:
        """Break the line, from within the server's own thread."""
        self.is_cut = True
        for each in self.web.servers:
            each.close()
        for connection in list(self.web.server_state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()

    def mend(self) -> None:
        """Listen again at the same address, from any other thread; nothing where the line is whole."""
        with self._mending:
            if self.is_cut:
                loop = self.web.servers[0].get_loop()
                asyncio.run_coroutine_threadsafe(self._listen(), loop).result(5)
                self.is_cut = False

    async def _listen(self) -> None:
        loop = self.web.servers[0].get_loop()
        web = self.web
        port = urlsplit(self.site.url).port or 0
        self.web.servers = [
            await loop.create_server(
                lambda: Protocol(config=web.config, server_state=web.server_state, app_state={}),
                sock=listening(port),
            )
        ]


@contextmanager
def line_to(corpus: Corpus) -> Iterator[Line]:
    """Serve a corpus from a thread of the test itself."""
    state = State(corpus=corpus)
    with listening() as sock:
        site = running(greeting(corpus, sock.getsockname()[1]))
        web = server(state)
        thread = threading.Thread(target=web.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not web.started:
            time.sleep(0.005)
        line = Line(site=site, state=state, web=web)
        try:
            yield line
        finally:
            line.mend()
            web.should_exit = True
            thread.join(10)
