"""The rows that the issues of the simulator must have in the store."""

import re
from collections.abc import Iterator
from typing import Any

from pmreport.demo.catalogue import Site
from pmreport.demo.changes import CLASSIC_POINTS, FLAGGED, SPRINT, TEAM_POINTS
from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Comment, Issue, Worklog
from pmreport.model import rows
from tests.support.history_truth import ELEMENTS, NUMBERS, PEOPLE, SECONDS, field_of, person, shown, stays

_ESTIMATES = (TEAM_POINTS, CLASSIC_POINTS, "timeoriginalestimate")
_PLAIN_MARKS = frozenset({"SUMMARY", "DECISION", "RISK"})
_ADDRESSED_MARKS = frozenset({"ASK", "ACTION", "QUESTION"})
Rows = Iterator[tuple[Any, ...]]


def issue_rows(corpus: Corpus, issue: Issue, points: tuple[str, ...]) -> Rows:
    """Everything of one issue. `points` are the fields to look for its size in, the best first."""
    site = corpus.site
    parent = issue.parent if issue.parent is not None and corpus.issue(issue.parent) else None
    yield _issue(site, issue, parent, points)
    yield from _changes(site, issue)
    yield from (worklog_row(site, row, issue.id) for row in issue.worklogs)
    yield from (_comment(site, row, issue.id) for row in issue.comments)
    for link in issue.links:
        if corpus.issue(link.other):
            ends = (issue.id, link.other) if link.outward else (link.other, issue.id)
            yield rows.IssueLinkRow(link.id, *ends, link.kind)
    for name, now in shown(site, issue, parent).items():
        for stay in stays(issue, site, name, now):
            text = _label(corpus, issue, name, stay.value, is_now=stay.value in now)
            amount = float(stay.value) if name in NUMBERS else None
            span = (stay.from_ms, stay.to_ms)
            yield rows.IssueValueRow(issue.id, name, stay.value, *span, text, amount)
            if name == "status":
                yield rows.IssueStatusRow(issue.id, stay.value, *span)
            elif name == SPRINT:
                yield rows.IssueSprintRow(issue.id, int(stay.value), *span)
            elif name in _ESTIMATES:
                yield rows.IssueEstimateRow(issue.id, name, *span, round(1000 * float(stay.value)))


def _issue(site: Site, issue: Issue, parent: int | None, points: tuple[str, ...]) -> rows.IssueRow:
    sizes = [issue.points[name] for name in points if name in issue.points]
    return rows.IssueRow(
        issue_id=issue.id,
        issue_key=issue.key,
        project_id=int(issue.project),
        issue_type_id=issue.type,
        is_subtask=site.types[issue.type].level < 0,
        summary=issue.summary,
        description=_words(site, issue.description or "") or None,
        status_id=issue.status,
        priority_id=issue.priority,
        resolution_id=issue.resolution,
        parent_id=parent,
        assignee_id=person(site, issue.assignee),
        reporter_id=person(site, issue.reporter),
        points=sizes[0] if sizes else None,
        estimate_s=issue.original_s,
        remaining_s=issue.remaining_s,
        spent_s=issue.spent_s,
        due_date=issue.due,
        security_level="10600" if issue.restricted else None,
        created_ms=issue.created_ms,
        updated_ms=issue.updated_ms,
        resolved_ms=issue.resolved_ms,
        unseen_since_ms=None,
        deleted_ms=None,
        history_complete=True,
    )


def _changes(site: Site, issue: Issue) -> Rows:
    for history in issue.histories:
        for number, item in enumerate(history.items):
            name = field_of(site, item)
            ends = [person(site, end) if name in PEOPLE else end for end in (item.from_, item.to)]
            yield rows.IssueChangeRow(
                history_id=history.id,
                item_no=number,
                issue_id=issue.id,
                changed_ms=history.at_ms,
                author_id=person(site, history.author),
                field_id=name,
                field_name=_spoken(site, issue, item.field),
                from_value=ends[0] or None,
                to_value=ends[1] or None,
                from_text=item.from_string or None,
                to_text=item.to_string or None,
            )


def _spoken(site: Site, issue: Issue, name: str) -> str:
    """The name of a changed field: Data Center tells a parent from an epic."""
    if name != "IssueParentAssociation" or not site.product.epic_links:
        return name
    return "Parent" if site.types[issue.type].level < 0 else "Epic Link"


def worklog_row(site: Site, row: Worklog, issue_id: int) -> rows.WorklogRow:
    """Logged time that was not deleted."""
    return rows.WorklogRow(
        worklog_id=row.id,
        issue_id=issue_id,
        author_id=person(site, row.author),
        started_ms=row.started_ms,
        created_ms=row.created_ms,
        updated_ms=row.updated_ms,
        seconds=row.seconds,
        deleted_ms=None,
    )


def _comment(site: Site, row: Comment, issue_id: int) -> rows.CommentItemRow:
    body = _words(site, row.text)
    return rows.CommentItemRow(
        comment_id=row.id,
        issue_id=issue_id,
        author_id=person(site, row.author),
        created_ms=row.created_ms,
        updated_ms=row.updated_ms,
        body=body,
        marker=_marker(body),
        restricted=row.role is not None,
    )


def _marker(body: str) -> str | None:
    head, colon, _ = body.partition("\n")[0].partition(":")
    word = head.split(" ")[0]
    return word if colon and (head in _PLAIN_MARKS or word in _ADDRESSED_MARKS) else None


def _words(site: Site, text: str) -> str:
    """A text without its marks: mentions are names; the wiki of Data Center has marks of its own."""

    def mention(found: re.Match[str]) -> str:
        who = site.users[found[1]]
        return f"@{who.username or who.name}"

    told = re.sub(r"\[~accountid:([^\]]+)\]", mention, text)
    told = told.replace("{code}", "") if site.product.name == "datacenter" else told
    return "\n".join(line.strip() for line in told.split("\n") if line.strip())


def _label(corpus: Corpus, issue: Issue, name: str, value: str, *, is_now: bool) -> str | None:
    """What a value is called. The names of sprints stand in their own table: a changelog may lack them."""
    site = corpus.site
    tables: dict[str, Any] = {
        "status": site.statuses,
        "issuetype": site.types,
        "priority": site.priorities,
        "resolution": site.resolutions,
        "project": site.projects,
        "fixVersions": site.versions,
        "components": site.components,
    }
    if name == SPRINT:
        return None
    if name in PEOPLE:
        return next(user.name for user in site.users.values() if user.reference == value)
    if name in tables or name in ELEMENTS:
        return str(tables[name][value].name)
    if name == "duedate" and not is_now:
        return f"{value} 00:00:00.0"
    if name == "parent":
        return _key(corpus, issue, value)
    return "Impediment" if name == FLAGGED else value


def _key(corpus: Corpus, issue: Issue, parent: str) -> str | None:
    """The key of a parent; of one that is gone, as the changelog had it."""
    known = corpus.issue(int(parent))
    if known:
        return known.key
    items = [item for history in issue.histories for item in history.items]
    texts = [
        pair
        for item in items
        for pair in ((item.from_, item.from_string), (item.to, item.to_string))
        if item.field == "IssueParentAssociation"
    ]
    return dict(texts)[parent]


__all__ = ["SECONDS", "issue_rows", "worklog_row"]
