"""How comments and worklogs look in JSON, on their own and within an issue."""

from typing import Any

from pmreport.demo.issue import Comment, Issue, Worklog
from pmreport.demo.life import IDS_PER_ISSUE
from pmreport.demo.rest import shapes
from pmreport.demo.rest.richtext import rich
from pmreport.demo.rest.shapes import spoken
from pmreport.demo.state import State

EMBEDDED_WORKLOGS = 20


def comment(state: State, row: Comment, version: str) -> dict[str, Any]:
    """A comment; one that only a role may read says so."""
    site = state.corpus.site
    shape: dict[str, Any] = {
        "self": f"{shapes.api(site, version)}/issue/{row.id // IDS_PER_ISSUE}/comment/{row.id}",
        "id": str(row.id),
        "author": shapes.person(site, row.author, version),
        "body": rich(row.text, version, site),
        "updateAuthor": shapes.person(site, row.author, version),
        "created": state.clock.stamp(row.created_ms),
        "updated": state.clock.stamp(row.updated_ms),
        "jsdPublic": True,
    }
    if row.role:
        visibility = {"type": "role", "value": row.role, "identifier": "10002"}
        shape["visibility"] = spoken(site, "comment visibility", visibility)
    return spoken(site, "comment", shape)


def worklog(state: State, row: Worklog, version: str) -> dict[str, Any]:
    """Logged time."""
    site = state.corpus.site
    issue_id = row.id // IDS_PER_ISSUE
    shape = {
        "self": f"{shapes.api(site, version)}/issue/{issue_id}/worklog/{row.id}",
        "author": shapes.person(site, row.author, version),
        "updateAuthor": shapes.person(site, row.author, version),
        "created": state.clock.stamp(row.created_ms),
        "updated": state.clock.stamp(row.updated_ms),
        "started": state.clock.stamp(row.started_ms),
        "timeSpent": f"{row.seconds // 3600}h {row.seconds % 3600 // 60}m",
        "timeSpentSeconds": row.seconds,
        "id": str(row.id),
        "issueId": str(issue_id),
    }
    return {**shape, "comment": rich(row.text, version, site)} if row.text else shape


def worklogs_within(state: State, issue: Issue, version: str) -> dict[str, Any]:
    """The first twenty worklogs of an issue, with their true total."""
    first = issue.worklogs[:EMBEDDED_WORKLOGS]
    shown = [worklog(state, row, version) for row in first if not row.hidden]
    return {"startAt": 0, "maxResults": EMBEDDED_WORKLOGS, "total": len(issue.worklogs), "worklogs": shown}


def comments_within(state: State, issue: Issue, version: str) -> dict[str, Any]:
    """The first comments of an issue, with their true total."""
    most = state.dialect.embedded_comments
    shown = [comment(state, row, version) for row in issue.comments[:most]]
    link = f"{shapes.api(state.corpus.site, version)}/issue/{issue.id}/comment"
    return {
        "comments": shown,
        "self": link,
        "maxResults": len(shown),
        "total": len(issue.comments),
        "startAt": 0,
    }
