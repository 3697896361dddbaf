"""A token as a value that shows itself to nobody."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pmreport.errors import NotAuthorisedError
from pmreport.model.hidden import HIDDEN


class Secret:
    """A text that shows itself to nobody who does not ask for it with `reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself: for the one place that sends it."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a secret is not written anywhere")


class Place(StrEnum):
    """The kinds of places where a token may lie."""

    ENVIRONMENT = "environment"
    FILE = "file"
    KEYRING = "keyring"
    PLAIN_FILE = "plain file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token, where it was found, and a sentence of warning if it does not lie well there.

    `expires` is what its owner said when it was kept; None where nobody said.
    """

    secret: Secret
    source: str
    place: Place
    caution: str | None = None
    expires: date | None = None

    def reveal(self) -> str:
        """The text of the token: for the one place that sends it."""
        return self.secret.reveal()


def checked(text: str, source: str) -> Secret:
    """The text as a token, without the blanks around it. Raises NotAuthorisedError where it can be none."""
    token = text.strip()
    if token and token.isascii() and token.isprintable() and " " not in token:
        return Secret(token)
    raise NotAuthorisedError(
        "what was found is no token: it holds blanks, line ends or letters that no token has"
        if token
        else "nothing was found where the token should be",
        where=source,
        hint="copy the token again, alone",
    )
