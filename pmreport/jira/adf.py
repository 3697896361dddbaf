"""Rich text of Jira as plain text."""

from collections.abc import Iterator, Mapping
from typing import Any

from pmreport.jira import wiki

_BLOCKS = frozenset(
    {
        "paragraph",
        "heading",
        "blockquote",
        "codeBlock",
        "listItem",
        "taskItem",
        "decisionItem",
        "rule",
        "tableRow",
        "panel",
        "mediaSingle",
        "mediaGroup",
        "expand",
        "nestedExpand",
        "blockCard",
    }
)
_ATTRIBUTES = {
    "mention": ("text", "id"),
    "emoji": ("text", "shortName"),
    "inlineCard": ("url",),
    "blockCard": ("url",),
    "embedCard": ("url",),
    "status": ("text",),
    "date": ("timestamp",),
}


def plain_text(rich: Any) -> str:
    """The words of an Atlassian document, or of the wiki text of Data Center; nothing gives "".

    A line per block. Unknown nodes give the text inside them: Atlassian adds kinds of nodes without notice.
    """
    if isinstance(rich, str):
        return wiki.plain_text(rich)
    lines = "".join(_pieces(rich)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _pieces(root: Any) -> Iterator[str]:
    """The texts and line ends in reading order. An own stack, because a document may be nested very deep."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            stack.extend(reversed(_opened(node)))


def _opened(node: Mapping[str, Any]) -> list[Any]:
    """A node's own text, what is inside it, and the line ends around it."""
    kind = str(node.get("type"))
    if kind == "hardBreak":
        return ["\n"]
    parts: list[Any] = [_own_text(node, kind)]
    inner = node.get("content")
    if isinstance(inner, list):
        parts.append([child for child in inner if isinstance(child, dict)])
    if kind in {"tableCell", "tableHeader"}:
        parts.append(" ")
    return ["\n", *parts, "\n"] if kind in _BLOCKS else parts


def _own_text(node: Mapping[str, Any], kind: str) -> str:
    if isinstance(node.get("text"), str):
        return str(node["text"])
    attributes = node.get("attrs")
    if not isinstance(attributes, dict):
        return ""
    return next((str(attributes[name]) for name in _ATTRIBUTES.get(kind, ()) if attributes.get(name)), "")
