"""Connections on which an answer has an end, however slowly its bytes drip.

A timeout of the network counts anew with every byte that arrives. So each read of a connection, of headers
and body alike, also looks at the deadline of the request that its thread waits for.
"""

import io
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any, cast

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager

_SLACK_SECONDS = 0.01  # a wait of the system may end a little early


@dataclass(frozen=True, slots=True)
class Deadline:
    """The instant by which an answer has to be here whole, on a clock that only runs forwards."""

    until: float
    clock: Callable[[], float]

    @property
    def left(self) -> float:
        """Seconds until then."""
        return self.until - self.clock()

    @property
    def has_passed(self) -> bool:
        """Whether it is over."""
        return self.left < _SLACK_SECONDS


_DEADLINE: ContextVar[Deadline] = ContextVar("deadline")


@contextmanager
def within(seconds: float, clock: Callable[[], float]) -> Iterator[Deadline]:
    """Bound what this thread reads from its connections; a read that is too late raises TimeoutError."""
    deadline = Deadline(clock() + seconds, clock)
    token = _DEADLINE.set(deadline)
    try:
        yield deadline
    finally:
        _DEADLINE.reset(token)


class _Timely(io.RawIOBase):
    """The bytes of a socket; each read waits for them no longer than the deadline allows."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        self._raw = raw
        self._sock = sock
        self._patience = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        deadline = _DEADLINE.get(None)
        if deadline is not None:
            if deadline.has_passed:
                raise TimeoutError
            patience = deadline.left if self._patience is None else min(self._patience, deadline.left)
            self._sock.settimeout(patience)
        return cast("int | None", self._raw.readinto(buffer))

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimelyAnswer(HTTPResponse):
    """An answer whose status line, headers and body are all read in time."""

    def __init__(self, sock: socket.socket, *arguments: Any, **more: Any) -> None:
        super().__init__(sock, *arguments, **more)
        raw = self.fp.detach()
        self.fp = io.BufferedReader(_Timely(raw, sock))


class _Connection(HTTPConnection):
    response_class = _TimelyAnswer


class _SecureConnection(HTTPSConnection):
    response_class = _TimelyAnswer


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


class TimelyAdapter(HTTPAdapter):
    """What makes the connections of a session, directly or by a proxy of the web."""

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        """Make the manager of direct connections."""
        super().init_poolmanager(*arguments, **more)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        """The manager of the connections by a proxy; one of another kind (SOCKS) makes its own."""
        manager = super().proxy_manager_for(proxy, **more)
        if type(manager) is ProxyManager:
            manager.pool_classes_by_scheme = _POOLS
        return manager
