"""What to ask Jira for, so that nothing is missed and little is read twice."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from pmreport.model.instant import from_ms, to_ms

OVERLAP = timedelta(minutes=10)  # the search index may lag behind for minutes
CLOCK_CHANGE_OVERLAP = timedelta(minutes=70)  # one hour of local time happens twice
UNKNOWN_ZONE_OVERLAP = timedelta(hours=26)  # the width of all time zones

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far the issues of a project are read.

    `updated_ms` is the newest change up to which everything is in the store; None where nothing is. A long
    reading by ids that has begun and not ended has `began_ms`, the server's clock when it began, and
    `through_id`, the last id that is done (None: none yet). They count only for the same `since`, the same
    `fields` (a digest of what is asked for), and the same fields `chosen` by the configuration: with others
    everything is read again.
    """

    updated_ms: int | None = None
    began_ms: int | None = None
    through_id: int | None = None
    since: str | None = None
    fields: str = ""
    chosen: str = ""

    @property
    def settled(self) -> bool:
        """Whether what has changed since is all there is to read."""
        return self.updated_ms is not None and self.began_ms is None

    def begun(self, server_ms: int) -> "Cursor":
        """At the beginning of a long reading, or where one was left."""
        return self if self.began_ms is not None else replace(self, began_ms=server_ms, through_id=None)

    def through(self, issue_id: int) -> "Cursor":
        """With everything up to this id done."""
        return replace(self, through_id=issue_id)

    def up_to(self, updated_ms: int | None) -> "Cursor":
        """With everything read that changed until then; the cursor never goes back."""
        newest = max((each for each in (self.updated_ms, updated_ms) if each is not None), default=None)
        return replace(self, updated_ms=newest, began_ms=None, through_id=None)

    def as_text(self) -> str:
        """The cursor as it is stored."""
        return json.dumps(asdict(self))


def parse_cursor(text: str | None) -> Cursor:
    """A stored cursor; one that cannot be read stands at the beginning."""
    try:
        found = json.loads(text or "{}")
        return Cursor(
            updated_ms=found.get("updated_ms"),
            began_ms=found.get("began_ms"),
            through_id=found.get("through_id"),
            since=found.get("since"),
            fields=found.get("fields", ""),
            chosen=found.get("chosen", ""),
        )
    except (ValueError, AttributeError):
        return Cursor()


def start(
    stored: Cursor, *, since: date | None, fields: Sequence[str], full: bool, chosen: str = ""
) -> Cursor:
    """Where a run begins: at the stored cursor if it fits, else at the beginning."""
    day = since.isoformat() if since else None
    wanted = Cursor(since=day, fields=digest(fields), chosen=chosen)
    fits = (stored.since, stored.fields, stored.chosen) == (wanted.since, wanted.fields, wanted.chosen)
    return stored if fits and not full else wanted


def scope_of(project_key: str) -> str:
    """The name of the cursor of a project's issues."""
    return f"issues:{project_key}"


def digest(fields: Sequence[str]) -> str:
    """A short name for a set of field ids, whatever their order."""
    return hashlib.sha256("\n".join(sorted(fields)).encode()).hexdigest()[:16]


def terms(
    project_keys: Sequence[str], watermark_ms: int | None, since: str | None, zone: ZoneInfo | None
) -> str:
    """The condition for the issues of some projects that changed since the watermark, or since a day.

    `zone` is the time zone in the profile of the user who asks, in which Jira reads dates; None where it is
    not known.
    """
    names = ", ".join(map(quoted, project_keys))
    projects = f"project = {names}" if len(project_keys) == 1 else f"project in ({names})"
    if watermark_ms is not None:
        return f'{projects} AND updated >= "{lower_bound(watermark_ms, zone)}"'
    return f'{projects} AND updated >= "{since}"' if since else projects


def lower_bound(watermark_ms: int, zone: ZoneInfo | None) -> str:
    """The minute from which to ask again, in the words of JQL: the search index may lag behind."""
    return minute(_safe(from_ms(watermark_ms), zone, OVERLAP), zone)


def next_bound(reached_ms: int, zone: ZoneInfo | None) -> int:
    """The instant from which to ask on within a walk: the minute reached, for JQL knows no seconds."""
    return to_ms(_safe(from_ms(reached_ms), zone, timedelta(0)).replace(second=0, microsecond=0))


def _safe(instant: datetime, zone: ZoneInfo | None, overlap: timedelta) -> datetime:
    """So much earlier, and enough where a local time says too little.

    Seventy minutes when the clock changes nearby, for then the same local time may stand for an instant an
    hour later; more than a day where the zone is not known.
    """
    if zone is None:
        return instant - UNKNOWN_ZONE_OVERLAP
    before, after = instant - CLOCK_CHANGE_OVERLAP, instant + CLOCK_CHANGE_OVERLAP
    changes = before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    return before if changes else instant - overlap


def minute(instant: datetime, zone: ZoneInfo | None) -> str:
    """An instant as JQL writes it, cut to the minute."""
    return instant.astimezone(zone or UTC).strftime("%Y-%m-%d %H:%M")


def quoted(word: str) -> str:
    """A word as a JQL string."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in groups of at most `size`, in order."""
    for first in range(0, len(items), size):
        yield items[first : first + size]
