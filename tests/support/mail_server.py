"""A small mail server on loopback: it greets, protects the connection, and answers as a test has written."""

import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the server behaves: the greeting, the ways to log in, and TLS from the begin or when asked.

    `answers` are lines by the begin of what they answer ("RCPT TO:<gone@", "." for the end of a message), one
    a time, the last one for good; an empty one hangs up. What has no answer is taken. One that is `deaf` asks
    for a message and hangs up.
    """

    banner: bytes = b"220 mail.acme.example ESMTP"
    logins: str = ""
    starttls: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None
    answers: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    deaf: bool = False


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    manners: Manners
    heard: list[str]
    taken: list[bytes]
    given: dict[str, int]

    def answer(self, line: str, usual: bytes) -> bytes:
        """What is said to a line."""
        for begin, answers in self.manners.answers.items():
            if line.upper().startswith(begin.upper()):
                number = self.given.get(begin, 0)
                self.given[begin] = number + 1
                return answers[min(number, len(answers) - 1)]
        return usual


_TAKEN = {
    "MAIL": b"250 ok",
    "RCPT": b"250 ok",
    "DATA": b"354 go on",
    "AUTH": b"235 come in",
    "RSET": b"250 ok",
}


class _Talk(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """One conversation, until the other side has said QUIT or gone."""
        manners = self.server.manners
        self._unread = b""
        try:
            if manners.tls:
                self.request = manners.tls.wrap_socket(self.request, server_side=True)
            self._converse(manners)
        except OSError:  # the other side has gone
            pass
        finally:
            self.request.close()

    def _converse(self, manners: Manners) -> None:
        self._say(manners.banner)
        is_protected = manners.tls is not None
        while (line := self._line()) is not None:
            self.server.heard.append(line)
            verb = (line.split() or [""])[0].upper()
            match verb:
                case "EHLO":
                    self._say(_features(manners, is_protected=is_protected))
                case "STARTTLS" if manners.starttls:
                    self._say(b"220 go ahead")
                    self.request = manners.starttls.wrap_socket(self.request, server_side=True)
                    is_protected = True
                case "QUIT":
                    self._say(b"221 bye")
                    return
                case _:
                    answer = self.server.answer(line, _TAKEN.get(verb, b"502 not here"))
                    if verb == "DATA" and answer.startswith(b"354"):
                        self._say(answer)
                        answer = b"" if manners.deaf else self._taken()
                    if not answer:
                        return
                    self._say(answer)

    def _taken(self) -> bytes:
        """Read a message up to the dot that ends it; what is said to it."""
        lines: list[bytes] = []
        while (line := self._raw()) != b".\r\n":
            if not line:
                return b""
            lines.append(line.removeprefix(b"."))
        answer = self.server.answer(".", b"250 taken")
        if answer.startswith(b"250"):
            self.server.taken.append(b"".join(lines))
        return answer

    def _say(self, text: bytes) -> None:
        self.request.sendall(text + b"\r\n")

    def _line(self) -> str | None:
        said = self._raw()
        return said.decode("ascii").strip() if said else None

    def _raw(self) -> bytes:
        while b"\n" not in self._unread:
            piece = self.request.recv(65536)
            if not piece:
                return b""
            self._unread += piece
        line, _, self._unread = self._unread.partition(b"\n")
        return line + b"\n"


def _features(manners: Manners, *, is_protected: bool) -> bytes:
    lines = ["mail.acme.example"]
    if manners.starttls and not is_protected:
        lines.append("STARTTLS")
    if manners.logins and (is_protected or not manners.starttls):
        lines.append(f"AUTH {manners.logins}")
    return "\r\n".join([*(f"250-{line}" for line in lines), "250 8BITMIME"]).encode()


@contextmanager
def listening(manners: Manners | None = None) -> Iterator[tuple[int, list[str]]]:
    """A server while the block runs: its port, and the lines it has heard."""
    with taking(manners) as office:
        yield office.port, office.heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A server that runs: its port, the lines it has heard, and the messages it has taken."""

    port: int
    heard: list[str]
    taken: list[bytes]


@contextmanager
def taking(manners: Manners | None = None) -> Iterator[Office]:
    """A server that takes mail while the block runs."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.manners, server.heard, server.taken, server.given = manners or Manners(), [], [], {}
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield Office(port=server.server_address[1], heard=server.heard, taken=server.taken)
        finally:
            server.shutdown()
            thread.join(10)


def certified(folder: Path, name: str = "127.0.0.1", *, years: int = 79) -> tuple[ssl.SSLContext, Path]:
    """What a server needs to prove that it is `name`, and the file by which others believe it.

    It holds from 2020 on for so many years.
    """
    x509 = pytest.importorskip("cryptography.x509", reason="needs cryptography")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    try:
        alternative = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begin)
        .not_valid_after(begin.replace(year=begin.year + years))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "mail.pem", folder / "mail.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
