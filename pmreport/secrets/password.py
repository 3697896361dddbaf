"""The password of a server: looked for in the environment, in a file that it names, in the keyring."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pmreport.errors import NotAuthorisedError
from pmreport.secrets import keyrings
from pmreport.secrets.keyrings import KeyringBackend
from pmreport.secrets.lookup import Places
from pmreport.secrets.secret import Secret

_LOG = logging.getLogger(__name__)
_TOO_LONG = 16_384  # a file longer than this is something else, named by mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A kind of password: its variable, what to call it, and the keyring's user (None: it is not there)."""

    variable: str
    words: str
    user: str | None


def store_password(
    url: str, environ: Mapping[str, str], *, keyring: KeyringBackend | None = None
) -> Secret | None:
    """The password of the store at `url`; None where there is none, for not every server asks for one.

    Asked in this order: PMREPORT_STORE_PASSWORD, the file that PMREPORT_STORE_PASSWORD_FILE names, the
    keyring under the user `store:` and the url. Raises NotAuthorisedError for a file that cannot be read.
    """
    kind = _Kind(variable="PMREPORT_STORE_PASSWORD", words="the store's password", user=f"store:{url}")
    return _found(kind, environ, keyring)


def mail_password(
    user: str, host: str, environ: Mapping[str, str], *, keyring: KeyringBackend | None = None
) -> Secret | None:
    """The password of `user` at the mail server; None where there is none.

    Asked like the store's: PMREPORT_MAIL_PASSWORD, the file that PMREPORT_MAIL_PASSWORD_FILE names, the
    keyring under `mail:<user>@<host>`. Raises NotAuthorisedError for a file that cannot be read.
    """
    kind = _Kind(
        variable="PMREPORT_MAIL_PASSWORD", words="the mail server's password", user=mail_user(user, host)
    )
    return _found(kind, environ, keyring)


def mail_token(environ: Mapping[str, str]) -> Secret | None:
    """An OAuth token for the mail server; None where there is none.

    Asked are PMREPORT_MAIL_TOKEN and the file that PMREPORT_MAIL_TOKEN_FILE names; no keyring, for such a
    token lives for an hour. Raises NotAuthorisedError for a file that cannot be read.
    """
    kind = _Kind(variable="PMREPORT_MAIL_TOKEN", words="the mail server's token", user=None)
    found = _found(kind, environ, None)
    return None if found is None else Secret(found.reveal().strip())


def mail_user(user: str, host: str) -> str:
    """The name under which a keyring holds the password of a mail server."""
    return f"mail:{user}@{host}"


def _found(kind: _Kind, environ: Mapping[str, str], keyring: KeyringBackend | None) -> Secret | None:
    if given := environ.get(kind.variable):
        return Secret(given)
    if path := environ.get(f"{kind.variable}_FILE"):
        return _from_file(Path(path).expanduser(), kind, f"{kind.variable}_FILE = {path}")
    if kind.user is None:
        return None
    return _from_keyring(kind.user, Places(environ, keyring))  # type: ignore[arg-type]  # a lookup only reads


def _from_file(path: Path, kind: _Kind, where: str) -> Secret:
    """The file holds the password and a line end at most: blanks may belong to it."""
    hint = f"the file holds the {kind.words.rpartition(' ')[2]} and nothing else"
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_TOO_LONG).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise NotAuthorisedError(
            f"cannot read the file with {kind.words}: {reason}", where=where, hint=hint
        ) from None
    if not text:
        raise NotAuthorisedError(f"the file with {kind.words} is empty", where=where, hint=hint)
    return Secret(text)


def _from_keyring(user: str, places: Places) -> Secret | None:
    """A keyring that does not open is no dead end: the server may ask for no password at all."""
    for backend in places.homes:
        try:
            text = keyrings.read(backend, user)
        except NotAuthorisedError as error:
            _LOG.info("%s", error.what)
            continue
        if text:
            return Secret(text)
    return None
