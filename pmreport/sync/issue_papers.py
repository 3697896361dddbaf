"""Issues as Jira gives them, with their histories, comments and worklogs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmreport.jira.answers import RefusedError
from pmreport.jira.client import JiraClient
from pmreport.jira.paging import objects
from pmreport.jira.parse.issue import embedded
from pmreport.jira.parse.values import integer
from pmreport.model.problem import Problem, ProblemKind
from pmreport.store.documents import canonical_json

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePapers:
    """One issue as Jira gave it: its document, whole history, comments and worklogs.

    `comments` and `worklogs` are None where the document itself holds all of them. Those `hidden` may be more
    than are shown: Jira counts more, or does not tell, so that a missing one may still exist.
    """

    issue_id: int
    found: Json
    text: bytes
    histories: Sequence[Json]
    history_complete: bool
    comments: Sequence[Json] | None
    worklogs: Sequence[Json] | None
    hidden_worklogs: bool
    problems: tuple[Problem, ...]
    hidden_comments: bool = False

    def listed(self, name: str) -> Sequence[Any]:
        """The comments or worklogs (`name` is `comment` or `worklog`), wherever they came from."""
        fetched = self.comments if name == "comment" else self.worklogs
        return fetched if fetched is not None else embedded(self.found, name, f"{name}s")[0]


def with_text(found: Json) -> tuple[Json, bytes]:
    """An issue and its canonical text, by which a change is noticed; its history is a document of its own."""
    return found, canonical_json({name: each for name, each in found.items() if name != "changelog"})


def gather(client: JiraClient, page: Sequence[tuple[Json, bytes]]) -> list[IssuePapers]:
    """Histories, and what did not fit into the documents: one request for all histories, few others."""
    ids = [int(found["id"]) for found, _ in page]
    bulk = bool(ids) and client.dialect.bulk_reads
    histories = client.changelogs(ids) if bulk else None
    return [
        _papers(client, issue_id, found, text, histories)
        for issue_id, (found, text) in zip(ids, page, strict=True)
    ]


def _papers(
    client: JiraClient, issue_id: int, found: Json, text: bytes, histories: Mapping[int, list[Json]] | None
) -> IssuePapers:
    problems: list[Problem] = []
    key = str(found.get("key"))
    listed, complete = _history(client, found, issue_id, histories)
    if not complete:
        problems.append(Problem(ProblemKind.HISTORY_TRUNCATED, key))
    worklogs, all_worklogs = _fetched(found, "worklog", lambda: client.worklogs(issue_id))
    comments, all_comments = _fetched(found, "comment", lambda: client.comments(issue_id))
    short = _short(found, key, "worklog", worklogs)
    problems += (*short, *_short(found, key, "comment", comments))
    return IssuePapers(
        issue_id=issue_id,
        found=found,
        text=text,
        histories=listed,
        history_complete=complete,
        comments=comments,
        worklogs=worklogs,
        hidden_comments=not all_comments,
        hidden_worklogs=bool(short) or not all_worklogs,
        problems=tuple(problems),
    )


def _history(
    client: JiraClient, found: Json, issue_id: int, histories: Mapping[int, list[Json]] | None
) -> tuple[Sequence[Json], bool]:
    """The histories and whether they are all: asked for by id, else as they ride in the issue.

    A server short of breath cuts them in a page of many issues; the issue alone may come whole.
    """
    if histories is not None:
        return _by_id(histories.get(issue_id, ())), True
    listed, complete = _embedded_history(found.get("changelog"))
    if not complete:
        listed, complete = _embedded_history(client.history(issue_id))
    return _by_id(listed), complete


def _embedded_history(log: Any) -> tuple[list[Json], bool]:
    if not isinstance(log, dict):
        return [], False
    listed = objects(log.get("histories"))
    return listed, (integer(log.get("total")) or 0) <= len(listed)


def _by_id(histories: Iterable[Json]) -> list[Json]:
    """Each history once, in the order in which they were written."""
    numbered = {integer(each.get("id")) or -place: each for place, each in enumerate(histories)}
    return [numbered[each] for each in sorted(numbered)]


def _fetched(found: Json, name: str, fetch: Callable[[], list[Json]]) -> tuple[Sequence[Json] | None, bool]:
    """The whole list where the issue holds only its beginning, else None; and whether all are at hand then.

    Jira leaves out a field that it cannot load, without a word; and worklogs answer 404 where time tracking
    is switched off. Nobody knows then what there is.
    """
    if name not in (found.get("fields") or {}):
        return None, False
    if embedded(found, name, f"{name}s")[1]:
        return None, True
    try:
        return fetch(), True
    except RefusedError:
        return None, False


def _short(found: Json, key: str, name: str, fetched: Sequence[Json] | None) -> list[Problem]:
    """A problem where Jira counts more than it shows: some are hidden from this user."""
    holder = (found.get("fields") or {}).get(name)
    total = integer(holder.get("total")) or 0 if isinstance(holder, dict) else 0
    shown = len(fetched) if fetched is not None else len(embedded(found, name, f"{name}s")[0])
    if total <= shown:
        return []
    return [Problem(ProblemKind.TOTAL_MISMATCH, key, f"{shown} of {total} {name}s shown")]
