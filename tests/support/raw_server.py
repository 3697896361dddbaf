"""A server below HTTP: what it does with each connection is told byte by byte."""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress

from tests.support.loopback import Loopback

Act = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class RawServer(Loopback):
    """Gives each connection to the next of its acts, one after the other; the last act repeats."""

    def __init__(self, *acts: Act) -> None:
        super().__init__()
        self.connections = 0
        self._acts = list(acts)

    def take(self, connection: socket.socket) -> None:
        """Let the next act have it."""
        self.connections += 1
        act = self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]
        with suppress(OSError), connection:
            connection.settimeout(5)
            act(connection)


def heard(connection: socket.socket) -> bytes:
    """The head of one request (and its body, if that is short); empty when the other side has gone."""
    said = b""
    while b"\r\n\r\n" not in said and (more := connection.recv(65536)):
        said += more
    return said


def answering(body: bytes, head: bytes = OK) -> Act:
    """One request, one whole answer."""

    def act(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)

    return act


def saying(text: bytes) -> Act:
    """One request, and then just these bytes."""

    def act(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(text)

    return act


def dripping(first: bytes, drop: bytes, seconds: float) -> Act:
    """One request; then the first bytes at once, and after them a drop now and then, without end."""

    def act(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(first)
        while True:
            connection.sendall(drop)
            time.sleep(seconds)

    return act


def leaving_at_the_second(body: bytes) -> Act:
    """The first request is answered and the connection kept; with the second one in hand it is closed."""

    def act(connection: socket.socket) -> None:
        answering(body)(connection)
        heard(connection)

    return act


def secured(act: Act, certificate: str) -> Act:
    """The same behind TLS; the file holds a certificate with its key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def secure_act(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            act(secure)

    return secure_act
