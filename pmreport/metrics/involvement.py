"""Who spoke about one's items before work on them started, and who had to ask afterwards."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import NamedTuple

from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.query import LIST_MARK, Query, Scalar, sql_text

FEWEST_WORDS = 15  # of a comment that is more than a nod
ASKED_OFTEN = 2  # questions after the start: one is a talk
_FEWEST_FOR_A_MEDIAN = 5
_MOST_ITEMS = 50
_NOTHING = "work on none of your items started in the window"


class InvolvementRow(NamedTuple):
    """An item: when work started, the first word of substance before, and the questions after."""

    issue_key: str
    began_ms: int
    spoken_ms: int | None
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """The items on which work started: those nobody spoke about before, and those others had to ask about.

    `leads` are the working days from the first word to the start, of the items that were spoken about.
    """

    n: int
    unspoken: tuple[str, ...]
    unclear: tuple[str, ...]
    leads: tuple[int, ...]


def query(
    site_id: int, as_of: datetime, *, account: str, since: datetime, robots: Collection[str]
) -> Query[InvolvementRow]:
    """The items that an account reported and that were first taken up since a moment."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "since_ms": to_ms(since),
        "account": account,
        "fewest_blanks": FEWEST_WORDS - 1,
        "blank": " ",
        "mark": LIST_MARK,
        "robots": "".join((LIST_MARK, *(f"{robot}{LIST_MARK}" for robot in robots))),
    }
    return Query(sql_text("pmreport.metrics", "sql/involvement.sql"), InvolvementRow, parameters)


def from_rows(rows: Iterable[InvolvementRow], calendar: WorkCalendar) -> Involvement:
    """The rows counted; days are those of the reporting zone."""
    found = tuple(rows)
    return Involvement(
        n=len(found),
        unspoken=tuple(row.issue_key for row in found if row.spoken_ms is None),
        unclear=tuple(row.issue_key for row in found if row.questions >= ASKED_OFTEN),
        leads=tuple(
            calendar.working_days_between(_day(row.spoken_ms, calendar), _day(row.began_ms, calendar))
            for row in found
            if row.spoken_ms is not None
        ),
    )


def values(found: Involvement) -> tuple[Value, ...]:
    """involved-early, involvement-lead, clarification-rate."""
    enough = len(found.leads) >= _FEWEST_FOR_A_MEDIAN
    return (
        share_value(
            "involved-early",
            "Started items that others had spoken about",
            (found.n - len(found.unspoken), found.n),
            nothing=_NOTHING,
            items=found.unspoken[:_MOST_ITEMS],
        ),
        Value(
            id="involvement-lead",
            definition="involvement-lead",
            label="Working days from the first word to the start",
            value=float(median(found.leads)) if enough else None,
            unit="working days",
            n=len(found.leads),
            note="" if enough else f"fewer than {_FEWEST_FOR_A_MEDIAN} items were spoken about before",
        ),
        share_value(
            "clarification-rate",
            "Started items that others had to ask about twice",
            (len(found.unclear), found.n),
            nothing=_NOTHING,
            items=found.unclear[:_MOST_ITEMS],
        ),
    )


def _day(instant_ms: int, calendar: WorkCalendar) -> date:
    return calendar.local_day(from_ms(instant_ms))
