"""The token that opens Jira: from the environment, from a file, or from the keyring of the system."""

import logging
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pmreport.errors import NotAuthorisedError
from pmreport.jira.settings import SiteSettings

SERVICE = "pmreport"
_LOG = logging.getLogger(__name__)
_HIDDEN = "[hidden]"
_TOO_LONG = 4096  # a file longer than this is something else, named by mistake
_REFUSED = {  # backends, by the begin of their module, and why each is no home for a token
    "keyrings.alt": "keeps tokens in a plain file",
    "keyring.backends.null": "throws tokens away",
    "keyring.backends.fail": "is no keyring",
}
_IN_TEXT = re.compile(
    r"(?i)((?:basic|bearer)\s+)[A-Za-z0-9+/=_.~-]{6,}|(//[^/\s:@]*:)[^/\s@]+(?=@)|AT(?:ATT|CTT|STT)[\w=+/-]{6,}"
)


class Secret:
    """A text that shows itself to nobody who does not ask for it with `reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself: for the one place that sends it."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({_HIDDEN})"

    def __str__(self) -> str:
        return _HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a secret is not written anywhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token, where it was found, and a sentence of warning if it does not lie well there."""

    secret: Secret
    source: str
    caution: str | None = None

    def reveal(self) -> str:
        """The text of the token: for the one place that sends it."""
        return self.secret.reveal()


class KeyringBackend(Protocol):
    """What we ask of a keyring: one password by service and user, None where there is none."""

    def get_password(self, service: str, username: str) -> str | None:
        """The password, or None."""
        ...


def jira_token(
    site: SiteSettings, environ: Mapping[str, str], *, keyring: KeyringBackend | None = None
) -> Token:
    """The token for this Jira; a warning is logged if it does not lie well where it was found.

    Asked in this order: PMREPORT_<NAME>_JIRA_TOKEN, PMREPORT_JIRA_TOKEN, the same two with _FILE, the keyring
    (`keyring`, else the one of the system). A variable that is empty counts as not set. Raises
    NotAuthorisedError naming the ways when there is none, or when the one found cannot be a token.
    """
    own = f"PMREPORT_{re.sub('[^A-Z0-9]+', '_', site.name.upper())}_JIRA_TOKEN"
    names = (own, "PMREPORT_JIRA_TOKEN")
    for name in names:
        if environ.get(name, "").strip():
            return Token(secret=_checked(environ[name], name), source=name)
    for name in names:
        if path := environ.get(f"{name}_FILE", ""):
            return _from_file(Path(path).expanduser(), f"{name}_FILE")
    user = f"jira:{site.url}"
    backends = [keyring] if keyring else list(_system_backends())
    refused = [reason for backend in backends if (reason := refusal(backend))]
    for backend in backends:
        if not refusal(backend) and (text := _from_keyring(backend, user)):
            return Token(secret=_checked(text, "the keyring"), source=f"keyring: {SERVICE}, {user}")
    raise NotAuthorisedError(
        f"there is no token for {site.url}",
        where=f"the environment and the keyring ({SERVICE}, {user}){'; ' + refused[0] if refused else ''}",
        hint="set PMREPORT_JIRA_TOKEN; or name a file that holds the token with PMREPORT_JIRA_TOKEN_FILE; "
        f"or store it with `keyring set {SERVICE} {user}`",
    )


def refusal(backend: object) -> str | None:
    """Why this keyring is no home for a token, as a sentence; None where it is one."""
    module = type(backend).__module__
    why = next((why for begin, why in _REFUSED.items() if module.startswith(begin)), None)
    return f"the keyring {module} is not used: it {why}" if why else None


def redacted(text: str, environ: Mapping[str, str]) -> str:
    """`text` without the secrets of the environment and without anything that looks like a token."""
    for name, value in environ.items():
        is_secret = name.startswith("PMREPORT_") and name.endswith(("_TOKEN", "_PASSWORD"))
        if is_secret and value.strip():
            text = text.replace(value.strip(), _HIDDEN)
    return _IN_TEXT.sub(lambda found: f"{found[1] or found[2] or ''}{_HIDDEN}", text)


def _checked(text: str, source: str) -> Secret:
    token = text.strip()
    if token.isascii() and token.isprintable() and " " not in token:
        return Secret(token)
    raise NotAuthorisedError(
        "what was found is no token: it holds blanks, line ends or letters that no token has",
        where=source,
        hint="copy the token again, alone",
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
    if caution:
        _LOG.warning(caution)
    return Token(secret=_checked(text, where), source=where, caution=caution)


def _has_owners() -> bool:
    """Whether the permissions of a file mean anything here (on Windows they do not)."""
    import os

    return os.name == "posix"


def _system_backends() -> Iterator[KeyringBackend]:
    """The keyring of the system; of a chain of them every link, so that a refused one hides no good one."""
    from keyring import get_keyring

    backend: Any = get_keyring()
    chained = getattr(backend, "backends", None) if "chainer" in type(backend).__module__ else None
    yield from chained or [backend]


def _from_keyring(backend: KeyringBackend, user: str) -> str | None:
    from keyring.errors import KeyringError

    try:
        return backend.get_password(SERVICE, user)
    except KeyringError as error:
        raise NotAuthorisedError(
            f"the keyring does not open ({type(error).__name__})",
            where=f"keyring: {SERVICE}, {user}",
            hint="unlock it, or set PMREPORT_JIRA_TOKEN or PMREPORT_JIRA_TOKEN_FILE",
        ) from None
