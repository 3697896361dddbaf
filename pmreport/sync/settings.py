"""What is read from Jira and how hard it is asked: the sections `[scope]` and `[sync]`."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

USUAL_LIMIT = Decimal("0.05")


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
    """How Jira is asked. `census_every` is the time between two walks that find deleted and moved issues.

    `census_limit` is the share of a project's issues that may vanish between two of them and be believed.
    """

    connections: int = 4
    page_size: int = 100
    census_every: timedelta = timedelta(days=7)
    census_limit: Decimal = USUAL_LIMIT
