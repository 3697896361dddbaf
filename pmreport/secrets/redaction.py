"""Texts cleared of secrets, before anybody reads them."""

import re
from collections.abc import Mapping

from pmreport.secrets.secret import HIDDEN

_IN_TEXT = re.compile(
    r"(?i)((?:basic|bearer)\s+)[A-Za-z0-9+/=_.~-]{6,}|(//[^/\s:@]*:)[^/\s@]+(?=@)|AT(?:ATT|CTT|STT)[\w=+/-]{6,}"
)


def redacted(text: str, environ: Mapping[str, str]) -> str:
    """`text` without the secrets of the environment and without anything that looks like a token."""
    for name, value in environ.items():
        is_secret = name.startswith("PMREPORT_") and name.endswith(("_TOKEN", "_PASSWORD"))
        if is_secret and value.strip():
            text = text.replace(value.strip(), HIDDEN)
    return _IN_TEXT.sub(lambda found: f"{found[1] or found[2] or ''}{HIDDEN}", text)
