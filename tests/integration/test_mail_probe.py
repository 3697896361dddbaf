"""A knock at mail servers of every kind: the good ones greet, each bad one is told in its own words."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmreport.deliver.connection import MailServer
from pmreport.deliver.probe import Greeting, knock
from pmreport.deliver.settings import MailSecurity
from pmreport.errors import UnreachableError
from tests.support.mail_server import Manners, certified, listening


def server(port: int, security: MailSecurity = MailSecurity.NONE, host: str = "127.0.0.1") -> MailServer:
    """A server on this machine."""
    return MailServer(host=host, port=port, security=security)


def told(port: int, security: MailSecurity = MailSecurity.NONE, **more: float) -> UnreachableError:
    """How a knock fails."""
    with pytest.raises(UnreachableError) as caught:
        knock(server(port, security), **more)
    assert caught.value.where == f"127.0.0.1:{port}"
    return caught.value


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_server_that_proves_who_it_is_greets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: MailSecurity
) -> None:
    """The ways to log in are told behind the protection alone; nothing but greetings is sent."""
    context, authority = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    is_tls = security is MailSecurity.TLS
    logins = "PLAIN LOGIN"
    manners = Manners(logins=logins, tls=context) if is_tls else Manners(logins=logins, starttls=context)
    with listening(manners) as (port, heard):
        assert knock(server(port, security)) == Greeting(("PLAIN", "LOGIN"))

    said = [line.split()[0].upper() for line in heard]
    assert said == (["EHLO", "QUIT"] if is_tls else ["EHLO", "STARTTLS", "EHLO", "QUIT"])


def test_a_server_without_protection_greets_on_this_machine() -> None:
    """It may want no login."""
    with listening() as (port, _):
        assert knock(server(port)) == Greeting(())


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """The password would go to a stranger."""
    context, _ = certified(tmp_path)
    with listening(Manners(starttls=context)) as (port, _):
        assert "certificate of the mail server is not trusted" in told(port, MailSecurity.STARTTLS).what


def test_a_certificate_of_another_host_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A known authority is not enough."""
    context, authority = certified(tmp_path, "mail.acme.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with listening(Manners(tls=context)) as (port, _):
        assert "mismatch" in told(port, MailSecurity.TLS).what


def test_a_server_without_starttls_is_told() -> None:
    """With the lines for the port that has TLS."""
    with listening() as (port, _):
        error = told(port, MailSecurity.STARTTLS)

    assert "no STARTTLS" in error.what
    assert 'security = "tls"' in (error.hint or "")


def test_a_port_without_tls_is_told() -> None:
    """TLS from the begin was configured, and the server greets in the open."""
    with listening() as (port, _):
        assert "does not speak TLS" in told(port, MailSecurity.TLS).what


def test_a_server_that_turns_us_away_is_told() -> None:
    """With its code and not its words."""
    with listening(Manners(banner=b"554 go away, s3cret")) as (port, _):
        error = told(port)

    assert "554" in error.what
    assert "s3cret" not in f"{error.what}{error.hint}"


def test_a_port_where_nobody_listens_is_told() -> None:
    """The connection is refused."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert "refused" in told(port).what


def test_a_name_that_no_machine_has_is_told() -> None:
    """A part of it is longer than any name."""
    with pytest.raises(UnreachableError, match="name of the mail server is not known"):
        knock(MailServer(host=f"{'a' * 70}.example", port=25, security=MailSecurity.NONE))


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_silent_server_is_told(silent: int) -> None:
    """A server that waits for TLS is silent too, so that is hinted at."""
    error = told(silent, timeout_seconds=0.1)

    assert "does not greet" in error.what
    assert 'security = "tls"' in (error.hint or "")


def test_a_server_that_hangs_up_is_told() -> None:
    """Something else than a mail server, or one that is busy."""
    with listening(Manners(banner=b"HTTP/1.1 400 Bad Request\r\n\r\n")) as (port, _):
        assert told(port).where == f"127.0.0.1:{port}"
