"""How mail leaves, and to whom it may go: the section `[mail]`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class MailTransport(StrEnum):
    """How a mail leaves: by SMTP, by Microsoft Graph, or as a file in a folder."""

    SMTP = "smtp"
    GRAPH = "graph"
    FOLDER = "folder"


class MailSecurity(StrEnum):
    """How the way to the SMTP server is protected; NONE is allowed to this machine alone."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The way out, and the lists of people by name.

    `sender` is the key `from`; `folder` and `ca_bundle` are absolute paths, the latter a file of authorities
    that are trusted beside those of the system. `ehlo_name` is how the server is greeted. `tenant` and
    `client_id` are the app registration by which Microsoft Graph is asked. A mail goes to an address only if
    its domain is one of `allowed_domains`. `images`: a mail shows one chart of its report.
    """

    transport: MailTransport = MailTransport.SMTP
    host: str | None = None
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    ca_bundle: Path | None = None
    ehlo_name: str | None = None
    user: str | None = None
    tenant: str | None = None
    client_id: str | None = None
    sender: str | None = None
    folder: Path | None = None
    allowed_domains: tuple[str, ...] = ()
    images: bool = True
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
