"""A company's own certificate authority, and a Jira behind it that wants to see a certificate."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_jira import FakeJira

_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The files of an authority: its own certificate, and certificates with their keys that it signed."""

    certificate: Path
    server: Path
    expired_server: Path
    other_host: Path
    client: Path


def authority(folder: Path) -> Authority:
    """An authority made for this test, with a server on 127.0.0.1 and a client."""
    try:
        from cryptography.hazmat.primitives.asymmetric import ec
    except ImportError:
        pytest.skip("needs cryptography")
    key = ec.generate_private_key(ec.SECP256R1())
    own = _certificate("Acme Authority", key, key, "Acme Authority")
    (folder / "authority.pem").write_bytes(_pem(own))
    made = {
        "server": _signed(key, "127.0.0.1"),
        "expired_server": _signed(key, "127.0.0.1", days=1),
        "other_host": _signed(key, "elsewhere.example"),
        "client": _signed(key, "Junior PM"),
    }
    for name, content in made.items():
        (folder / f"{name}.pem").write_bytes(content)
    return Authority(certificate=folder / "authority.pem", **{name: folder / f"{name}.pem" for name in made})


@contextmanager
def guarded(
    jira: FakeJira, files: Authority, *, server: Path | None = None, asks: bool = False
) -> Iterator[str]:
    """The https address of a Jira that shows a certificate, and `asks` for one of its callers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server or files.server)
    if asks:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(files.certificate)
    web = jira._server
    web.socket = context.wrap_socket(web.socket, server_side=True, do_handshake_on_connect=False)
    web.handle_error = lambda *_: None  # type: ignore[method-assign]  # a caller we turn away is no fault
    with jira:
        yield jira.url.replace("http://", "https://")


def _signed(authority_key: Any, name: str, *, days: int = 20_000) -> bytes:
    """A certificate and its key in one file."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(name, key, authority_key, "Acme Authority", days=days)
    return _pem(certificate) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _pem(certificate: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization

    content: bytes = certificate.public_bytes(serialization.Encoding.PEM)
    return content


def _certificate(name: str, key: Any, signer: Any, issuer: str, *, days: int = 20_000) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    is_authority = name == issuer
    public = key.public_key()
    made = (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(_called(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGIN)
        .not_valid_after(_BEGIN + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if is_authority:
        made = made.add_extension(_signs_certificates(), critical=True)
    else:
        made = made.add_extension(x509.SubjectAlternativeName([_general(name)]), critical=False)
    return made.sign(signer, hashes.SHA256())


def _called(name: str) -> Any:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general(name: str) -> Any:
    from cryptography import x509

    return x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name.replace(" ", "-"))


def _signs_certificates() -> Any:
    from cryptography import x509

    names: tuple[str, ...] = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
    )
    names += ("key_agreement", "encipher_only", "decipher_only")
    return x509.KeyUsage(key_cert_sign=True, crl_sign=True, **dict.fromkeys(names, False))
