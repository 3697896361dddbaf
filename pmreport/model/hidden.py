"""A text without the secrets that it may hold: the last net, for no text of ours should hold one."""

import re
from collections.abc import Iterable

HIDDEN = "[hidden]"

# A login in a header, a login in an address, and what Atlassian's tokens look like.
_SECRET = re.compile(
    r"(?i)(\b(?:basic|bearer)\s+)[A-Za-z0-9+/=_.~-]{6,}|(//)[^/\s@]+(?=@)|AT(?:ATT|CTT|STT)[\w=+/-]{6,}"
)


def without_secrets(text: str, known: Iterable[str] = ()) -> str:
    """`text` without the `known` secrets and without anything that looks like one."""
    for secret in known:
        if secret:
            text = text.replace(secret, HIDDEN)
    return _SECRET.sub(lambda found: f"{found[1] or found[2] or ''}{HIDDEN}", text)
