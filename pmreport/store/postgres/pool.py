"""The connections of one program to a server: opened when needed, kept for the next call."""

import time
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from pmreport.store.postgres.address import Address
from pmreport.store.postgres.faults import may_pass, no_connection
from pmreport.store.postgres.session import Connection

_POLL_SECONDS = 0.1


class Pool:
    """Connections to one address. Several threads may ask at a time; each gets one of its own."""

    def __init__(self, address: Address, password: str | None, wait_seconds: float) -> None:
        self._address = address
        self._password = password
        self._wait_seconds = wait_seconds
        self._idle: deque[Connection] = deque()
        weakref.finalize(self, _close_all, self._idle)

    @contextmanager
    def begun(self, text: str) -> Iterator[Connection]:
        """A connection on which `text` was executed, which begins a transaction; the block ends it.

        A connection that was kept and has died meanwhile (a server that was started again, a network that was
        away) gives way to a new one. After an error of any kind the connection is closed, and with it goes
        whatever was not committed.
        """
        connection = self._begin(text)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)

    def _begin(self, text: str) -> Connection:
        while connection := self._kept():
            try:
                connection.execute(text.encode())
            except psycopg.OperationalError:
                connection.close()
            else:
                return connection
        connection = self.connected()
        try:
            connection.execute(text.encode())
        except BaseException:
            connection.close()
            raise
        return connection

    def _kept(self) -> Connection | None:
        try:
            return self._idle.pop()
        except IndexError:  # asking first whether there is one would let another thread take it meanwhile
            return None

    def connected(self, name: str = "pmreport") -> Connection:
        """A new connection, which shows itself to others by `name`; whoever asks for it closes it."""
        deadline = time.monotonic() + self._wait_seconds
        parameters = {**self._address.parameters, "application_name": name, "client_encoding": "UTF8"}
        if self._password is not None:
            parameters["password"] = self._password
        while True:
            try:
                # pooling servers in between know nothing of prepared statements
                return psycopg.connect(autocommit=True, prepare_threshold=None, **parameters)  # type: ignore[arg-type]  # libpq's own names
            except psycopg.OperationalError as error:
                if not may_pass(error) or time.monotonic() >= deadline:
                    raise no_connection(
                        error, self._address.place
                    ) from None  # the parameters stay out of sight
            time.sleep(_POLL_SECONDS)


def _close_all(idle: "deque[Connection]") -> None:
    while idle:
        idle.pop().close()
