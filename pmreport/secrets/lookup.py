"""Where a token is looked for: the environment, a file, the keyring, and last a plain file."""

import logging
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pmreport.errors import NotAuthorisedError
from pmreport.jira.settings import SiteSettings
from pmreport.secrets import keyrings, plain_file
from pmreport.secrets.keyrings import SERVICE, KeyringBackend, WritableKeyring, refusal
from pmreport.secrets.secret import Place, Secret, Token, checked

_LOG = logging.getLogger(__name__)
_TOO_LONG = 4096  # a file longer than this is something else, named by mistake


@dataclass(frozen=True)
class Places:
    """The places of this machine: its environment, its keyrings, and where the plain file would be.

    `keyring` stands for all keyrings of the system, `plain` for the usual place; for tests and other homes.
    """

    environ: Mapping[str, str]
    keyring: WritableKeyring | None = None
    plain: Path | None = None

    @cached_property
    def backends(self) -> tuple[WritableKeyring, ...]:
        """Every keyring, those that are no home for a token too."""
        return (self.keyring,) if self.keyring else tuple(keyrings.system_backends())

    @property
    def homes(self) -> tuple[WritableKeyring, ...]:
        """The keyrings that may hold a token."""
        return tuple(backend for backend in self.backends if not refusal(backend))

    @cached_property
    def plain_path(self) -> Path:
        """Where the plain file lies or would lie."""
        return self.plain or plain_file.default_path()


def user_of(site: SiteSettings) -> str:
    """The name under which a site's token is kept."""
    return f"jira:{site.url}"


def expiry_of(site: SiteSettings) -> str:
    """The name under which a keyring keeps the token's last day."""
    return f"jira-expires:{site.url}"


def jira_token(
    site: SiteSettings,
    environ: Mapping[str, str],
    *,
    keyring: KeyringBackend | None = None,
    plain: Path | None = None,
) -> Token:
    """The token for this Jira; a warning is logged if it does not lie well where it was found.

    Asked in this order: PMREPORT_<NAME>_JIRA_TOKEN, PMREPORT_JIRA_TOKEN, the same two with _FILE, the keyring
    (`keyring`, else the one of the system), the plain file that `--insecure-storage` wrote. A variable that
    is empty counts as not set. Raises NotAuthorisedError naming the ways when there is none, or when the one
    found cannot be a token.
    """
    places = Places(environ, keyring, plain)  # type: ignore[arg-type]  # a lookup only reads
    found = next(tokens(site, places), None)
    if found is None:
        raise _none(site, places)
    if found.caution:
        _LOG.warning(found.caution)
    return found


def tokens(site: SiteSettings, places: Places) -> Iterator[Token]:
    """Every token that lies somewhere for this Jira; the first is the one that is used.

    A keyring that does not open hides no plain file: those who asked for one often have such a keyring.
    Raises NotAuthorisedError at a place that holds something else than a token, or, in the end, for a keyring
    that does not open.
    """
    yield from _from_environment(site, places.environ)
    shut: NotAuthorisedError | None = None
    for backend in places.homes:
        try:
            text, expires = keyrings.read(backend, user_of(site)), keyrings.read(backend, expiry_of(site))
        except NotAuthorisedError as error:
            shut = error
            continue
        if text:
            source = f"keyring: {SERVICE}, {user_of(site)}"
            secret = checked(text, source)
            yield Token(secret=secret, source=source, place=Place.KEYRING, expires=_day(expires))
    if kept := plain_file.read(places.plain_path, user_of(site)):
        source = f"plain file: {places.plain_path}"
        caution = plain_file.caution(places.plain_path)
        secret = checked(kept[0], source)
        yield Token(secret=secret, source=source, place=Place.PLAIN_FILE, caution=caution, expires=kept[1])
    elif shut:
        raise shut


def variables(site: SiteSettings) -> tuple[str, str]:
    """The environment variables that may hold the token: the site's own, then the one for every site."""
    return f"PMREPORT_{re.sub('[^A-Z0-9]+', '_', site.name.upper())}_JIRA_TOKEN", "PMREPORT_JIRA_TOKEN"


def _from_environment(site: SiteSettings, environ: Mapping[str, str]) -> Iterator[Token]:
    for name in variables(site):
        if environ.get(name, "").strip():
            yield Token(secret=checked(environ[name], name), source=name, place=Place.ENVIRONMENT)
    for name in variables(site):
        if path := environ.get(f"{name}_FILE", ""):
            yield _from_file(Path(path).expanduser(), f"{name}_FILE")


def _none(site: SiteSettings, places: Places) -> NotAuthorisedError:
    refused = [reason for backend in places.backends if (reason := refusal(backend))]
    why = f"; {refused[0]}" if refused else ""
    return NotAuthorisedError(
        f"there is no token for {site.url}",
        where=f"the environment and the keyring ({SERVICE}, {user_of(site)}){why}",
        hint="`pmreport auth login` asks for it and keeps it; or set PMREPORT_JIRA_TOKEN; "
        "or name a file that holds the token with PMREPORT_JIRA_TOKEN_FILE",
    )


def _from_file(path: Path, variable: str) -> Token:
    where = f"{variable} = {path}"
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_TOO_LONG)
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        hint = "the file holds the token and nothing else"
        raise NotAuthorisedError(f"cannot read the token file: {reason}", where=where, hint=hint) from None
    if not text.strip():
        raise NotAuthorisedError("the token file is empty", where=where, hint="write the token into it")
    is_open = bool(mode & stat.S_IROTH) and _has_owners()
    caution = (
        f"other users of this machine can read the token file; run `chmod 600 {path}`" if is_open else None
    )
    secret: Secret = checked(text, where)
    return Token(secret=secret, source=where, place=Place.FILE, caution=caution)


def _has_owners() -> bool:
    """Whether the permissions of a file mean anything here (on Windows they do not)."""
    return os.name == "posix"


def _day(text: str | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text) if text else None
    return None
