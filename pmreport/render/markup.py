"""Words as Markdown that says exactly these words: nothing in them can become markup, a link or HTML.

After CommonMark with GitHub's tables and links: each sign that could begin something is escaped.
"""

import re

from pmreport.model.visible import one_line
from pmreport.render.filters import outside_href, plain_part
from pmreport.report.view import Inline, Link, Strong, Text

_SIGNS = re.compile(r"[\\`*_\[\]<>#|~&$@]")
_FIRST = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|-+\s*$|=+\s*$))")  # a list, a rule, a heading
_ADDRESS = re.compile(r"(?i)://|www\.")  # GitHub makes a link of what looks like one


def line(text: str) -> str:
    """Words as one line of Markdown, at the beginning of a line or inside one."""
    escaped = _SIGNS.sub(r"\\\g<0>", one_line(text).strip())
    escaped = _ADDRESS.sub(lambda found: f"{found.group()[:-1]}\\{found.group()[-1]}", escaped)
    return _FIRST.sub(r"\1\\", escaped)


def inline(text: Text, zone: str, *, iso: bool = False) -> str:
    """A text as Markdown on one line; links lead only to http and https."""
    return "".join(_part(part, zone, iso=iso) for part in text).strip()


def cell(text: Text, zone: str) -> str:
    """A text as the cell of a table, days and moments as ISO; a cell is never quite empty."""
    return inline(text, zone, iso=True) or "\u00a0"


def _part(part: Inline, zone: str, *, iso: bool) -> str:
    written = plain_part(part, zone, iso=iso)
    words = line(written)
    match part:
        case Link(href=href) if words and (address := outside_href(href)):
            words = f"[{words}](<{_address(address)}>)"
        case Strong() if words:
            words = f"**{words}**"
    lead, tail = written[:1].isspace(), written[-1:].isspace() and bool(words)
    return f"{' ' if lead else ''}{words}{' ' if tail else ''}"


def _address(address: str) -> str:
    """An address between angle brackets, where these and a backslash mean something, and in a table a bar."""
    return address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
