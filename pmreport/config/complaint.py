"""One fault of a configuration file, as a person reads it: what, where, and the line itself."""

import re
from dataclasses import dataclass

_TELLING = (  # the short ones as whole words: an `author` and a `path` are no secrets
    r"(?:token|passw|passphrase|secret|api[_-]?key|credential|authori[sz]ation"
    r"|(?<![a-z])(?:pat|auth|bearer|cookie|pass|pwd)(?![a-z]))"
)
_SECRET_KEY = re.compile(f"(?i){_TELLING}")
_SECRET_LINE = re.compile(rf"(?i)^(\s*[\w.\"'-]*{_TELLING}[\w.\"'-]*\s*[=:]\s*).*")
_QUERY = re.compile(r"(//[^\s\"'?#]*)[?#][^\s\"']*")
_USER_INFO = re.compile(r"(//[^\s/:@\"']*):[^\s/@\"']+@")
_KNOWN_TOKEN = re.compile(r"AT(?:ATT|CTT|STT)\w{3}[\w=+/-]*")
_WIDEST = 100  # a longer line is cut; the reader has the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong, and the stretch of the text that is: `length` characters; lines and columns from 1.

    `hidden_from` is the column from which the line is not shown: nobody can say what stands behind a key that
    is unknown.
    """

    what: str
    line: int
    column: int
    length: int = 1
    hidden_from: int | None = None

    def shown(self, file: str, text: str, *, hidden_from: int | None = None) -> str:
        """The complaint with its place, the line of the text it speaks of, and a caret below.

        `hidden_from` is for another key of the same line that hides the rest of it.
        """
        source = text.split("\n")[self.line - 1] if self.line <= text.count("\n") + 1 else ""
        hidden_from = hidden_from or self.hidden_from
        if hidden_from is not None and source[hidden_from - 1 :].strip(" \t=:]"):
            source = f"{source[: hidden_from - 1]} = ***"
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
    line = _QUERY.sub(r"\1?***", line)
    return _KNOWN_TOKEN.sub("***", line)


def at(text: str, begin: int, end: int) -> tuple[int, int, int]:
    """Line, column and length (of its first line) of a stretch of the text."""
    line_begin = text.rfind("\n", 0, begin) + 1
    line_end = text.find("\n", begin)
    last = min(end, line_end if line_end >= 0 else len(text))
    return text.count("\n", 0, begin) + 1, begin - line_begin + 1, max(1, last - begin)
