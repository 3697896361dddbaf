"""One fault of a configuration file, as a person reads it: what, where, and the line itself."""

import re
from dataclasses import dataclass

_SECRET_KEY = re.compile(r"(?i)token|passw|secret|api[_-]?key|credential")
_SECRET_LINE = re.compile(
    r"(?i)^(\s*[\w.\"'-]*(?:token|passw|secret|api[_-]?key|credential)[\w.\"'-]*\s*[=:]\s*).*"
)
_USER_INFO = re.compile(r"(//[^\s/:@\"']*):[^\s/@\"']+@")
_KNOWN_TOKEN = re.compile(r"AT(?:ATT|CTT|STT)\w{3}[\w=+/-]*")
_WIDEST = 100  # a longer line is cut; the reader has the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong, and the stretch of the text that is: `length` characters; lines and columns from 1."""

    what: str
    line: int
    column: int
    length: int = 1

    def shown(self, file: str, text: str) -> str:
        """The complaint with its place, the line of the text it speaks of, and a caret below."""
        source = text.split("\n")[self.line - 1] if self.line <= text.count("\n") + 1 else ""
        caret = " " * (self.column - 1) + "^" * self.length
        return (
            f"{self.what}\n"
            f"  --> {file}:{self.line}:{self.column}\n"
            f"{self.line:>4} | {masked(source).expandtabs(1)[:_WIDEST]}\n"
            f"     | {caret[:_WIDEST]}"
        )


def names_a_secret(key: str) -> bool:
    """Whether a key of this name would hold a token or a password."""
    return bool(_SECRET_KEY.search(key))


def holds_a_secret(value: str) -> bool:
    """Whether a value looks like an Atlassian token, or an address with a password in it."""
    return bool(_KNOWN_TOKEN.search(value) or _USER_INFO.search(value))


def masked(line: str) -> str:
    """The line with everything that looks like a secret replaced by `***`."""
    line = _SECRET_LINE.sub(r"\1***", line)
    line = _USER_INFO.sub(r"\1:***@", line)
    return _KNOWN_TOKEN.sub("***", line)


def at(text: str, begin: int, end: int) -> tuple[int, int, int]:
    """Line, column and length (of its first line) of a stretch of the text."""
    line_begin = text.rfind("\n", 0, begin) + 1
    line_end = text.find("\n", begin)
    last = min(end, line_end if line_end >= 0 else len(text))
    return text.count("\n", 0, begin) + 1, begin - line_begin + 1, max(1, last - begin)
