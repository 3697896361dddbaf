"""A company's proxy: passes on what it is asked for, and remembers what that was."""

import socket
import threading
from contextlib import closing, suppress
from urllib.parse import urlsplit

from tests.support.loopback import Loopback


class Proxy(Loopback):
    """Tunnels CONNECT and forwards plain requests. `asked` are the first lines that reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.logins: list[str] = []

    def take(self, connection: socket.socket) -> None:
        """Pass it on, beside all others."""
        threading.Thread(target=self._pass_on, args=(connection,), daemon=True).start()

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
