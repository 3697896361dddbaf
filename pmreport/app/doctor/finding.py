"""What the doctor says: findings, each with its fix, and what was not looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pmreport.errors import PmreportError


class Check(StrEnum):
    """What is looked at, in the order in which it is told."""

    CONFIGURATION = "configuration"
    FILES = "files"
    CREDENTIALS = "credentials"
    PERMISSIONS = "permissions"
    CLOCK = "clock"
    SYNC = "sync"
    FIELDS = "fields"
    STATUSES = "statuses"
    STORE = "store"
    MAIL = "mail"


class Severity(StrEnum):
    """How bad it is: nothing works or numbers are wrong; numbers may be wrong soon; good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: `subject` is its place (a key, a file, a section), `fix` a command, or lines to paste."""

    check: Check
    severity: Severity
    subject: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What was not looked at, and why."""

    check: Check
    reason: str


Remark = Finding | LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All that was found: the worst first within a check, the checks in their order."""

    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something is broken, as opposed to doubtful."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def diagnosis(remarks: Iterable[Remark]) -> Diagnosis:
    """The remarks in order, each once."""
    distinct = tuple(dict.fromkeys(remarks))
    checks, severities = list(Check), list(Severity)
    return Diagnosis(
        findings=tuple(
            sorted(
                (each for each in distinct if isinstance(each, Finding)),
                key=lambda each: (checks.index(each.check), severities.index(each.severity)),
            )
        ),
        left_out=tuple(
            sorted(
                (each for each in distinct if isinstance(each, LeftOut)),
                key=lambda each: checks.index(each.check),
            )
        ),
    )


def of_error(
    check: Check, error: PmreportError, *, subject: str, severity: Severity = Severity.ERROR
) -> Finding:
    """A dead end of some call as a finding; `subject` is its place where the error names none."""
    return Finding(
        check=check,
        severity=severity,
        subject=error.where or subject,
        what=sentence(error.what),
        fix=sentence(error.hint or "run the command again with --debug to see more"),
    )


def sentence(text: str) -> str:
    """Words of another room as they are written here: without a full stop at the end."""
    return text.strip().removesuffix(".")


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 issue`, `2 issues`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
