"""What the store knows of issues that Jira no longer shows, and of those that stand near them."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from pmreport.model.query import Query
from pmreport.model.rows import IssueRow
from pmreport.sync import plan
from pmreport.sync.census import KnownIssue
from pmreport.sync.stored import Source, listed

_LOOKUP = 500
_NOTHING = -1  # no issue has it


class Move(NamedTuple):
    """An issue that stands in a project which is not synced, and since when."""

    issue_id: int
    moved_ms: int


class Neighbour(NamedTuple):
    """An issue in sight, and the one out of sight that it names."""

    issue_id: int
    named_id: int


class Home(NamedTuple):
    """An issue and the project it stood in when it was read last."""

    issue_id: int
    project_id: int


def known(store: Source, site_id: int, project_id: int) -> list[KnownIssue]:
    """Every stored issue of a project, those out of sight too."""
    columns = ", ".join(KnownIssue._fields)
    text = f"SELECT {columns} FROM issue WHERE site_id = $site_id AND project_id = $project_id"  # noqa: S608 - own names only
    return store.rows(Query(text, KnownIssue, {"site_id": site_id, "project_id": project_id}))


def issues(store: Source, site_id: int, issue_ids: Collection[int]) -> Iterator[IssueRow]:
    """The whole rows of these issues."""
    columns = ", ".join(IssueRow._fields)
    for ids in plan.chunks(sorted(issue_ids), _LOOKUP):
        marks, parameters = listed(ids)
        text = f"SELECT {columns} FROM issue WHERE site_id = $site_id AND issue_id IN ({marks})"  # noqa: S608 - marks are $a0, $a1, ...
        yield from store.rows(Query(text, IssueRow, {"site_id": site_id, **parameters}))


def homes(store: Source, site_id: int, issue_ids: Sequence[int]) -> dict[int, int]:
    """The project in which each of these issues stood when it was read last."""
    marks, parameters = listed(issue_ids)
    text = f"SELECT issue_id, project_id FROM issue WHERE site_id = $site_id AND issue_id IN ({marks})"  # noqa: S608 - as above
    return dict(store.rows(Query(text, Home, {"site_id": site_id, **parameters})))


def neighbours(store: Source, site_id: int, issue_ids: Collection[int]) -> Iterator[Neighbour]:
    """The issues in sight that name one of these as parent or epic, or are linked with it."""
    for ids in plan.chunks(sorted(issue_ids), _LOOKUP):
        marks, parameters = listed(ids)
        text = f"""
            SELECT i.issue_id AS issue_id, n.named_id AS named_id
            FROM (
                SELECT c.issue_id AS near_id, c.parent_id AS named_id
                FROM issue c WHERE c.site_id = $site_id AND c.parent_id IN ({marks})
                UNION
                SELECT a.from_issue_id, a.to_issue_id
                FROM issue_link a WHERE a.site_id = $site_id AND a.to_issue_id IN ({marks})
                UNION
                SELECT b.to_issue_id, b.from_issue_id
                FROM issue_link b WHERE b.site_id = $site_id AND b.from_issue_id IN ({marks})
            ) n
            JOIN issue i ON i.site_id = $site_id AND i.issue_id = n.near_id
            WHERE i.unseen_since_ms IS NULL"""  # noqa: S608 - as above
        yield from store.rows(Query(text, Neighbour, {"site_id": site_id, **parameters}))


def strays(store: Source, site_id: int, project_ids: Sequence[int]) -> list[Move]:
    """The issues in sight that have moved to a project other than these, and when they did."""
    marks, parameters = listed(project_ids or [_NOTHING])
    text = f"""
        SELECT i.issue_id AS issue_id, MAX(v.valid_from_ms) AS moved_ms
        FROM issue i
        JOIN issue_value v ON v.site_id = i.site_id AND v.issue_id = i.issue_id AND v.field_id = 'project'
        WHERE i.site_id = $site_id AND i.unseen_since_ms IS NULL AND i.project_id NOT IN ({marks})
          AND v.valid_from_ms > i.created_ms
        GROUP BY i.issue_id"""  # noqa: S608 - as above
    return store.rows(Query(text, Move, {"site_id": site_id, **parameters}))
