"""Edits of the corpus for tests: what people would do in Jira between two syncs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pmreport.demo.catalogue import Project
from pmreport.demo.changes import ACTS
from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Issue
from pmreport.demo.life import IDS_PER_ISSUE, do
from pmreport.demo.refused import RefusedError

_MINUTE_MS = 60_000
_SPRINT_INSTANTS = ("start_ms", "planned_start_ms", "end_ms", "complete_ms")
Edit = dict[str, Any]


def apply(corpus: Corpus, edit: Edit) -> str:
    """Apply one edit and say which issue (or sprint) it touched.

    `do` is an act of `changes` (status, points, sprint+, label+, due, …) with its `value`, or create,
    comment, work, edit_worklog, delete_worklog, hide_worklog (others still see it), edit_comment,
    delete_comment, delete, hide (the token may not see the issue any more), show (it may again), archive,
    unarchive, sprint, delete_sprint, close_project (the token may not browse the `project` any more, nor see
    its issues), open_project.
    `issue` is a key or an id; `at_ms` defaults to a minute after the clock, and the clock moves on
    to it; `author` defaults to the user.
    """
    at_ms = int(edit.get("at_ms") or corpus.now_ms + _MINUTE_MS)
    corpus.now_ms = max(corpus.now_ms, at_ms)
    act = str(edit.get("do"))
    if act in _SPRINT:
        return _SPRINT[act](corpus, edit)
    if act == "create":
        return _create(corpus, edit, at_ms)
    if act in _DOORS:
        return _DOORS[act](corpus, edit)
    find = corpus.out_of_sight if act in _RETURNS else corpus.find
    issue = find(str(edit.get("issue")))
    if issue is None:
        raise RefusedError(404, f"There is no issue {edit.get('issue')}.")
    if act in _SIGHT:
        _SIGHT[act](corpus, issue)
        return issue.key
    _on_issue(corpus, issue, at_ms, edit)
    corpus.touched(issue)
    return issue.key


def _on_issue(corpus: Corpus, issue: Issue, at_ms: int, edit: Edit) -> None:
    act, author = str(edit.get("do")), edit.get("author", corpus.site.me)
    if act in _REMARKS:
        _REMARKS[act](corpus, issue, at_ms, edit)
    elif act == "comment":
        do(issue, corpus.site, at_ms, author, (act, (str(edit.get("text", "")), edit.get("role"))))
    elif act == "work":
        value = (int(edit.get("started_ms", at_ms)), int(edit["seconds"]), str(edit.get("text", "")))
        do(issue, corpus.site, at_ms, author, (act, value))
    elif act in ACTS:
        do(issue, corpus.site, at_ms, author, (act, edit.get("value")))
    else:
        raise RefusedError(400, f"The simulator cannot do '{act}'.")


def _create(corpus: Corpus, edit: Edit, at_ms: int) -> str:
    project = _project(corpus, edit)
    rows = corpus.rows.values()
    number = max((row.number for row in rows if row.project == project.id), default=0) + 1
    scoped = project.id if project.team_managed else None
    status = next(s for s in corpus.site.statuses.values() if s.project_id == scoped and s.category == "new")
    kind = next(
        t
        for t in corpus.site.types.values()
        if t.project_id == scoped and t.name == edit.get("type", "Story")
    )
    issue = Issue(
        id=max((row.id for row in rows), default=10_000) + 1,
        key=f"{project.key}-{number}",
        project=project.id,
        type=kind.id,
        summary=str(edit.get("summary", "A new issue")),
        status=status.id,
        created_ms=at_ms,
        updated_ms=at_ms,
        status_changed_ms=at_ms,
        reporter=str(edit.get("author", corpus.site.me)),
        sprints=tuple(edit.get("sprints", ())),
    )
    corpus.touched(issue)
    return issue.key


def _close_project(corpus: Corpus, edit: Edit) -> str:
    project = _project(corpus, edit)
    corpus.closed_projects.add(project.id)
    for issue in [each for each in corpus.issues() if each.project == project.id]:
        corpus.hide(issue)
    return project.key


def _open_project(corpus: Corpus, edit: Edit) -> str:
    project = _project(corpus, edit)
    corpus.closed_projects.discard(project.id)
    hidden = (corpus.any_issue(each) for each, fate in [*corpus.fates.items()] if fate == "hidden")
    for issue in [each for each in hidden if each is not None and each.project == project.id]:
        corpus.bring_back(issue)
    return project.key


def _project(corpus: Corpus, edit: Edit) -> Project:
    project = corpus.site.project(str(edit["project"]))
    if project is None:
        raise RefusedError(404, f"There is no project {edit['project']}.")
    return project


def _sprint(corpus: Corpus, edit: Edit) -> str:
    """Rename, start or close a sprint; no issue's `updated` moves."""
    sprint_id = int(edit["id"])
    changed = {k: v for k, v in edit.items() if k in {"name", "goal", *_SPRINT_INSTANTS, "state"}}
    corpus.site.sprints[sprint_id] = replace(corpus.site.sprints[sprint_id], **changed)
    corpus.site_changed()
    return str(sprint_id)


def _delete_sprint(corpus: Corpus, edit: Edit) -> str:
    """A deleted sprint leaves its list and its issues; old histories go on naming it."""
    sprint_id = int(edit["id"])
    if corpus.site.sprints.pop(sprint_id, None) is None:
        raise RefusedError(404, f"There is no sprint {sprint_id}.")
    for issue in corpus.told():
        issue.sprints = tuple(each for each in issue.sprints if each != sprint_id)
    corpus.site_changed()
    return str(sprint_id)


def _hide_worklog(corpus: Corpus, issue: Issue, _at_ms: int, edit: Edit) -> None:
    row = corpus.worklog(int(edit["id"]))
    if row is None or row.id // IDS_PER_ISSUE != issue.id:
        raise RefusedError(404, f"There is no worklog {edit['id']} on {issue.key}.")
    row.hidden = True


def _edit_worklog(corpus: Corpus, issue: Issue, at_ms: int, edit: Edit) -> None:
    row = corpus.worklog(int(edit["id"]))
    if row is None or row.id // IDS_PER_ISSUE != issue.id:
        raise RefusedError(404, f"There is no worklog {edit['id']} on {issue.key}.")
    issue.spent_s = (issue.spent_s or 0) + int(edit["seconds"]) - row.seconds
    row.seconds, row.updated_ms, issue.updated_ms = int(edit["seconds"]), at_ms, at_ms


def _delete_worklog(corpus: Corpus, issue: Issue, at_ms: int, edit: Edit) -> None:
    row = corpus.worklog(int(edit["id"]))
    if row is None or row.id // IDS_PER_ISSUE != issue.id:
        raise RefusedError(404, f"There is no worklog {edit['id']} on {issue.key}.")
    issue.worklogs.remove(row)
    issue.buried = max(issue.buried, row.id)
    issue.spent_s = (issue.spent_s or 0) - row.seconds
    corpus.deleted_worklogs.append((at_ms, row.id))


def _edit_comment(corpus: Corpus, issue: Issue, at_ms: int, edit: Edit) -> None:
    row = corpus.comment(int(edit["id"]))
    if row is None or row.id // IDS_PER_ISSUE != issue.id:
        raise RefusedError(404, f"There is no comment {edit['id']} on {issue.key}.")
    row.text, row.updated_ms, issue.updated_ms = str(edit["text"]), at_ms, at_ms


def _delete_comment(corpus: Corpus, issue: Issue, at_ms: int, edit: Edit) -> None:
    row = corpus.comment(int(edit["id"]))
    if row is None or row.id // IDS_PER_ISSUE != issue.id:
        raise RefusedError(404, f"There is no comment {edit['id']} on {issue.key}.")
    issue.comments.remove(row)
    issue.buried = max(issue.buried, row.id)
    issue.updated_ms = at_ms


_RETURNS = ("show", "unarchive")
_SIGHT: dict[str, Callable[[Corpus, Issue], None]] = {
    "delete": Corpus.delete,
    "hide": Corpus.hide,
    "show": Corpus.bring_back,
    "archive": Corpus.archive,
    "unarchive": Corpus.bring_back,
}
_DOORS: dict[str, Callable[[Corpus, Edit], str]] = {
    "close_project": _close_project,
    "open_project": _open_project,
}
_SPRINT: dict[str, Callable[[Corpus, Edit], str]] = {"sprint": _sprint, "delete_sprint": _delete_sprint}
_REMARKS: dict[str, Callable[[Corpus, Issue, int, Edit], None]] = {
    "edit_worklog": _edit_worklog,
    "delete_worklog": _delete_worklog,
    "hide_worklog": _hide_worklog,
    "edit_comment": _edit_comment,
    "delete_comment": _delete_comment,
}
