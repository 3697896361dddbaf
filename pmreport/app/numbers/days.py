"""The days that questions about weeks and working days are joined with."""

from datetime import date, datetime
from typing import NamedTuple

from pmreport.app.calendar import calendar_of
from pmreport.app.wiring import Workspace
from pmreport.model.calendar import WorkCalendar
from pmreport.model.query import Query, sql_text
from pmreport.store.batch import Batch

_YEARS_BEFORE = 10
_YEARS_AFTER = 3


class SpanRow(NamedTuple):
    """The first and the last day of a calendar in the store; None where it has none."""

    first_day: str | None
    last_day: str | None


def stored_calendar(workspace: Workspace, as_of: datetime) -> WorkCalendar:
    """The reporting calendar, whose days the store holds under its `calendar_id` when this returns.

    They are written once for each calendar: a change of zone, working days or holidays makes another. Call it
    outside of `reading`, which shuts the writer out.
    """
    calendar = calendar_of(workspace.config, as_of)
    first, last = date(as_of.year - _YEARS_BEFORE, 1, 1), date(as_of.year + _YEARS_AFTER, 12, 31)
    (held,) = workspace.store.rows(span_query(calendar.calendar_id))
    if held.first_day is None or held.first_day > f"{first}" or (held.last_day or "") < f"{last}":
        workspace.store.apply(workspace.site_id(), Batch(upserts=calendar.rows(first, last)))
    return calendar


def span_query(calendar_id: str) -> Query[SpanRow]:
    """Which days of a calendar the store holds."""
    text = sql_text("pmreport.app", "texts/calendar_span.sql")
    return Query(text, SpanRow, {"calendar_id": calendar_id})
