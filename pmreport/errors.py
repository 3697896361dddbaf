"""The dead ends a person must act on, each with its exit status.

Odd data is no error: it is a `Problem` value (`pmreport.model.problem`), counted and shown.
"""

import errno
from enum import IntEnum

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}


class ExitStatus(IntEnum):
    """How a command ended, after BSD's sysexits (Windows has no `os.EX_*`)."""

    OK = 0
    OTHER = 1
    USAGE = 2
    BAD_DATA = 65
    UNREACHABLE = 69
    TRY_LATER = 75
    NOT_AUTHORISED = 77
    CONFIGURATION = 78


class PmreportError(Exception):
    """A dead end: what happened, where, and what to do next.

    `what` is one sentence; `where` names the file, address or key (None when there is no place);
    `hint` says what to do next. None of the three may hold a secret.
    """

    status: ExitStatus = ExitStatus.OTHER

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint


class StorageFullError(PmreportError):
    """The disk is full; what was committed before stays."""


class UsageError(PmreportError):
    """The words on the command line cannot be followed."""

    status = ExitStatus.USAGE


class BadDataError(PmreportError):
    """Data that cannot be worked with: a corrupt or newer store, a template fault, an empty project."""

    status = ExitStatus.BAD_DATA


class UnreachableError(PmreportError):
    """Jira or the mail server does not answer."""

    status = ExitStatus.UNREACHABLE


class TryLaterError(PmreportError):
    """A rate limit, a lock, or a partial sync: the same command works later.

    `resume_after_seconds` is None where nobody can say when.
    """

    status = ExitStatus.TRY_LATER

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        hint: str | None = None,
        resume_after_seconds: float | None = None,
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.resume_after_seconds = resume_after_seconds


class NotAuthorisedError(PmreportError):
    """No token, a refused token, or a token that Jira treats as anonymous."""

    status = ExitStatus.NOT_AUTHORISED


class ConfigurationError(PmreportError):
    """The configuration cannot be used. `what` may hold several problems, a line each."""

    status = ExitStatus.CONFIGURATION


def is_full(error: OSError) -> bool:
    """Whether there is no room for what was to be written: on the disk, or in the share a user has of it."""
    return error.errno in _FULL
