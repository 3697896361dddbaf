"""Who writes the store now, in words for whoever comes second."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pmreport.errors import TryLaterError


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds the lock, and since when."""

    pid: int
    host: str
    started: datetime

    def __str__(self) -> str:
        started = self.started.astimezone(UTC)
        return f"process {self.pid} on {self.host} since {started.day} {started:%b %Y %H:%M} UTC"


def unheard(_: str) -> None:
    """Nobody listens to what is waited for."""


def said(first: Holder | None) -> str:
    """Whom is waited for; None where the first one has not told yet who it is."""
    return f"another sync or forget ({first})" if first else "another sync or forget"


def held(first: Holder | None, place: str) -> TryLaterError:
    """The dead end of whoever comes second."""
    return TryLaterError(
        f"{said(first)} is running",
        where=place,
        hint="wait until it has finished, then run the command again; `sync --wait SECONDS` waits itself",
    )
