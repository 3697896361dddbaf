"""The life of an issue: planned in any order, then played through in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from pmreport.demo.catalogue import Site
from pmreport.demo.changes import ACTS, spend
from pmreport.demo.issue import Comment, History, Issue, Item, Worklog

IDS_PER_ISSUE = 1000
"""Histories, comments and worklogs of issue 10042 are 10042001, 10042002, …: found without an index."""


@dataclass(slots=True)
class Life:
    """An issue at its birth, with the steps that are still to be played."""

    issue: Issue
    steps: list[tuple[int, int, str | None, str, Any]] = field(default_factory=list)

    def at(self, at_ms: int, author: str | None, act: str, value: Any = None) -> None:
        """Plan a step: an act of `changes`, or comment (text, role), work (started, seconds, text)."""
        self.steps.append((at_ms, len(self.steps), author, act, value))


def play(life: Life, site: Site, until_ms: int) -> Issue:
    """The issue after every planned step up to and including an instant."""
    issue = life.issue
    issue.updated_ms = max(issue.updated_ms, issue.created_ms)
    issue.status_changed_ms = issue.status_changed_ms or issue.created_ms
    for at_ms, _order, author, act, value in sorted(life.steps, key=itemgetter(0, 1)):
        if at_ms <= until_ms:
            do(issue, site, at_ms, author, (act, value))
    return issue


def do(issue: Issue, site: Site, at_ms: int, author: str | None, what: tuple[str, Any]) -> None:
    """Play one step: change the issue and write down what Jira would write down."""
    act, value = what
    if act == "comment":
        _comment(issue, author or "", at_ms, value)
    elif act == "work":
        items = spend(issue, value[1], site, at_ms)
        _worklog(issue, author or "", at_ms, value)
        _record(issue, at_ms, author, items)
    else:
        items = ACTS[act](issue, value, site, at_ms)
        if not items:
            return  # nothing changed: Jira writes nothing down
        _record(issue, at_ms, author, items)
    issue.updated_ms = max(issue.updated_ms, at_ms)


def _record(issue: Issue, at_ms: int, author: str | None, items: list[Item]) -> None:
    if items:
        number = issue.id * IDS_PER_ISSUE + len(issue.histories) + 1
        issue.histories.append(History(number, at_ms, author, tuple(items)))


def _comment(issue: Issue, author: str, at_ms: int, value: tuple[str, str | None]) -> None:
    issue.comments.append(Comment(_next_id(issue, issue.comments), author, at_ms, at_ms, *value))


def _worklog(issue: Issue, author: str, at_ms: int, value: tuple[int, int, str]) -> None:
    started, seconds, text = value
    issue.worklogs.append(
        Worklog(_next_id(issue, issue.worklogs), author, started, at_ms, at_ms, seconds, text)
    )


def _next_id(issue: Issue, rows: Sequence[Comment] | Sequence[Worklog]) -> int:
    last = rows[-1].id if rows else issue.id * IDS_PER_ISSUE
    return max(last, issue.buried) + 1
