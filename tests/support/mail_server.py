"""A small mail server on loopback: it greets, protects the connection where asked, and takes no mail."""

import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the server behaves: the greeting, the ways to log in, and TLS from the begin or when asked."""

    banner: bytes = b"220 mail.acme.example ESMTP"
    logins: str = ""
    starttls: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    manners: Manners
    heard: list[str]


class _Talk(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """One conversation, until the other side has said QUIT or gone."""
        manners = self.server.manners
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
        while line := self._line():
            self.server.heard.append(line)
            match line.split()[0].upper():
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
                    self._say(b"502 not here")

    def _say(self, text: bytes) -> None:
        self.request.sendall(text + b"\r\n")

    def _line(self) -> str:
        said = b""
        while not said.endswith(b"\n"):
            piece = self.request.recv(1)
            if not piece:
                return ""
            said += piece
        return said.decode("ascii").strip()


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
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.manners, server.heard = manners or Manners(), []
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1], server.heard
        finally:
            server.shutdown()
            thread.join(10)


def certified(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """What a server needs to prove that it is `name`, and the file by which others believe it."""
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
        .not_valid_after(begin.replace(year=2099))
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
