"""Which open items wait for which other open item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pmreport.model.instant import to_ms
from pmreport.model.query import Query, sql_text


class DependencyRow(NamedTuple):
    """A link that blocks, as stored."""

    issue_id: int
    issue_key: str
    summary: str
    status_name: str | None
    blocked_by_id: int
    blocked_by_key: str
    blocked_by_summary: str
    blocked_by_status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One end of a dependency: an open item and where it stands."""

    issue_id: int
    issue_key: str
    summary: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """An open item that waits for another one. `is_mutual`: that one waits for it as well."""

    item: Waiting
    blocked_by: Waiting
    is_mutual: bool = False


def query(site_id: int, as_of: datetime) -> Query[DependencyRow]:
    """The open items that wait for an open item at `as_of`, by the links of the newest reading."""
    text = sql_text("pmreport.metrics", "sql/open_dependencies.sql")
    return Query(text, DependencyRow, {"site_id": site_id, "as_of_ms": to_ms(as_of)})


def from_rows(rows: Iterable[DependencyRow]) -> tuple[Dependency, ...]:
    """The dependencies in the order of the items that wait."""
    held = tuple(rows)
    pairs = {(row.issue_id, row.blocked_by_id) for row in held}
    return tuple(
        Dependency(
            item=Waiting(
                issue_id=row.issue_id,
                issue_key=row.issue_key,
                summary=row.summary,
                status=row.status_name or "",
            ),
            blocked_by=Waiting(
                issue_id=row.blocked_by_id,
                issue_key=row.blocked_by_key,
                summary=row.blocked_by_summary,
                status=row.blocked_by_status or "",
            ),
            is_mutual=(row.blocked_by_id, row.issue_id) in pairs,
        )
        for row in held
    )
