"""The worklogs of a site through a schedule: those deleted must be marked, if the store ever saw them."""

from dataclasses import dataclass, field

from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Issue
from pmreport.model import rows
from pmreport.store.engine import Store
from tests.support.issue_truth import worklog_row
from tests.support.syncing import stored


@dataclass(slots=True)
class Burials:
    """What worklogs have ever been like, which of them the store has seen, and when it was looked at."""

    corpus: Corpus
    ever: set[rows.WorklogRow] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    runs_ms: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin with what is there."""
        for issue in self.corpus.issues():
            self.remember(issue)

    def remember(self, issue: Issue | None) -> None:
        """The worklogs of an issue as they are now: the store keeps one that is deleted as it saw it last."""
        if issue is not None:
            self.ever |= {worklog_row(self.corpus.site, row, issue.id) for row in issue.worklogs}

    def look(self, store: Store) -> None:
        """See what the store has seen."""
        self.seen |= {row.worklog_id for row in stored(store, rows.WorklogRow)}

    def wrong(self, store: Store) -> list[str]:
        """Deleted worklogs that are not marked, marked ones that were not deleted then or were never so."""
        deleted = {worklog_id: at_ms for at_ms, worklog_id in self.corpus.deleted_worklogs}
        there = stored(store, rows.WorklogRow)
        marked = {row.worklog_id: row for row in there if row.deleted_ms is not None}
        odd = [
            row
            for row in marked.values()
            if row._replace(deleted_ms=None) not in self.ever
            or row.worklog_id not in deleted
            or row.deleted_ms not in {deleted[row.worklog_id], *self.runs_ms}
        ]
        lost = sorted((self.seen & deleted.keys()) - marked.keys())
        return [
            *(f"worklog, deleted and not marked so: {each}" for each in lost),
            *(f"worklog, marked as deleted: {row}" for row in odd),
        ]
