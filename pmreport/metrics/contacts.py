"""The map of contacts: when those with a stake were last heard, by area or by the name one wrote down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.query import Query, Scalar, sql_text


class ContactRow(NamedTuple):
    """An area: the last comment of one's own and of others, and how many there were lately.

    None: there is none.
    """

    area_name: str
    own_ms: int | None
    others_ms: int | None
    recent_comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchPoint:
    """A touch-point of the journal: the day, whom or which area it was with, and what came of it."""

    on: date
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One entry of the map. Days are None where nothing is known; `came_of_it` is that of the last one."""

    name: str
    last_touch_point: date | None
    came_of_it: str
    own_comment: date | None
    others_comment: date | None
    recent_comments: int

    @property
    def last(self) -> date | None:
        """The last day of any contact; None where there was none."""
        days = (self.last_touch_point, self.own_comment, self.others_comment)
        return max((day for day in days if day is not None), default=None)


def query(site_id: int, as_of: datetime, *, account: str, since: datetime) -> Query[ContactRow]:
    """The comments around the work of an account, by area; those since a moment are counted."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "since_ms": to_ms(since),
        "account": account,
    }
    return Query(sql_text("pmreport.metrics", "sql/contacts.sql"), ContactRow, parameters)


def from_rows(
    rows: Iterable[ContactRow], touch_points: Iterable[TouchPoint], calendar: WorkCalendar
) -> tuple[Contact, ...]:
    """The map by the alphabet: it ranks nobody. An area that was also written down is one entry."""
    newest: dict[str, TouchPoint] = {}
    for one in sorted(touch_points, key=lambda each: each.on):
        newest[one.subject.strip().casefold()] = one
    found = []
    for row in rows:
        met = newest.pop(row.area_name.strip().casefold(), None)
        found.append(
            Contact(
                name=row.area_name,
                last_touch_point=None if met is None else met.on,
                came_of_it="" if met is None else met.text,
                own_comment=_day(row.own_ms, calendar),
                others_comment=_day(row.others_ms, calendar),
                recent_comments=row.recent_comments,
            )
        )
    found += [
        Contact(
            name=one.subject.strip() or "(nobody named)",
            last_touch_point=one.on,
            came_of_it=one.text,
            own_comment=None,
            others_comment=None,
            recent_comments=0,
        )
        for one in newest.values()
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))


def _day(instant_ms: int | None, calendar: WorkCalendar) -> date | None:
    return None if instant_ms is None else calendar.local_day(from_ms(instant_ms))
