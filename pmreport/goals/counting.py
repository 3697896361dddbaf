"""The number a rule asks of each item that its JQL finds, and since when it has been so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from math import floor
from typing import Any, NamedTuple, assert_never

from pmreport.goals.condition import COUNTS, Condition, RuleMetric
from pmreport.model.calendar import WorkCalendar
from pmreport.model.finishes import finishes
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.query import Query, Scalar, sql_text

_DAY = timedelta(days=1)
_MOST_EVENTS = 1_000_000_000  # an item has not so many
_TEXTS = {
    RuleMetric.AGE: "number_age",
    RuleMetric.IDLE: "number_idle",
    RuleMetric.ACTUAL: "number_actual",
    RuleMetric.MOVES: "number_moves",
    RuleMetric.REOPENED: "number_reopened",
}


class NumberRow(NamedTuple):
    """What is counted on an item: `amount` out of `out_of`, and the moment it is counted from.

    Days are counted from `at_ms`, and `amount` says nothing; of events `at_ms` is the moment of the one that
    passes the bound, 0 where none has.
    """

    issue_id: int
    amount: int
    out_of: int
    at_ms: int


class IssueRow(NamedTuple):
    """An item."""

    issue_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What counting needs besides the store: the calendar, the moment, and whose deeds are no deeds."""

    calendar: WorkCalendar
    as_of: datetime
    robots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of one item, and a moment since which the condition has held at the latest; None: always."""

    value: float
    since: datetime | None


def number_query(condition: Condition, found: Query[Any], desk: Desk) -> Query[NumberRow]:
    """The number of every item that another question finds, by its `issue_id`; items without are left out."""
    bound: dict[str, Scalar] = {**found.parameters, "as_of_ms": to_ms(desk.as_of)}
    if condition.metric in COUNTS:
        bound["passing"] = _passing(condition)
    if condition.metric is RuleMetric.IDLE:
        bound |= {"robots": "\n" + "".join(f"{robot}\n" for robot in desk.robots), "mark": "\n"}
    text = sql_text("pmreport.goals", f"sql/{_TEXTS[condition.metric]}.sql")
    text = text.replace("{finishes}", finishes()).replace("{found}", found.sql)
    return Query(text, NumberRow, bound)


def one_item(site_id: int, issue_id: int) -> Query[IssueRow]:
    """A single item, as a question that finds it."""
    parameters: dict[str, Scalar] = {"site_id": site_id, "issue_id": issue_id}
    return Query(sql_text("pmreport.goals", "sql/one_item.sql"), IssueRow, parameters)


def counted(rows: Iterable[NumberRow], condition: Condition, desk: Desk) -> Mapping[int, Counted]:
    """The number of each item by its id."""
    match condition.metric:
        case RuleMetric.AGE | RuleMetric.IDLE:
            return _days(rows, condition, desk)
        case RuleMetric.ACTUAL:
            return {row.issue_id: Counted(row.amount / row.out_of, from_ms(row.at_ms)) for row in rows}
        case RuleMetric.MOVES | RuleMetric.REOPENED:
            return {
                row.issue_id: Counted(row.amount, from_ms(row.at_ms) if row.at_ms else None) for row in rows
            }
        case _:
            assert_never(condition.metric)


def _days(rows: Iterable[NumberRow], condition: Condition, desk: Desk) -> Mapping[int, Counted]:
    """Working days up to now; they passed a bound when the day after the last one needed began."""
    calendar, today = desk.calendar, desk.calendar.local_day(desk.as_of)
    needed = None if condition.above is None else max(0, floor(condition.above) + 1)

    @cache  # items share their days
    def passed(first: date) -> datetime:
        return calendar.day_start(calendar.add_working_days(first - _DAY, needed or 0) + _DAY)

    found: dict[int, Counted] = {}
    for row in rows:
        began = from_ms(row.at_ms)
        first = calendar.local_day(began)
        days = calendar.working_days_between(first, today)
        is_past = needed is not None and days >= needed
        found[row.issue_id] = Counted(days, max(began, passed(first)) if is_past else began)
    return found


def _passing(condition: Condition) -> int:
    """The number of the event that lifts the count above the bound; 0 where there is none to pass."""
    if condition.above is None:
        return 0
    return max(0, min(floor(condition.above) + 1, _MOST_EVENTS))
