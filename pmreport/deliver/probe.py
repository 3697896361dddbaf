"""A knock at the mail server: whether a mail could leave. None does."""

from dataclasses import dataclass

from pmreport.deliver.connection import MailServer, connected


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the server says that it can do: the ways to log in, none where it wants no login."""

    logins: tuple[str, ...]


def knock(server: MailServer, *, timeout_seconds: float = 10.0) -> Greeting:
    """Connect, greet, protect the connection, greet again, and leave.

    Raises UnreachableError, with what to change, where one of these fails, and TryLaterError where the server
    wants us to come back.
    """
    with connected(server, timeout_seconds=timeout_seconds) as connection:
        return Greeting(tuple(connection.esmtp_features.get("auth", "").split()))
