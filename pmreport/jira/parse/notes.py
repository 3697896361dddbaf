"""Comments and worklogs of an issue as rows."""

import re

from pmreport.jira.adf import plain_text
from pmreport.jira.parse.values import Json, instant_ms, integer, user_id
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import CommentItemRow, WorklogRow

# `RISK: ...`, and `ASK @who by date: ...` where something may stand before the colon. Capitals only:
# a sentence that happens to begin with "Risk:" was not written for the report.
_MARKER = re.compile(r"(SUMMARY|DECISION|RISK)\s*:|(ASK|ACTION|QUESTION)\b[^:\n]*:")

_MOST_SECONDS = 10**12  # as with estimates: beyond it no unit makes sense, and sums would not fit


def marker(body: str) -> str | None:
    """The marker that a comment begins with, as stored: SUMMARY, DECISION, RISK, ASK, ACTION, QUESTION."""
    found = _MARKER.match(body)
    return None if found is None else found[1] or found[2]


def comment(found: Json, issue_id: int) -> CommentItemRow | Problem:
    """A comment. `restricted`: only some people may read it in Jira: a role, a group, a service desk."""
    comment_id, created = integer(found.get("id")), instant_ms(found.get("created"))
    if comment_id is None or created is None:
        return Problem(ProblemKind.UNREADABLE_STAMP, str(issue_id), f"comment {found.get('id')}")
    body = plain_text(found.get("body"))
    return CommentItemRow(
        comment_id=comment_id,
        issue_id=issue_id,
        author_id=user_id(found.get("author")),
        created_ms=created,
        updated_ms=instant_ms(found.get("updated")) or created,
        body=body,
        marker=marker(body),
        restricted=bool(found.get("visibility")) or found.get("jsdPublic") is False,
    )


def worklog(found: Json, issue_id: int) -> WorklogRow | Problem:
    """A worklog. Seconds, because the text ("1d") depends on how long a day is on that site.

    One of more seconds than a life has is told as unreadable: a single one would spoil every sum.
    """
    worklog_id, started = integer(found.get("id")), instant_ms(found.get("started"))
    seconds = integer(found.get("timeSpentSeconds"))
    if worklog_id is None or started is None or seconds is None or abs(seconds) > _MOST_SECONDS:
        return Problem(ProblemKind.UNREADABLE_VALUE, str(issue_id), f"worklog {found.get('id')}")
    created = instant_ms(found.get("created")) or started
    return WorklogRow(
        worklog_id=worklog_id,
        issue_id=issue_id,
        author_id=user_id(found.get("author")),
        started_ms=started,
        created_ms=created,
        updated_ms=instant_ms(found.get("updated")) or created,
        seconds=seconds,
        deleted_ms=None,
    )
