"""What is held up by a flag: since when, and why, in the words written beside it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pmreport.metrics.flow import Flagged
from pmreport.metrics.followups.item import working_days
from pmreport.metrics.followups.rows import FlagRow
from pmreport.model.calendar import WorkCalendar

RULE = (
    "The reason is the comment written nearest to the flag, within ten minutes of it: one by whoever put the "
    "flag up, else anybody's."
)
_FLAG_LINE = re.compile(r"^\s*(?:\(flag\)|:flag_on:|\N{BLACK FLAG})?\s*flag added\b[.:]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """An open item with a flag on it, since when.

    `reason` empty: nobody wrote one beside the flag. `owner` None: nobody is assigned.
    """

    issue_key: str
    summary: str
    owner: str | None
    since: datetime
    reason: str

    def age(self, today: date, calendar: WorkCalendar) -> int:
        """Working days since the flag was put up."""
        return working_days(self.since, today, calendar)


def blocked(flagged: Iterable[Flagged], rows: Iterable[FlagRow]) -> tuple[Blocked, ...]:
    """blocked-items: the flagged items, the longest flagged first, each with its reason."""
    beside: defaultdict[int, list[FlagRow]] = defaultdict(list)
    for row in rows:
        beside[row.issue_id].append(row)
    return tuple(
        Blocked(
            issue_key=item.issue_key,
            summary=item.summary,
            owner=item.owner,
            since=item.since,
            reason=_reason(beside[item.issue_id]),
        )
        for item in flagged
    )


def _reason(rows: list[FlagRow]) -> str:
    """The words of the nearest comment; Jira's own line "Flag added" is no reason."""
    near = sorted(
        rows,
        key=lambda row: (row.author_id != row.raised_by, abs(row.said_ms - row.since_ms), row.comment_id),
    )
    words = (" ".join(_FLAG_LINE.sub("", row.body).split()) for row in near)
    return next((each for each in words if each), "")
