"""What is to be forgotten, as marks by which it is known again and which do not say what it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

NOBODY = "a forgotten person"
NOTHING = "a forgotten issue"
ESCAPE = r"(?<=%[0-9A-Fa-f]{2})"
"""Behind an escape of a link a name can begin, though a letter or a digit stands before it: `%20WEB-12`."""
_LETTERS = 32  # of a digest


class Subject(StrEnum):
    """What was forgotten."""

    ISSUE = "issue"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One that was forgotten: a digest of each of its names, and for a person the number in their stead.

    The names of an issue are its id and every key it had, those of a person their account id, key and login.
    Whoever has a name can find out whether it is marked; nobody reads a name out of a mark.
    """

    subject: Subject
    digests: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Forgotten:
    """All that is to be forgotten of a site, which is known by its url."""

    site: str
    marks: tuple[Mark, ...] = ()

    def with_more(self, marks: Iterable[Mark]) -> "Forgotten":
        """These and others; the same one twice is one."""
        known = {mark.digests[:1]: mark for mark in (*self.marks, *marks)}
        return Forgotten(self.site, tuple(known.values()))

    def found(self, subject: Subject, name: str) -> Mark | None:
        """The mark of what has this name; None where it is not forgotten."""
        wanted = digest(self.site, subject, name)
        return next((mark for mark in self.marks if mark.subject is subject and wanted in mark.digests), None)

    @property
    def next_number(self) -> int:
        """A number that no forgotten person has yet."""
        return 1 + max((mark.number for mark in self.marks), default=0)


def digest(site: str, subject: Subject, name: str) -> str:
    """What stands for a name: the same name on another site gives another text."""
    told = f"{site}\n{subject}\n{name}".encode("utf-8", "surrogatepass")
    return sha256(told).hexdigest()[:_LETTERS]


def mark(site: str, subject: Subject, names: Iterable[str], *, number: int = 0) -> Mark:
    """The mark of what has these names, the most lasting one first."""
    return Mark(
        subject=subject,
        digests=tuple(dict.fromkeys(digest(site, subject, name) for name in names)),
        number=number,
    )


def pseudonym(number: int) -> str:
    """The account in the stead of a forgotten one: the same in every place, so that counts stay right."""
    return f"forgotten-{number}"
