"""The keyring of the system: which one is a home for a token, and how a token goes in and out."""

from collections.abc import Iterator
from typing import Any, Protocol

from pmreport.errors import NotAuthorisedError

SERVICE = "pmreport"
_REFUSED = {  # backends, by the begin of their module, and why each is no home for a token
    "keyrings.alt": "keeps tokens in a plain file",
    "keyring.backends.null": "throws tokens away",
    "keyring.backends.fail": "is no keyring",
}
_REASON = "why_unloaded"  # what a stand-in carries
_UNLOADED = "the keyring that PYTHON_KEYRING_BACKEND or keyringrc.cfg names cannot be loaded"
_OTHER_WAYS = "set PMREPORT_JIRA_TOKEN or PMREPORT_JIRA_TOKEN_FILE"


class KeyringBackend(Protocol):
    """What we ask of a keyring: one password by service and user, None where there is none."""

    def get_password(self, service: str, username: str) -> str | None:
        """The password, or None."""
        ...


class WritableKeyring(KeyringBackend, Protocol):
    """A keyring that also takes a password and lets go of one."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Let go of a password."""
        ...


def refusal(backend: object) -> str | None:
    """Why this keyring is no home for a token, as a sentence; None where it is one."""
    if unloaded := getattr(backend, _REASON, None):
        return f"{_UNLOADED} ({unloaded})"
    module = type(backend).__module__
    why = next((why for begin, why in _REFUSED.items() if module.startswith(begin)), None)
    return f"the keyring {module} is not used: it {why}" if why else None


def system_backends() -> Iterator[WritableKeyring]:
    """The keyring of the system; of a chain of them every link, so that a refused one hides no good one.

    In place of one that cannot be loaded stands a refused one: a token that lies elsewhere is found.
    """
    from keyring import get_keyring

    try:
        backend: Any = get_keyring()
    except Exception as error:  # noqa: BLE001 - importing what a variable or a file names can fail in any way
        from keyring.backends import fail

        backend = fail.Keyring()  # type: ignore[no-untyped-call]  # the library has no annotation here
        setattr(backend, _REASON, type(error).__name__)
    chained = getattr(backend, "backends", None) if "chainer" in type(backend).__module__ else None
    yield from chained or [backend]


def read(backend: KeyringBackend, user: str) -> str | None:
    """What the keyring holds for a user. Raises NotAuthorisedError where it does not open."""
    from keyring.errors import KeyringError

    try:
        return backend.get_password(SERVICE, user)
    except KeyringError as error:
        raise _shut(error, user) from None


def write(backend: WritableKeyring, user: str, text: str) -> None:
    """Give a text to the keyring and read it back.

    Raises NotAuthorisedError where the keyring does not open, or does not hold what it was given.
    """
    from keyring.errors import KeyringError

    try:
        backend.set_password(SERVICE, user, text)
    except KeyringError as error:
        raise _shut(error, user) from None
    if read(backend, user) != text:
        raise NotAuthorisedError(
            "the keyring does not hold what was put into it",
            where=f"keyring: {SERVICE}, {user} ({type(backend).__module__})",
            hint=f"{_OTHER_WAYS}, or keep the token in a plain file with --insecure-storage",
        )


def remove(backend: WritableKeyring, user: str) -> bool:
    """Take a user's entry out; whether there was one. Raises NotAuthorisedError where that does not work."""
    from keyring.errors import KeyringError

    if read(backend, user) is None:
        return False
    try:
        backend.delete_password(SERVICE, user)
    except KeyringError as error:
        raise _shut(error, user) from None
    return True


def _shut(error: Exception, user: str) -> NotAuthorisedError:
    """Only the kind of the error: its text may hold anything."""
    return NotAuthorisedError(
        f"the keyring does not open ({type(error).__name__})",
        where=f"keyring: {SERVICE}, {user}",
        hint=f"unlock it, or {_OTHER_WAYS}",
    )
