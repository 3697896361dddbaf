"""A company's proxy: passes on what it is asked for, and remembers what that was."""

import socket
import threading
from contextlib import closing, suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """Tunnels CONNECT and forwards plain requests. `asked` are the first lines that reached it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.logins: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):  # closed: the test is over
            while True:
                caller, _ = self._listening.accept()
                threading.Thread(target=self._pass_on, args=(caller,), daemon=True).start()

    def _pass_on(self, caller: socket.socket) -> None:
        with closing(caller), suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += caller.recv(65536)
            line = head.split(b"\r\n")[0].decode()
            self.asked.append(line)
            self.logins += [text.decode() for text in head.split(b"\r\n") if text.startswith(b"Proxy-Auth")]
            verb, target, _ = line.split(" ")
            place = urlsplit(f"//{target}" if verb == "CONNECT" else target)
            with socket.create_connection((place.hostname or "", place.port or 80)) as site:
                if verb == "CONNECT":
                    caller.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    site.sendall(head.replace(target.encode(), place.path.encode(), 1))
                back = threading.Thread(target=_pump, args=(site, caller), daemon=True)
                back.start()
                _pump(caller, site)
                back.join(5)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while content := source.recv(65536):
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
