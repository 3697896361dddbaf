"""Wiki text of Jira as plain text: the words stay, the marks around them go."""

import re

_PATTERNS = tuple(
    (re.compile(pattern, re.MULTILINE), words)
    for pattern, words in (
        (r"\{(?:code|noformat|quote|panel|color)(?::[^}\n]*)?\}", ""),
        (r"^[ \t]*(?:h[1-6]|bq)\.[ \t]+", ""),
        (r"^[ \t]*(?:[*#]+|-)[ \t]+", ""),
        (r"\[~(?:accountid:)?([^\]\n]+)\]", r"@\1"),  # the login name: the person's own is not in the text
        (r"\[([^\]|\n]+)\|(?:https?:|mailto:|[#^/])[^\]\n]*\]", r"\1"),
        (r"\[((?:https?|mailto):[^\]|\n]+)\]", r"\1"),
    )
)


def plain_text(text: str) -> str:
    """The words of a wiki text, a line per line of it, without empty ones.

    Bold, italics and the like keep their marks: an asterisk or an underscore is a word's own as often as not.
    """
    text = text.replace("\r\n", "\n")
    for pattern, words in _PATTERNS:
        text = pattern.sub(words, text)
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
