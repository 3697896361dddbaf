"""The documents of an issue, as they are kept: the store can be made anew of them."""

from collections.abc import Iterator, Mapping

from pmreport.jira.parse.issue import IssueFields, ParsedIssue, epic_key
from pmreport.store.batch import AnyRow
from pmreport.store.documents import document, packed
from pmreport.sync.issue_papers import IssuePapers
from pmreport.sync.notes import IssueNote


def documents(
    papers: IssuePapers, parsed: ParsedIssue, fields: IssueFields, epics: Mapping[str, int], now_ms: int
) -> Iterator[AnyRow]:
    """What Jira gave of the issue, and how it was read; `epics` are the ids of epics by their keys."""
    yield packed("issue", papers.issue_id, papers.text, now_ms)
    apart = {"changelog": papers.histories or None, "comment": papers.comments, "worklog": papers.worklogs}
    there = {kind: found for kind, found in apart.items() if found is not None}
    for kind, found in there.items():
        yield document(kind, papers.issue_id, found, now_ms)
    note = IssueNote(
        apart=tuple(there),
        history_complete=papers.history_complete,
        epic_id=epics.get(epic_key(papers.found, fields.known) or ""),
        sprint_names=_sprint_names(papers, parsed, fields),
    )
    yield note.document(papers.issue_id, now_ms)


def _sprint_names(papers: IssuePapers, parsed: ParsedIssue, fields: IssueFields) -> dict[str, str | None]:
    """The names of the sprints that the issue's own document does not surely tell: Data Center's texts."""
    sprint = fields.known.sprint or ""
    written = papers.found["fields"].get(sprint)
    if not isinstance(written, list) or not any(isinstance(each, str) for each in written):
        return {}
    return {value.value_id: value.text for value in parsed.state.values[sprint]}
