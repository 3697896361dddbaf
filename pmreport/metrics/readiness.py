"""Whether one's items were ready when their sprint started, and whether its plan was written by then."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.query import Query, Scalar, sql_text

PLAN_BEFORE = timedelta(days=14)  # an older plan was made for the sprint before
_MOST_ITEMS = 50


class ReadyRow(NamedTuple):
    """An item in a sprint at its start, and what it had then."""

    sprint_id: int
    opens_ms: int
    issue_key: str
    has_estimate: int
    has_owner: int
    has_criteria: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The items at the start of their sprints: all of them, what was missing, and the sprints with a plan.

    `unready` are the keys of those that missed something, each once.
    """

    n: int
    ready: int
    unready: tuple[str, ...]
    without_estimate: int
    without_owner: int
    without_criteria: int
    sprints: int
    planned: int


def query(site_id: int, as_of: datetime, *, account: str, since: datetime) -> Query[ReadyRow]:
    """The items that an account reported, in each sprint that started since a moment."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "since_ms": to_ms(since),
        "account": account,
    }
    return Query(sql_text("pmreport.metrics", "sql/readiness.sql"), ReadyRow, parameters)


def from_rows(rows: Iterable[ReadyRow], plans: Iterable[datetime]) -> Readiness:
    """The rows counted. `plans` are the moments at which a plan was typed: after the start it is none."""
    found, typed = tuple(rows), tuple(plans)
    starts = {row.sprint_id: from_ms(row.opens_ms) for row in found}
    return Readiness(
        n=len(found),
        ready=sum(_is_ready(row) for row in found),
        unready=tuple(dict.fromkeys(row.issue_key for row in found if not _is_ready(row))),
        without_estimate=sum(not row.has_estimate for row in found),
        without_owner=sum(not row.has_owner for row in found),
        without_criteria=sum(not row.has_criteria for row in found),
        sprints=len(starts),
        planned=sum(any(at - PLAN_BEFORE <= plan <= at for plan in typed) for at in starts.values()),
    )


def _is_ready(row: ReadyRow) -> bool:
    return bool(row.has_estimate and row.has_owner and row.has_criteria)


def values(found: Readiness) -> tuple[Value, ...]:
    """ready-at-start, planned-before-start."""
    missing = (
        (found.without_estimate, "an estimate"),
        (found.without_owner, "an owner"),
        (found.without_criteria, "what is expected"),
    )
    told = ", ".join(f"{count} without {what}" for count, what in missing if count)
    ready = share_value(
        "ready-at-start",
        "Items that were ready when their sprint started",
        (found.ready, found.n),
        nothing="no sprint with an item of yours started in the window",
        items=found.unready[:_MOST_ITEMS],
    )
    return (
        replace(ready, note=told or ready.note),
        share_value(
            "planned-before-start",
            "Sprints with a plan written before their start",
            (found.planned, found.sprints),
            nothing="no sprint with an item of yours started in the window",
        ),
    )
