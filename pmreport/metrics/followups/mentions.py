"""Mentions: who was named with an @ in a comment and has done nothing on that issue since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from pmreport.metrics.followups.item import working_days
from pmreport.metrics.followups.naming import Names, Person, named
from pmreport.metrics.followups.rows import MentionRow
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms

REACH = timedelta(weeks=13)  # what nobody has answered for a quarter, nobody expects to be answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Somebody was named in a comment.

    `answered` is their first deed on that issue since; None: there is none. `is_done`: the issue is done.
    """

    issue_key: str
    who: str
    said: datetime
    answered: datetime | None
    is_done: bool

    @property
    def is_unanswered(self) -> bool:
        """Whether an open issue still waits for that person."""
        return self.answered is None and not self.is_done

    def age(self, today: date, calendar: WorkCalendar) -> int:
        """Working days since they were named."""
        return working_days(self.said, today, calendar)


def mentions(rows: Iterable[MentionRow], names: Names) -> tuple[Mention, ...]:
    """mentions-unanswered: every person that a comment names, but for its author, the oldest first.

    A comment, a transition or a worklog of that person on the issue is an answer; a reaction cannot be seen.
    """
    found: list[Mention] = []
    for _, group in groupby(sorted(rows, key=lambda row: row.comment_id), key=lambda row: row.comment_id):
        found += _of_comment(tuple(group), names)
    return tuple(sorted(found, key=lambda each: (each.said, each.issue_key, each.who)))


def _of_comment(rows: tuple[MentionRow, ...], names: Names) -> Iterator[Mention]:
    first = rows[0]
    for person in named(first.body, names):
        if first.author_id not in person.accounts:
            yield Mention(
                issue_key=first.issue_key,
                who=person.shown,
                said=from_ms(first.said_ms),
                answered=_answered(rows, person),
                is_done=bool(first.is_done),
            )


def _answered(rows: tuple[MentionRow, ...], person: Person) -> datetime | None:
    moments = [
        row.answered_ms for row in rows if row.actor_id in person.accounts and row.answered_ms is not None
    ]
    return from_ms(min(moments)) if moments else None
