"""The page of a preview: made again when a file it depends on has changed; the last good one is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from pmreport.app.preview.watched import Seen
from pmreport.errors import PmreportError
from pmreport.report.view import Report

_OURS = "run `pmreport report` with --debug to see where, and report it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why there is no page: what happened, where, and what to do."""

    what: str
    where: str | None
    hint: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What there is to see. `number` counts how often it was made; `page` is the last good one, if any.

    `trouble` is what kept the newest from being made; None where `page` is the newest.
    """

    number: int = 0
    page: str | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a page is made: the report from what is stored and written, then its page, as the files are now."""

    look: Callable[[], Seen]
    build: Callable[[], Report]
    render: Callable[[Report], str]


class Workshop:
    """One page, and whoever asks for it; asked from several threads, it is made by one at a time."""

    def __init__(self, making: Making, tell: Callable[[Shown], None]) -> None:
        self._making = making
        self._tell = tell
        self._lock = Lock()
        self._seen: Seen | None = None
        self._report: Report | None = None
        self._shown = Shown()

    def now(self) -> Shown:
        """What there is to see now; made again first where a file has changed."""
        with self._lock:
            seen = self._making.look()
            if seen != self._seen:
                self._shown = self._made(seen)
                self._tell(self._shown)
            return self._shown

    def _made(self, seen: Seen) -> Shown:
        number = self._shown.number + 1
        if self._seen is None or seen.content != self._seen.content:
            self._report = None
        self._seen = seen
        try:
            if self._report is None:
                self._report = self._making.build()
            return Shown(number=number, page=self._making.render(self._report))
        except Exception as error:  # noqa: BLE001 - the page says it, and the next change is tried again
            return replace(self._shown, number=number, trouble=_trouble(error))


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, PmreportError):
        return Trouble(what=error.what, where=error.where, hint=error.hint)
    what = f"a fault of pmreport itself ({type(error).__name__})"
    return Trouble(what=what, where=None, hint=_OURS)
