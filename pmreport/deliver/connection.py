"""The way to a mail server: connected, greeted, protected, and every dead end in its own words."""

import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pmreport.deliver.settings import MailSecurity
from pmreport.errors import ConfigurationError, PmreportError, TryLaterError, UnreachableError

EHLO_NAME = (
    "[127.0.0.1]"  # RFC 5321 4.1.3: who has no name in the net; the name of a laptop is nobody's affair
)
_FAREWELL_SECONDS = 3.0
_TEMPORARY = range(400, 500)
_CHECK = "check `host`, `port` and the network; a firewall may be in the way"
_NAMELESS = "the name of the mail server is not known"
_DEAD_ENDS: Sequence[tuple[type[Exception], str, str]] = (  # the first that fits counts
    (
        smtplib.SMTPNotSupportedError,
        "the mail server offers no STARTTLS, so that a password would travel readable",
        'use its port with TLS, if it has one:\n[mail]\nport = 465\nsecurity = "tls"',
    ),
    (
        ssl.SSLError,
        "the mail server does not speak TLS on this port",
        'for port 587 write `security = "starttls"`, for port 465 `security = "tls"`',
    ),
    (ConnectionRefusedError, "nobody listens there: the connection was refused", _CHECK),
    (socket.gaierror, _NAMELESS, _CHECK),
    (UnicodeError, _NAMELESS, _CHECK),
    (TimeoutError, "the mail server cannot be reached in time", _CHECK),
    (smtplib.SMTPServerDisconnected, "the mail server does not greet: it is silent, or hangs up", _CHECK),
)
_SILENCE = (TimeoutError, smtplib.SMTPServerDisconnected, ConnectionError)
_FELL_SILENT = "the mail server does not answer any more, or has hung up; nothing was sent"
_UNTRUSTED: Sequence[tuple[str, str, str]] = (  # how OpenSSL says it, how we do, and what to do
    (
        "expired",
        "it has expired",
        "ask who runs the server to renew it; or is the clock of this machine wrong?",
    ),
    ("not yet valid", "it is not valid yet", "is the clock of this machine right?"),
    ("mismatch", "it belongs to another host (mismatch)", "write `host` as the certificate names it"),
)
_UNKNOWN_AUTHORITY = (
    "nobody we know vouches for it",
    'if your company has an authority of its own, name its file:\n[mail]\nca_bundle = "company-ca.pem"',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail leaves, and how the way there is protected.

    `ca_bundle` is a file with authorities that are trusted beside those of the system; `ehlo_name` is how we
    greet, for a server that does not take an address in brackets.
    """

    host: str
    port: int
    security: MailSecurity
    ca_bundle: Path | None = None
    ehlo_name: str | None = None

    @property
    def place(self) -> str:
        """The server as people write it."""
        return f"{self.host}:{self.port}"


@contextmanager
def connected(server: MailServer, *, timeout_seconds: float) -> Iterator[smtplib.SMTP]:
    """A connection that is greeted and protected as configured; it says good-bye at the end of the block.

    Raises UnreachableError where one of these fails, TryLaterError where the server wants us to come back,
    ConfigurationError for authorities that cannot be read. What fails within the block is the block's.
    """
    trust = None if server.security is MailSecurity.NONE else _trust(server)
    with in_words(server, met=False):
        connection = _dialled(server, trust, timeout_seconds)
    try:
        with in_words(server, met=False):
            connection.ehlo_or_helo_if_needed()
            if server.security is MailSecurity.STARTTLS:
                connection.starttls(context=trust)
                connection.ehlo()
    except BaseException:
        connection.close()
        raise
    try:
        yield connection
    finally:
        _leave(connection)


def _dialled(server: MailServer, trust: ssl.SSLContext | None, timeout_seconds: float) -> smtplib.SMTP:
    name = server.ehlo_name or EHLO_NAME
    if server.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=timeout_seconds, context=trust
        )
    return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=timeout_seconds)


def _leave(connection: smtplib.SMTP) -> None:
    """Say good-bye; a server that has gone before, or does not answer any more, does not mind."""
    try:
        if connection.sock is not None:
            connection.sock.settimeout(_FAREWELL_SECONDS)
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _trust(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_bundle is not None:
        try:
            context.load_verify_locations(server.ca_bundle)
        except (ssl.SSLError, OSError) as error:
            why = (
                "it holds no certificate"
                if isinstance(error, ssl.SSLError)
                else (error.strerror or "").lower()
            )
            raise ConfigurationError(
                f"the authorities of the mail server cannot be read: {why}",
                where=str(server.ca_bundle),
                hint="`ca_bundle` under [mail] is a file of certificates that begin with "
                "-----BEGIN CERTIFICATE-----",
            ) from error
    return context


@contextmanager
def in_words(server: MailServer, *, met: bool = True) -> Iterator[None]:
    """Turn what the network and the library raise into a sentence of ours; `met`: the server has greeted.

    The server's own words stay out: here they may hold anything.
    """
    try:
        yield
    except (smtplib.SMTPException, OSError, UnicodeError) as error:  # the last: no machine has such a name
        if met and isinstance(error, _SILENCE):
            raise UnreachableError(
                _FELL_SILENT, where=server.place, hint="try it again; " + _CHECK
            ) from error
        raise _told(error, server) from error


def _told(error: Exception, server: MailServer) -> PmreportError:
    if isinstance(error, ssl.SSLCertVerificationError):
        why, hint = _distrust(error.verify_message)
        return UnreachableError(
            f"the certificate of the mail server is not trusted: {why}", where=server.place, hint=hint
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return _turned_away(error.smtp_code, server)
    unknown = (Exception, f"the mail server cannot be reached ({type(error).__name__})", _CHECK)
    _, what, hint = next((row for row in _DEAD_ENDS if isinstance(error, row[0])), unknown)
    is_silent = isinstance(error, _SILENCE[:2])
    if is_silent and server.security is not MailSecurity.TLS:
        hint += '; a server on port 465 wants `security = "tls"`'
    return UnreachableError(what, where=server.place, hint=hint)


def _distrust(said: str) -> tuple[str, str]:
    return next(((what, hint) for begin, what, hint in _UNTRUSTED if begin in said), _UNKNOWN_AUTHORITY)


def _turned_away(code: int, server: MailServer) -> PmreportError:
    what = f"the mail server turns us away with {code}"
    if code in _TEMPORARY:
        return TryLaterError(what, where=server.place, hint="try it again in some minutes")
    return UnreachableError(
        what, where=server.place, hint="ask who runs it whether this machine may send mail through it"
    )
