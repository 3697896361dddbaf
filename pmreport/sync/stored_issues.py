"""Issues as the documents in the store tell them, and their rows, made without asking Jira."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pmreport.jira.parse.issue import IssueFields, embedded, epic_key
from pmreport.jira.parse.values import members
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import IssueLinkRow, IssueRow, RawDocumentRow, WorklogRow
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.documents import RawDocument, by_age_query, not_as_written, of_query, unpacked
from pmreport.store.engine import Store
from pmreport.sync import issue_rows, stored
from pmreport.sync.issue_papers import IssuePapers
from pmreport.sync.issue_rows import Surroundings
from pmreport.sync.notes import ISSUE_NOTE, IssueNote
from pmreport.sync.stored import IssueMarks, Source

Json = Mapping[str, Any]

_PARTS = ("changelog", "comment", "worklog")
_MADE = (IssueRow, WorklogRow)  # people and components are told by more than issues


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIssue:
    """One issue as it is kept, when it was fetched, and how it was read."""

    papers: IssuePapers
    fetched_ms: int
    note: IssueNote
    marks: IssueMarks | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueBatch:
    """The rows of some issues, how many changes their histories hold, and what is odd in them."""

    batch: Batch
    changes: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of an issue; `as_read`: that is what was asked of Jira when the issues were read."""

    fields: IssueFields
    as_read: bool


def some(store: Source, site_id: int, issue_ids: Collection[int]) -> list[RawDocument]:
    """The documents of these issues, the oldest reading first; an unknown issue is left out."""
    found = store.rows(of_query(site_id, ("issue",), [str(each) for each in issue_ids]))
    return sorted(map(unpacked, found), key=lambda each: (each.fetched_ms, each.id))


def pages(store: Store, site_id: int, size: int) -> Iterator[list[RawDocument]]:
    """The documents of all issues, the oldest reading first, so many at a time."""
    last: RawDocument | None = None
    while found := [unpacked(row) for row in store.rows(by_age_query(site_id, "issue", last, size))]:
        yield found
        last = found[-1]


def read(store: Source, site_id: int, documents: Sequence[RawDocument], marked: Source) -> list[StoredIssue]:
    """The issues of these documents, with everything that belongs to them.

    What no document can tell, because we have noted it and not Jira, stands in the store `marked`. Raises
    BadDataError where a document that belongs to them is damaged or lost.
    """
    ids = [each.id for each in documents]
    found: dict[str, dict[str, RawDocumentRow]] = {each: {} for each in ids}
    for row in store.rows(of_query(site_id, (*_PARTS, ISSUE_NOTE), ids)):
        found[row.id][row.kind] = row
    marks = stored.issue_marks(marked, site_id, [int(each) for each in ids])
    return [_issue(each, found[each.id], marks.get(int(each.id))) for each in documents]


def rows(read_issues: Sequence[StoredIssue], wanted: Wanted) -> Iterator[IssueBatch]:
    """The rows of these issues, in the order of their reading: a later batch may correct an earlier one."""
    known = wanted.fields if wanted.as_read else _held(wanted.fields, read_issues)
    for group, names in _of_like_names(read_issues):
        fields = replace(known, sprint_names=names)
        around = Surroundings(
            fields=fields,
            kinds=fields.kinds,
            epics={},
            now_ms=0,
            known=(),
            worklogs={},
            documents=False,
        )
        built = issue_rows.rows_of([_with_epic(each, fields) for each in group], around)
        yield IssueBatch(
            batch=_only_made(built.batch(), group),
            changes=built.changes,
            problems=tuple(built.named_problems()),
        )


def _held(fields: IssueFields, read_issues: Iterable[StoredIssue]) -> IssueFields:
    """The fields that the documents hold: of one that was never asked for nobody knows that it is empty."""
    held = {name for each in read_issues for name in each.papers.found["fields"]}
    known = fields.known
    return replace(
        fields,
        known=replace(
            known,
            sprint=known.sprint if known.sprint in held else None,
            points=tuple(each for each in known.points if each in held),
            flagged=known.flagged if known.flagged in held else None,
        ),
        further=tuple(each for each in fields.further if each in held),
    )


def _issue(
    document: RawDocument, parts: Mapping[str, RawDocumentRow], marks: IssueMarks | None
) -> StoredIssue:
    found = document.payload
    noted = parts.get(ISSUE_NOTE)
    note = IssueNote(**unpacked(noted).payload) if noted else _guessed(found, parts, marks)
    apart = {kind: _part(parts, kind, document.id) for kind in note.apart}
    papers = IssuePapers(
        issue_id=int(document.id),
        found=found,
        text=b"",
        histories=apart.get("changelog") or (),
        history_complete=note.history_complete,
        comments=apart.get("comment"),
        worklogs=apart.get("worklog"),
        hidden_worklogs=True,  # what is not listed is kept apart
        problems=()
        if note.history_complete
        else (Problem(ProblemKind.HISTORY_TRUNCATED, str(found.get("key"))),),
    )
    return StoredIssue(papers=papers, fetched_ms=document.fetched_ms, note=note, marks=marks)


def _part(parts: Mapping[str, RawDocumentRow], kind: str, issue_id: str) -> Any:
    if kind not in parts:  # without its history an issue would seem to have been born as it is now
        raise not_as_written("lost", kind, issue_id)
    return unpacked(parts[kind]).payload


def _guessed(found: Json, parts: Mapping[str, RawDocumentRow], marks: IssueMarks | None) -> IssueNote:
    """How an issue was read that an earlier release read, which noted nothing."""
    lists = {"comment": "comments", "worklog": "worklogs"}
    apart = [kind for kind in parts if kind not in lists or not embedded(found, kind, lists[kind])[1]]
    return IssueNote(
        apart=tuple(apart),
        history_complete=marks.history_complete if marks else True,
        epic_id=marks.parent_id if marks else None,
    )


def _with_epic(issue: StoredIssue, fields: IssueFields) -> IssuePapers:
    """The papers of an issue with its epic, whose key alone they tell, as its parent."""
    papers, epic_id = issue.papers, issue.note.epic_id
    key = epic_key(papers.found, fields.known)
    if key is None or epic_id is None:
        return papers
    content = {**papers.found["fields"], "parent": {"id": str(epic_id), "key": key}}
    return replace(papers, found={**papers.found, "fields": content})


def _of_like_names(
    read_issues: Iterable[StoredIssue],
) -> Iterator[tuple[list[StoredIssue], dict[str, str]]]:
    """The issues in groups in which every sprint has one name: it may have been another at another time."""
    group: list[StoredIssue] = []
    names: dict[str, str | None] = {}
    for each in read_issues:
        if any(names.get(key, name) != name for key, name in each.note.sprint_names.items()):
            yield group, _known(names)
            group, names = [], {}
        group.append(each)
        names |= each.note.sprint_names
    if group:
        yield group, _known(names)


def _known(names: Mapping[str, str | None]) -> dict[str, str]:
    return {key: name for key, name in names.items() if name is not None}


def _only_made(batch: Batch, group: Sequence[StoredIssue]) -> Batch:
    marks = {each.papers.issue_id: each.marks for each in group if each.marks}
    made = [_marked(row, marks) for row in batch.upserts if isinstance(row, _MADE)]
    return Batch(upserts=made, replacements=[_in_order(each, group) for each in batch.replacements])


def _marked(row: AnyRow, marks: Mapping[int, IssueMarks]) -> AnyRow:
    if not isinstance(row, IssueRow) or row.issue_id not in marks:
        return row
    mark = marks[row.issue_id]
    return row._replace(unseen_since_ms=mark.unseen_since_ms, deleted_ms=mark.deleted_ms)


def _in_order(replacement: Replacement, group: Sequence[StoredIssue]) -> Replacement:
    """Links as they were known last: one that only the earlier read of its two ends names is gone."""
    if replacement.row_type is not IssueLinkRow:
        return replacement
    read_at = {each.papers.issue_id: each.fetched_ms for each in group}
    named = {each.papers.issue_id: _link_ids(each.papers.found) for each in group}
    held = [row for row in replacement.rows if _holds(row, read_at, named)]
    return replace(replacement, keys=list(read_at), rows=held)  # those of an earlier group give way too


def _link_ids(found: Json) -> set[str]:
    return {str(each.get("id")) for each in members(found["fields"].get("issuelinks"))}


def _holds(row: AnyRow, read_at: Mapping[int, int], named: Mapping[int, set[str]]) -> bool:
    link, *ends = row[:3]
    here = [end for end in ends if end in read_at]
    naming = [read_at[end] for end in here if str(link) in named[end]]
    return all(str(link) in named[end] or read_at[end] <= max(naming, default=0) for end in here)
