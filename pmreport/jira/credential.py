"""The token that opens Jira, and how to keep it out of every text."""

import base64
from dataclasses import dataclass, field

from pmreport.model.hidden import without_secrets
from pmreport.model.visible import one_line


@dataclass(frozen=True, slots=True)
class Credential:
    """An API token with its email (Cloud), or a personal access token alone (Data Center).

    The token never shows in `repr`, so it cannot slip into a log, a traceback or a test report.
    """

    token: str = field(repr=False)
    email: str | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether there is no token at all: for the few things that Jira tells anybody."""
        return not self.token

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every text that would give the token away, longest first."""
        if self.email is None:
            return (self.token,)
        pair = f"{self.email}:{self.token}".encode()
        return (base64.b64encode(pair).decode(), self.token)


ANONYMOUS = Credential(token="")


def redacted(text: str, credential: Credential | None = None, *, limit: int = 300) -> str:
    """`text` from outside, safe to print: no token, no login, no terminal control codes, one short line."""
    text = one_line(without_secrets(text, credential.secrets if credential else ())).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"
