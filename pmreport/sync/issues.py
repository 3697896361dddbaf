"""Issues with everything that belongs to them, page by page into the store."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pmreport.jira.answers import RefusedError
from pmreport.jira.client import JiraClient
from pmreport.jira.paging import objects
from pmreport.jira.parse import changelog, lists, notes
from pmreport.jira.parse.issue import IssueFields, ParsedIssue, embedded, epic_key, parse
from pmreport.jira.parse.values import integer
from pmreport.model.changelog import FieldKinds
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import (
    CommentItemRow,
    ComponentRow,
    IssueChangeRow,
    IssueEstimateRow,
    IssueLinkRow,
    IssueSprintRow,
    IssueStatusRow,
    IssueValueRow,
    RawDocumentRow,
    UserAccountRow,
    WorklogRow,
)
from pmreport.model.timeline import build
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.documents import canonical_json, document, packed
from pmreport.sync.kept import forgotten, kept
from pmreport.sync.notes import IssueNote

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the rows of an issue depend on beside its papers.

    `known` are the issues that are in the store, `worklogs` their rows stored before, by issue: one that Jira
    no longer lists is marked as deleted. `epics` are the ids of epics by their keys. `documents` is whether
    what the rows are made of is kept: not where it comes from the store.
    """

    fields: IssueFields
    epics: Mapping[str, int]
    kinds: FieldKinds
    now_ms: int
    known: Collection[int]
    worklogs: Mapping[int, Sequence[WorklogRow]]
    documents: bool = True


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


def rows_of(papers: Iterable[IssuePapers], around: Surroundings) -> "IssueRows":
    """The rows of these issues, those of issues that the store does not know apart."""
    gathered = IssueRows()
    for each in papers:
        complete = each.history_complete
        found = parse(each.found, around.fields, history_complete=complete, epics=around.epics)
        gathered.problems += each.problems
        if isinstance(found, Problem):
            gathered.problems.append(found)
        else:
            gathered.add(each, found, around)
    return gathered


class _Owned:
    """The rows that belong to some issues and give way with them; `fresh`: the store knows none of these."""

    def __init__(self, *, fresh: bool) -> None:
        self.fresh = fresh
        self.ids: list[int] = []
        self.commented: set[int] = set()  # those of which some comments may be hidden: what is known stays
        self.rows: dict[type[AnyRow], list[AnyRow]] = {row_type: [] for row_type in _OWNED}

    def absorb(self, other: "_Owned") -> None:
        """Take in the rows of other issues."""
        self.ids += other.ids
        self.commented |= other.commented
        for row_type, rows in other.rows.items():
            self.rows[row_type] += rows

    def replacements(self) -> Iterator[Replacement]:
        """What an issue no longer has gives way."""
        for row_type, rows in self.rows.items():
            left = self.commented if row_type is CommentItemRow else ()
            keys = [each for each in self.ids if each not in left]
            yield Replacement(
                row_type=row_type,
                key="issue_id",
                keys=() if self.fresh else keys,
                rows=rows,
                fresh=self.fresh,
            )


_OWNED = (IssueChangeRow, CommentItemRow, IssueValueRow, IssueSprintRow, IssueStatusRow, IssueEstimateRow)


class IssueRows:
    """The rows of several issues on their way into one batch."""

    def __init__(self) -> None:
        self.fresh = _Owned(fresh=True)
        self.known = _Owned(fresh=False)
        self.links: list[IssueLinkRow] = []
        self.upserts: list[AnyRow] = []
        self.documents: list[AnyRow] = []  # of issues that the store does not know
        self.people: dict[str, UserAccountRow] = {}
        self.components: dict[str, ComponentRow] = {}
        self.now_ms = 0
        self.problems: list[Problem] = []
        self.keys: dict[str, str] = {}

    def __len__(self) -> int:
        """How many issues these are."""
        return len(self.fresh.ids) + len(self.known.ids)

    @property
    def changes(self) -> int:
        """How many changes their histories hold."""
        return sum(len(owned.rows[IssueChangeRow]) for owned in (self.fresh, self.known))

    def absorb(self, other: "IssueRows") -> None:
        """Take in other issues."""
        self.fresh.absorb(other.fresh)
        self.known.absorb(other.known)
        self.links += other.links
        self.upserts += other.upserts
        self.documents += other.documents
        self.people |= other.people
        self.components |= other.components
        self.now_ms = other.now_ms
        self.problems += other.problems
        self.keys |= other.keys

    def add(self, papers: IssuePapers, parsed: ParsedIssue, around: Surroundings) -> None:
        """Take in one issue."""
        issue_id = parsed.row.issue_id
        changes, odd = changelog.changes(papers.histories, issue_id, around.fields.known)
        timeline = build(parsed.state, changes, kinds=around.kinds)
        owned = self.known if issue_id in around.known else self.fresh
        owned.ids.append(issue_id)
        if papers.hidden_comments:
            owned.commented.add(issue_id)
        owned.rows[IssueChangeRow] += changes
        owned.rows[IssueValueRow] += timeline.values
        owned.rows[IssueSprintRow] += timeline.sprints
        owned.rows[IssueStatusRow] += timeline.statuses
        owned.rows[IssueEstimateRow] += timeline.estimates
        owned.rows[CommentItemRow] += self._comments(papers, issue_id)
        self.links += parsed.links
        self.problems += (*parsed.problems, *odd, *timeline.problems)
        self.keys[str(issue_id)] = parsed.row.issue_key
        self.upserts.append(parsed.row)
        if around.documents:
            (self.documents if owned.fresh else self.upserts).extend(_documents(papers, parsed, around))
        self.components.update((row.component_id, row) for row in parsed.components)
        self.people.update((row.account_id, row) for row in _people(papers, parsed))
        self.now_ms = around.now_ms
        self._add_worklogs(papers, issue_id, around)

    def _comments(self, papers: IssuePapers, issue_id: int) -> list[CommentItemRow]:
        rows = [notes.comment(found, issue_id) for found in _listed(papers, "comment")]
        self.problems += [row for row in rows if isinstance(row, Problem)]
        return list({row.comment_id: row for row in rows if isinstance(row, CommentItemRow)}.values())

    def _add_worklogs(self, papers: IssuePapers, issue_id: int, around: Surroundings) -> None:
        rows = [notes.worklog(found, issue_id) for found in _listed(papers, "worklog")]
        self.problems += [row for row in rows if isinstance(row, Problem)]
        seen = {row.worklog_id: row for row in rows if isinstance(row, WorklogRow)}
        known = around.worklogs.get(issue_id, ())
        unlisted = [row for row in known if row.worklog_id not in seen]
        if not papers.hidden_worklogs:
            unlisted = gone_worklogs(unlisted, around.now_ms)
        back = [row for row in known if row.worklog_id in seen and row.deleted_ms is not None]
        self.upserts += (
            *seen.values(),
            *unlisted,
            *kept(unlisted, around.now_ms),
            *forgotten(back, around.now_ms),
        )

    def named_problems(self) -> Iterator[Problem]:
        """The problems, each with the key of its issue, which people know, and not its id."""
        for problem in self.problems:
            yield replace(problem, subject=self.keys.get(problem.subject, problem.subject))

    def leave_out(self, written: dict[str, AnyRow]) -> None:
        """Pass over the people and components that this run has written already, and note the others."""
        for named in (self.people, self.components):
            for key in [key for key, row in named.items() if written.get(key) == row]:
                del named[key]
            written.update(named)

    def batch(self, *moved: AnyRow, anew: bool = False) -> Batch:
        """All of it, with the cursors that move with it. A link gives way by either of its ends.

        `anew`: documents are written even where they are the same.
        """
        links = [
            Replacement(row_type=IssueLinkRow, key=end, keys=self.known.ids, rows=self.links)
            for end in ("from_issue_id", "to_issue_id")
        ]
        documents = Replacement(row_type=RawDocumentRow, key="id", keys=(), rows=self.documents, fresh=True)
        named = (*self.people.values(), *self.components.values())
        return Batch(
            upserts=[*self.upserts, *named, *kept(named, self.now_ms), *moved],
            replacements=[*self.fresh.replacements(), *self.known.replacements(), *links, documents],
            anew=frozenset({RawDocumentRow}) if anew else frozenset(),
        )


def gone_worklogs(unlisted: Sequence[WorklogRow], now_ms: int) -> list[WorklogRow]:
    """The stored worklogs that Jira no longer lists, marked as deleted; old marks keep their instant."""
    return [row if row.deleted_ms is not None else row._replace(deleted_ms=now_ms) for row in unlisted]


def _listed(papers: IssuePapers, name: str) -> Sequence[Any]:
    fetched = papers.comments if name == "comment" else papers.worklogs
    return fetched if fetched is not None else embedded(papers.found, name, f"{name}s")[0]


def _people(papers: IssuePapers, parsed: ParsedIssue) -> Iterator[UserAccountRow]:
    """Everybody whom the papers show. People are never listed; that would need a right of its own."""
    yield from parsed.users
    notes_of = (*papers.histories, *_listed(papers, "comment"), *_listed(papers, "worklog"))
    yield from lists.users([each.get("author") for each in notes_of])


def _documents(papers: IssuePapers, parsed: ParsedIssue, around: Surroundings) -> Iterator[AnyRow]:
    yield packed("issue", papers.issue_id, papers.text, around.now_ms)
    apart = {"changelog": papers.histories or None, "comment": papers.comments, "worklog": papers.worklogs}
    there = {kind: found for kind, found in apart.items() if found is not None}
    for kind, found in there.items():
        yield document(kind, papers.issue_id, found, around.now_ms)
    note = IssueNote(
        apart=tuple(there),
        history_complete=papers.history_complete,
        epic_id=around.epics.get(epic_key(papers.found, around.fields.known) or ""),
        sprint_names=_sprint_names(papers, parsed, around.fields),
    )
    yield note.document(papers.issue_id, around.now_ms)


def _sprint_names(papers: IssuePapers, parsed: ParsedIssue, fields: IssueFields) -> dict[str, str | None]:
    """The names of the sprints that the issue's own document does not surely tell: Data Center's texts."""
    sprint = fields.known.sprint or ""
    written = papers.found["fields"].get(sprint)
    if not isinstance(written, list) or not any(isinstance(each, str) for each in written):
        return {}
    return {value.value_id: value.text for value in parsed.state.values[sprint]}


def with_text(found: Json) -> tuple[Json, bytes]:
    """An issue and its canonical text, by which a change is noticed; its history is a document of its own."""
    return found, canonical_json({name: each for name, each in found.items() if name != "changelog"})
