"""Issues as rows, on their way into one batch."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pmreport.jira.parse import changelog, lists, notes
from pmreport.jira.parse.issue import IssueFields, ParsedIssue, parse
from pmreport.model.changelog import FieldKinds
from pmreport.model.problem import Problem
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
from pmreport.sync.issue_documents import documents
from pmreport.sync.issue_papers import IssuePapers
from pmreport.sync.kept import forgotten, kept

_OWNED = (IssueChangeRow, CommentItemRow, IssueValueRow, IssueSprintRow, IssueStatusRow, IssueEstimateRow)


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
            told = documents(papers, parsed, around.fields, around.epics, around.now_ms)
            (self.documents if owned.fresh else self.upserts).extend(told)
        self.components.update((row.component_id, row) for row in parsed.components)
        self.people.update((row.account_id, row) for row in _people(papers, parsed))
        self.now_ms = around.now_ms
        self._add_worklogs(papers, issue_id, around)

    def _comments(self, papers: IssuePapers, issue_id: int) -> list[CommentItemRow]:
        rows = [notes.comment(found, issue_id) for found in papers.listed("comment")]
        self.problems += [row for row in rows if isinstance(row, Problem)]
        return list({row.comment_id: row for row in rows if isinstance(row, CommentItemRow)}.values())

    def _add_worklogs(self, papers: IssuePapers, issue_id: int, around: Surroundings) -> None:
        rows = [notes.worklog(found, issue_id) for found in papers.listed("worklog")]
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


def _people(papers: IssuePapers, parsed: ParsedIssue) -> Iterator[UserAccountRow]:
    """Everybody whom the papers show. People are never listed; that would need a right of its own."""
    yield from parsed.users
    notes_of = (*papers.histories, *papers.listed("comment"), *papers.listed("worklog"))
    yield from lists.users([each.get("author") for each in notes_of])
