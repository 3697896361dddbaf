"""Who a mail really goes to: an address as people write it, and the domain that the net will ask for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address, HeaderRegistry
from functools import lru_cache

import idna

from pmreport.errors import BadDataError
from pmreport.model.visible import ODD

_BREAK = re.compile(r"[\t\r\n]")
_ATOM = r"[A-Za-z0-9#$&'*+/=?^_`{|}~-]+"  # without % and !, by which old servers pass a mail on to elsewhere
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST = 254  # RFC 5321: a path of 256 with its angle brackets
_EXAMPLE = "write it as name@company.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One address: the name beside it, what stands before the @, and the domain in ASCII as the net has it.

    The check and the sending both use this ASCII, so that a name that only looks like an allowed one is
    another one here.
    """

    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        """The bare address, as it is given to the server."""
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """The address by which two mailboxes are the same: no server in use tells capitals apart."""
        return self.address.lower()

    def __str__(self) -> str:
        return str(Address(display_name=self.name, username=self.local, domain=self.domain))


def parse(written: str, *, where: str) -> Mailbox:
    """The one mailbox that is written as `name@domain` or `Name <name@domain>`.

    Raises BadDataError for anything else: several, none, a line break, a route, a quoted or foreign-lettered
    name before the @.
    """
    on_one_line(written, where=where)
    found = _parsed(written)
    if found is None and not written.rpartition("@")[0].rpartition("<")[2].isascii():
        raise BadDataError(
            f"{written!r} has letters before the @ that many mail servers cannot carry (SMTPUTF8)",
            where=where,
            hint="use the other address that such a mailbox has, in plain letters",
        )
    if found is None or not _LOCAL.fullmatch(found.username):
        raise BadDataError(f"{written!r} is no mail address", where=where, hint=_EXAMPLE)
    mailbox = Mailbox(
        name=found.display_name, local=found.username, domain=ascii_domain(found.domain, where=where)
    )
    if len(mailbox.address) > _LONGEST:
        raise BadDataError("a mail address is longer than any can be", where=where, hint=_EXAMPLE)
    return mailbox


def on_one_line(text: str, *, where: str) -> str:
    """The text, when it keeps to its line: a line break would begin a header of somebody else's choice.

    Raises BadDataError for a control character, and for a mark that makes a line read as another one.
    """
    if _BREAK.search(text) or ODD.search(text):
        raise BadDataError(
            f"{where} holds a line break or another control character", where=where, hint="remove it"
        )
    return text


@lru_cache(maxsize=256)
def _parsed(written: str) -> Address | None:
    try:
        header: object = HeaderRegistry()("From", written)
        addresses: tuple[Address, ...] = getattr(header, "addresses", ())
    except (IndexError, ValueError):  # Python's own parser falls over some of what is none
        return None
    if len(addresses) != 1 or getattr(header, "defects", None) or _is_group(header):
        return None
    return addresses[0]


def _is_group(header: object) -> bool:
    """Whether it is written as `group: a@b.example;`, which no server takes as a recipient."""
    return any(group.display_name is not None for group in getattr(header, "groups", ()))


def ascii_domain(domain: str, *, where: str) -> str:
    """The domain as the net asks for it: small letters, and a foreign-lettered label as `xn--…`.

    Raises BadDataError for what is no domain.
    """
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True, std3_rules=True).decode()
    except idna.IDNAError:
        plain = ""
    if not _DOMAIN.fullmatch(plain.lower()):
        raise BadDataError(f"{domain!r} is no domain", where=where, hint="write it as company.example")
    return plain.lower()


def outside(mailboxes: Iterable[Mailbox], allowed_domains: Iterable[str]) -> tuple[Mailbox, ...]:
    """The mailboxes whose domain is none of the allowed ones; a sub-domain is another domain."""
    allowed = {ascii_domain(domain, where="[mail] allowed_domains") for domain in allowed_domains}
    return tuple(mailbox for mailbox in mailboxes if mailbox.domain not in allowed)
