"""What is read from Jira and how hard it is asked: the sections `[scope]` and `[sync]`."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeSettings:
    """Which part of the site is read.

    `projects` are keys, at least one. No `boards` means every board of these projects. `since` leaves out
    issues not updated since that day; None reads everything.
    """

    projects: tuple[str, ...]
    boards: tuple[int, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSettings:
    """How Jira is asked. `census_every` is the time between two walks that find deleted and moved issues."""

    connections: int = 4
    page_size: int = 100
    census_every: timedelta = timedelta(days=7)
