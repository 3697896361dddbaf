"""What got finished in a stretch of time, and what is held up now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from pmreport.model.finishes import finishes
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.query import Query, sql_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One item that reached done for good, as far as is known. `points` None: unestimated when it was done.

    `dropped` is true when its resolution says that nothing was delivered. `parent_key` is its epic's, if any.
    """

    issue_id: int
    issue_key: str
    summary: str
    type_name: str
    done: datetime
    dropped: bool
    points: Decimal | None
    parent_key: str | None
    parent_summary: str | None
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """One open item with a flag on it, since when, and whose it is (None: nobody's)."""

    issue_id: int
    issue_key: str
    summary: str
    status: str
    since: datetime
    owner: str | None


class FinishedRow(NamedTuple):
    """A finished item as stored; points are in thousandths, None where it has none."""

    issue_id: int
    issue_key: str
    summary: str
    type_name: str | None
    done_ms: int
    points_milli: int | None
    parent_key: str | None
    parent_summary: str | None
    owner: str | None
    resolution: str | None


class FlaggedRow(NamedTuple):
    """A flagged item as stored; `owner` is None where nobody is assigned."""

    issue_id: int
    issue_key: str
    summary: str
    status_name: str | None
    since_ms: int
    owner: str | None


def finished_query(site_id: int, start: datetime, end: datetime, *, as_of: datetime) -> Query[FinishedRow]:
    """What was done in [start, end) and still was at `as_of`; sub-tasks stand outside."""
    parameters = {
        "site_id": site_id,
        "from_ms": to_ms(start),
        "until_ms": to_ms(end),
        "as_of_ms": to_ms(as_of),
    }
    before, after = (
        sql_text("pmreport.metrics", f"sql/{name}.sql") for name in ("finished_candidates", "finished_items")
    )
    return Query(f"{before}{finishes()}{after}", FinishedRow, parameters)


def finished_from_rows(
    rows: Iterable[FinishedRow], *, dropped_resolutions: Collection[str] = ()
) -> tuple[Finished, ...]:
    """delivered: the finished items in the order they were done; dropped ones are marked, not left out."""
    return tuple(
        Finished(
            issue_id=row.issue_id,
            issue_key=row.issue_key,
            summary=row.summary,
            type_name=row.type_name or "",
            done=from_ms(row.done_ms),
            dropped=row.resolution in dropped_resolutions,
            points=None if row.points_milli is None else Decimal(row.points_milli) / 1000,
            parent_key=row.parent_key,
            parent_summary=row.parent_summary,
            owner=row.owner,
        )
        for row in rows
    )


def flagged_query(site_id: int, as_of: datetime) -> Query[FlaggedRow]:
    """Which open items carried a flag at `as_of`."""
    parameters = {"site_id": site_id, "as_of_ms": to_ms(as_of)}
    return Query(sql_text("pmreport.metrics", "sql/flagged_items.sql"), FlaggedRow, parameters)


def flagged_from_rows(rows: Iterable[FlaggedRow]) -> tuple[Flagged, ...]:
    """blocked: the flagged items, the longest flagged first."""
    return tuple(
        Flagged(
            issue_id=row.issue_id,
            issue_key=row.issue_key,
            summary=row.summary,
            status=row.status_name or "",
            since=from_ms(row.since_ms),
            owner=row.owner,
        )
        for row in rows
    )
