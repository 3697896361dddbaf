"""What people do on a small site between two syncs, and during one, by chance."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from pmreport.demo.catalogue import Project
from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Issue

Edit = dict[str, Any]
_TEXTS = ("RISK: the supplier is late", "ASK @petra: may we?", "Fine.", "Two lines\n\nof text")


def any_edit(dice: random.Random, corpus: Corpus, projects: Sequence[Project]) -> Edit:
    """One edit of an issue of these projects, of a sprint, or a new issue."""
    mine = {project.id for project in projects}
    issues = [issue for issue in corpus.issues() if issue.project in mine]
    issue = dice.choice(issues)
    make = dice.choices([each for each, _ in _EDITS], [weight for _, weight in _EDITS])[0]
    return make(dice, corpus, issue, projects) or {"do": "summary", "issue": issue.id, "value": "Anew"}


def _status(dice: random.Random, corpus: Corpus, issue: Issue, _projects: Sequence[Project]) -> Edit:
    project = corpus.site.projects[issue.project]
    scoped = project.id if project.team_managed else None
    known = corpus.site.statuses.values()
    there = [each.id for each in known if each.project_id == scoped and not each.deleted]
    return _on(issue, "status", dice.choice(there))


def _value(dice: random.Random, corpus: Corpus, issue: Issue, _projects: Sequence[Project]) -> Edit:
    site = corpus.site
    values: dict[str, Sequence[Any]] = {
        "points": (0, 0.5, 1, 3, 8, None),
        "summary": ("New words, with a comma", "Other words"),
        "description": ("Why we do this", "  spaced \n\n lines "),
        "label+": ("urgent", "keep"),
        "label-": issue.labels or ("none",),
        "assignee": (None, *site.users),
        "due": ("2026-12-24", "2027-01-02", None),
        "priority": list(site.priorities),
        "flag": (True, False),
        "original": (7200, 14_400),
        "rank": ("Ranked higher",),
    }
    act = dice.choice(sorted(values))
    return _on(issue, act, dice.choice(values[act]))


def _sprints_of(corpus: Corpus, projects: Sequence[Project]) -> list[int]:
    """The sprints of the boards with sprints of these projects; where they have none, any."""
    ids = {project.id for project in projects}
    boards = {each.id for each in corpus.site.boards.values() if each.project in ids}
    own = [each.id for each in corpus.site.sprints.values() if each.board_id in boards]
    return sorted(own or corpus.site.sprints)


def _sprint(dice: random.Random, corpus: Corpus, issue: Issue, projects: Sequence[Project]) -> Edit:
    some = dice.sample(_sprints_of(corpus, projects), 2)
    choices = [("sprint+", some[0]), ("sprints", tuple(some)), ("sprints", None)]
    choices += [("sprint-", each) for each in issue.sprints]
    act, value = dice.choice(choices)
    return _on(issue, act, value)


def _version(dice: random.Random, corpus: Corpus, issue: Issue, _projects: Sequence[Project]) -> Edit | None:
    here = {each.id for each in corpus.site.versions.values() if each.project == issue.project}
    choices = [("version+", each) for each in sorted(here - {*issue.versions})]
    choices += [("version-", each) for each in issue.versions]
    return _on(issue, *dice.choice(choices)) if choices else None


def _work(dice: random.Random, _corpus: Corpus, issue: Issue, _projects: Sequence[Project]) -> Edit:
    return {"do": "work", "issue": issue.id, "seconds": dice.choice((900, 3600, 28_800))}


def _comment(dice: random.Random, _corpus: Corpus, issue: Issue, _projects: Sequence[Project]) -> Edit:
    role = dice.choice((None, None, "Administrators"))
    return {"do": "comment", "issue": issue.id, "text": dice.choice(_TEXTS), "role": role}


def _remark(dice: random.Random, corpus: Corpus, _issue: Issue, projects: Sequence[Project]) -> Edit | None:
    """A comment or a worklog of any of the issues is corrected or deleted."""
    mine = {project.id for project in projects}
    issues = [issue for issue in corpus.issues() if issue.project in mine]
    worklogs = [{"issue": issue.id, "id": each.id} for issue in issues for each in issue.worklogs]
    comments = [{"issue": issue.id, "id": each.id} for issue in issues for each in issue.comments]
    choices: list[tuple[Edit, list[Edit]]] = [
        ({"do": "delete_worklog"}, worklogs),
        ({"do": "edit_worklog", "seconds": 60}, worklogs),
        ({"do": "delete_comment"}, comments),
        ({"do": "edit_comment", "text": "Corrected."}, comments),
    ]
    act, remarks = dice.choice(choices)
    return {**act, **dice.choice(remarks)} if remarks else None


def _create(dice: random.Random, corpus: Corpus, _issue: Issue, projects: Sequence[Project]) -> Edit:
    sprints = dice.sample(_sprints_of(corpus, projects), dice.randint(0, 2))
    return {"do": "create", "project": dice.choice(projects).key, "sprints": sprints}


def _move(dice: random.Random, corpus: Corpus, issue: Issue, projects: Sequence[Project]) -> Edit | None:
    """Into another project. Not one that others show by its key: Jira does not say that these have changed.

    Nor the newest of its project, for then the next new issue would get its key.
    """
    site = corpus.site
    there = dice.choice(projects)
    numbers = {project.id: [0] for project in projects}
    for each in corpus.issues():
        numbers.setdefault(each.project, [0]).append(each.number)
    shown = any(each.parent == issue.id for each in corpus.issues())
    if (
        shown
        or there.id == issue.project
        or site.types[issue.type].level
        or issue.number == max(numbers[issue.project])
    ):
        return None
    scoped = there.id if there.team_managed else None
    kinds = {each.name: each.id for each in site.types.values() if each.project_id == scoped}
    kind = kinds.get(site.types[issue.type].name, kinds["Task"])
    status = next(s.id for s in site.statuses.values() if s.project_id == scoped and s.category == "new")
    key = f"{there.key}-{max(numbers[there.id]) + 1}"
    return _on(issue, "move", (there.id, key, kind, status))


def _of_sprint(dice: random.Random, corpus: Corpus, _issue: Issue, projects: Sequence[Project]) -> Edit:
    sprint = corpus.site.sprints[dice.choice(_sprints_of(corpus, projects))]
    choices = (
        {"name": f"{sprint.name} (new)"},
        {"goal": "Another goal"},
        {"end_ms": corpus.now_ms + 86_400_000},
    )
    return {"do": "sprint", "id": sprint.id, **dice.choice(choices)}


def _on(issue: Issue, act: str, value: Any) -> Edit:
    return {"do": act, "issue": issue.id, "value": value}


_EDITS: Sequence[tuple[Callable[..., Edit | None], int]] = (
    (_status, 4),
    (_value, 5),
    (_sprint, 3),
    (_version, 1),
    (_work, 2),
    (_comment, 2),
    (_remark, 5),
    (_create, 2),
    (_move, 1),
    (_of_sprint, 1),
)
