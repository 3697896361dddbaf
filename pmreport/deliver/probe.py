"""A knock at the mail server: whether a mail could leave. None does."""

import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pmreport.deliver.settings import MailSecurity
from pmreport.errors import UnreachableError

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


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail leaves, and how the way there is protected."""

    host: str
    port: int
    security: MailSecurity

    @property
    def place(self) -> str:
        """The server as people write it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the server says that it can do: the ways to log in, none where it wants no login."""

    logins: tuple[str, ...]


def knock(server: MailServer, *, timeout_seconds: float = 10.0) -> Greeting:
    """Connect, greet, protect the connection, greet again, and leave.

    Raises UnreachableError, with what to change, where one of these fails.
    """
    with _in_words(server):
        context = ssl.create_default_context()
        with _connected(server, context, timeout_seconds) as connection:
            connection.ehlo_or_helo_if_needed()
            if server.security is MailSecurity.STARTTLS:
                connection.starttls(context=context)
                connection.ehlo()
            return Greeting(tuple(connection.esmtp_features.get("auth", "").split()))


def _connected(server: MailServer, context: ssl.SSLContext, timeout_seconds: float) -> smtplib.SMTP:
    if server.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout_seconds, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=timeout_seconds)


@contextmanager
def _in_words(server: MailServer) -> Iterator[None]:
    try:
        yield
    except (smtplib.SMTPException, OSError, UnicodeError) as error:  # the last: no machine has such a name
        what, hint = _told(error, server)
        raise UnreachableError(what, where=server.place, hint=hint) from error


def _told(error: Exception, server: MailServer) -> tuple[str, str]:
    """What happened, and what to do; the server's own words stay out: they may hold anything."""
    if isinstance(error, ssl.SSLCertVerificationError):
        what = f"the certificate of the mail server is not trusted: {error.verify_message}"
        return what, "write `host` as the certificate names it, or have its authority trusted on this machine"
    if isinstance(error, smtplib.SMTPResponseException):
        what = f"the mail server turns us away with {error.smtp_code}"
        return what, "ask who runs it whether this machine may send mail through it"
    unknown = (Exception, f"the mail server cannot be reached ({type(error).__name__})", _CHECK)
    _, what, hint = next((row for row in _DEAD_ENDS if isinstance(error, row[0])), unknown)
    is_silent = isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected)
    if is_silent and server.security is not MailSecurity.TLS:
        hint += '; a server on port 465 wants `security = "tls"`'
    return what, hint
