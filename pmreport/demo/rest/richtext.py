"""Rich text both ways: documents for REST version 3, wiki markup for version 2."""

import re
from typing import Any

from pmreport.demo.catalogue import Site

_MENTION = re.compile(r"\[~accountid:([^\]]+)\]")


def rich(text: str | None, version: str, site: Site) -> Any:
    """The document (version 3) or the wiki text (version 2); None stays None."""
    if text is None or version != "3":
        return text
    return {"type": "doc", "version": 1, "content": [_paragraph(line, site) for line in text.split("\n")]}


def _paragraph(line: str, site: Site) -> dict[str, Any]:
    content: list[dict[str, Any]] = []
    for n, part in enumerate(_MENTION.split(line)):
        if n % 2:
            name = site.users[part].name if part in site.users else "unknown"
            content.append({"type": "mention", "attrs": {"id": part, "text": f"@{name}", "accessLevel": ""}})
        elif part:
            content.append({"type": "text", "text": part})
    return {"type": "paragraph", "content": content}
