"""What to ask Jira for, so that nothing is missed and little is read twice."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from pmreport.model.instant import from_ms

OVERLAP = timedelta(minutes=10)  # the search index may lag behind for minutes
CLOCK_CHANGE_OVERLAP = timedelta(minutes=70)  # one hour of local time happens twice
UNKNOWN_ZONE_OVERLAP = timedelta(hours=26)  # the width of all time zones

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far the issues of a project are read.

    `updated_ms` is the newest `updated` that was committed; None where nothing was. It counts only for the
    same `since` and the same `fields` (a digest of what is asked for): with others everything is read again.
    """

    updated_ms: int | None = None
    since: str | None = None
    fields: str = ""

    def as_text(self) -> str:
        """The cursor as it is stored."""
        return json.dumps({"updated_ms": self.updated_ms, "since": self.since, "fields": self.fields})


def parse_cursor(text: str | None) -> Cursor:
    """A stored cursor; one that cannot be read stands at the beginning."""
    try:
        found = json.loads(text or "{}")
        return Cursor(
            updated_ms=found.get("updated_ms"), since=found.get("since"), fields=found.get("fields", "")
        )
    except (ValueError, AttributeError):
        return Cursor()


def start(stored: Cursor, *, since: date | None, fields: Sequence[str], full: bool) -> Cursor:
    """Where a run begins: at the stored cursor if it fits, else at the beginning."""
    wanted = Cursor(since=since.isoformat() if since else None, fields=digest(fields))
    fits = (stored.since, stored.fields) == (wanted.since, wanted.fields)
    return stored if fits and not full else wanted


def digest(fields: Sequence[str]) -> str:
    """A short name for a set of field ids, whatever their order."""
    return hashlib.sha256("\n".join(sorted(fields)).encode()).hexdigest()[:16]


def issue_jql(project_key: str, cursor: Cursor, zone: ZoneInfo | None) -> str:
    """The query for the issues of a project that changed since the cursor, oldest change first.

    In this order an issue that changes during the walk moves to the part not read yet. `zone` is the time
    zone in the profile of the user who asks, in which Jira reads dates; None where it is not known.
    """
    terms = [f"project = {quoted(project_key)}"]
    if cursor.updated_ms is not None:
        terms.append(f'updated >= "{lower_bound(cursor.updated_ms, zone)}"')
    elif cursor.since is not None:
        terms.append(f'updated >= "{cursor.since}"')
    return " AND ".join(terms) + " ORDER BY updated ASC, key ASC"


def lower_bound(watermark_ms: int, zone: ZoneInfo | None) -> str:
    """The minute from which to ask again, in the words of JQL.

    Ten minutes before the watermark; seventy when the clock changes nearby, for then the same local time may
    stand for an instant an hour later.
    """
    watermark = from_ms(watermark_ms)
    if zone is None:
        return (watermark - UNKNOWN_ZONE_OVERLAP).astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    before, after = watermark - CLOCK_CHANGE_OVERLAP, watermark + CLOCK_CHANGE_OVERLAP
    changes = before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    lower = before if changes else watermark - OVERLAP
    return lower.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def quoted(word: str) -> str:
    """A word as a JQL string."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def grouped(pages: Iterable[Sequence[Item]], size: int) -> Iterator[list[Item]]:
    """The items of the pages in groups of whole pages; a group ends as soon as it holds `size` items."""
    group: list[Item] = []
    for page in pages:
        group += page
        if len(group) >= size:
            yield group
            group = []
    if group:
        yield group


def chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in groups of at most `size`, in order."""
    for first in range(0, len(items), size):
        yield items[first : first + size]
