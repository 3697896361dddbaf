"""Links from a number or a name to the items behind it."""

from collections.abc import Iterable
from urllib.parse import quote

from pmreport.report.draft import KEY
from pmreport.report.inputs import Inputs
from pmreport.report.view import Inline, Link, Text

KEYS_IN_A_LINK = 100  # a browser's address has an end
WITHHELD = "Restricted item"


def issue(inputs: Inputs, key: str, text: str | None = None) -> Link:
    """A link to an issue in Jira, under its key unless `text` says otherwise."""
    return Link(text or key, f"{inputs.site_url.rstrip('/')}/browse/{quote(key)}")


def comment(inputs: Inputs, key: str, comment_id: str, text: str) -> Link:
    """A link to a comment of an issue, or to the issue where the id is empty."""
    found = issue(inputs, key, text)
    query = f"?focusedCommentId={quote(comment_id)}" if comment_id else ""
    return Link(text, f"{found.href}{query}")


def jql(inputs: Inputs, query: str, text: str) -> Link:
    """A link to a search in Jira."""
    return Link(text, f"{inputs.site_url.rstrip('/')}/issues/?jql={quote(query, safe='')}")


def keys(inputs: Inputs, issue_keys: Iterable[str], text: str) -> Link | None:
    """A link to exactly these items in Jira; None when there are none. Holds at most the first hundred."""
    wanted = [key for key in issue_keys if key][:KEYS_IN_A_LINK]
    return jql(inputs, f"key in ({', '.join(wanted)})", text) if wanted else None


def anchor(text: str, place: str) -> Link:
    """A link to a place in this page."""
    return Link(text, f"#{place}")


def named(inputs: Inputs, key: str, text: str | None = None) -> Inline:
    """An issue under its key, or under `text`; where it has no key, the words for a withheld one."""
    return issue(inputs, key, text or None) if key else WITHHELD


def words(inputs: Inputs, text: str) -> Text:
    """What a person wrote, with a link at every issue key that is known; a key alone gets its summary."""
    known = {card.key: card.summary for card in inputs.cards.values() if card.key}
    line = " ".join(text.split())
    if line in known:
        return (issue(inputs, line, f"{line} {known[line]}"),)
    parts: list[Inline] = []
    end = 0
    for found in KEY.finditer(line):
        if found[0] in known:
            parts += [line[end : found.start()], issue(inputs, found[0])]
            end = found.end()
    return tuple(part for part in (*parts, line[end:]) if part != "")
