"""The password of a server: looked for in the environment, in a file that it names, in the keyring."""

import logging
from collections.abc import Mapping
from pathlib import Path

from pmreport.errors import NotAuthorisedError
from pmreport.secrets import keyrings
from pmreport.secrets.keyrings import KeyringBackend
from pmreport.secrets.lookup import Places
from pmreport.secrets.secret import Secret

_LOG = logging.getLogger(__name__)
_STORE = "PMREPORT_STORE_PASSWORD"
_TOO_LONG = 4096  # a file longer than this is something else, named by mistake


def store_password(
    url: str, environ: Mapping[str, str], *, keyring: KeyringBackend | None = None
) -> Secret | None:
    """The password of the store at `url`; None where there is none, for not every server asks for one.

    Asked in this order: PMREPORT_STORE_PASSWORD, the file that PMREPORT_STORE_PASSWORD_FILE names, the
    keyring under the user `store:` and the url. Raises NotAuthorisedError for a file that cannot be read.
    """
    if given := environ.get(_STORE):
        return Secret(given)
    if path := environ.get(f"{_STORE}_FILE"):
        return _from_file(Path(path).expanduser(), f"{_STORE}_FILE = {path}")
    return _from_keyring(f"store:{url}", Places(environ, keyring))  # type: ignore[arg-type]  # a lookup only reads


def _from_file(path: Path, where: str) -> Secret:
    """The file holds the password and a line end at most: blanks may belong to it."""
    hint = "the file holds the password and nothing else"
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_TOO_LONG).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise NotAuthorisedError(
            f"cannot read the file with the store's password: {reason}", where=where, hint=hint
        ) from None
    if not text:
        raise NotAuthorisedError("the file with the store's password is empty", where=where, hint=hint)
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
