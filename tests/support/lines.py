"""The simulator behind a line that can be cut: connections break off, and new ones are refused."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import uvicorn

from pmreport.demo.corpus import Corpus
from pmreport.demo.process import RunningSimulator
from pmreport.demo.server import listening
from pmreport.demo.state import State
from pmreport.demo.wire import Protocol
from tests.support.simulator import served


@dataclass(slots=True, kw_only=True)
class Line:
    """A served simulator, whose corpus and faults are exchanged while it runs."""

    site: RunningSimulator
    state: State
    web: uvicorn.Server
    is_cut: bool = False
    served: int = 0
    _mending: threading.Lock = field(default_factory=threading.Lock)

    def serve(self, corpus: Corpus) -> None:
        """Serve this corpus from now on; the searches of the one before are not remembered."""
        self.served += 1
        corpus.revision += 1_000_000 * self.served
        self.state.play(corpus)

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
    """Serve a corpus behind such a line."""
    with served(corpus) as found:
        line = Line(site=found.site, state=found.state, web=found.web)
        try:
            yield line
        finally:
            line.mend()
