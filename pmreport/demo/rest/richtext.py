"""Rich text both ways: documents for REST version 3, wiki markup for version 2."""

import re
from typing import Any

from pmreport.demo.catalogue import Site

_MENTION = re.compile(r"\[~accountid:([^\]]+)\]")


def rich(text: str | None, version: str, site: Site) -> Any:
    """The document (version 3) or the wiki text (version 2); None stays None."""
    if text is None:
        return None
    if version != "3":
        return _MENTION.sub(lambda found: _wiki_mention(found, site), text)
    return {"type": "doc", "version": 1, "content": [_paragraph(line, site) for line in text.split("\n")]}


def _wiki_mention(found: re.Match[str], site: Site) -> str:
    """A mention by account on Cloud, by user name on Data Center."""
    who = site.users.get(found[1])
    return f"[~{who.username}]" if who and who.username else found[0]


def _paragraph(line: str, site: Site) -> dict[str, Any]:
    content: list[dict[str, Any]] = []
    for n, part in enumerate(_MENTION.split(line)):
        if n % 2:
            name = site.users[part].name if part in site.users else "unknown"
            content.append({"type": "mention", "attrs": {"id": part, "text": f"@{name}", "accessLevel": ""}})
        elif part:
            content.append({"type": "text", "text": part})
    return {"type": "paragraph", "content": content}
