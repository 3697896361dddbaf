"""The typed and the interval tables made again from the raw documents, without Jira."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from pmreport.errors import BadDataError
from pmreport.model.problem import Problem, counts_by_kind
from pmreport.model.rows import (
    CommentItemRow,
    IssueChangeRow,
    IssueEstimateRow,
    IssueLinkRow,
    IssueRow,
    IssueSprintRow,
    IssueStatusRow,
    IssueValueRow,
    WorklogRow,
)
from pmreport.store.batch import AnyRow, Batch
from pmreport.store.engine import Store
from pmreport.sync import kept, plan, stored, stored_issues, stored_site
from pmreport.sync.notes import ISSUE_NOTE, LISTING
from pmreport.sync.run import SyncRequest, unheard
from pmreport.sync.stored import Source
from pmreport.sync.stored_issues import IssueBatch, Wanted
from pmreport.sync.stored_site import StoredSite
from pmreport.sync.summary import IssueCounts, Outcome, Progress, SyncSummary

_OF_ISSUES: tuple[type[AnyRow], ...] = (
    IssueRow,
    IssueChangeRow,
    CommentItemRow,
    WorklogRow,
    IssueLinkRow,
    IssueValueRow,
    IssueSprintRow,
    IssueStatusRow,
    IssueEstimateRow,
)
_PAGE = 400
_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Refill:
    """Tables that do not stay as they are either, and what writes them into the new store."""

    tables: tuple[type[AnyRow], ...]
    write: Callable[[Store], None]


def rebuild(
    store: Store,
    site_id: int,
    request: SyncRequest,
    *,
    page_size: int = _PAGE,
    progress: Callable[[Progress], None] = unheard,
    refill: Refill | None = None,
) -> SyncSummary:
    """Make every typed and interval table of the site again, with the fields of today's configuration.

    No more than `page_size` issues are in memory at a time.
    The new tables take the place of the old ones all at once. Documents, cursors, snapshots, the record of
    the runs, and the marks of issues that were not seen again stay as they are. Only inside `only_writer`.
    The tables of `refill` begin empty too, and it writes them first.

    Raises:
        BadDataError: a damaged document, or a store that no sync of this release has filled; nothing changes.
        TryLaterError: somebody reads the store for too long; nothing changes.
    """
    began = time.monotonic()
    _check(store, site_id)
    with store.successor(
        site_id, (*stored_site.TABLES, *_OF_ISSUES, *(refill.tables if refill else ()))
    ) as new:
        if refill is not None:
            refill.write(new)
        work = _Rebuild(
            store=store,
            new=new,
            site_id=site_id,
            request=request,
            page_size=page_size,
            progress=progress,
        )
        work.run()
    return SyncSummary(
        status=Outcome.COMPLETE,
        issues=IssueCounts(seen=work.done),
        changes=work.changes,
        requests=0,
        retries=0,
        waited_seconds=0.0,
        seconds=time.monotonic() - began,
        problems=counts_by_kind(work.problems),
    )


def wanted(store: Source, site_id: int, request: SyncRequest) -> Wanted:
    """What a rebuild would make of each issue. Raises BadDataError as `rebuild` does."""
    _check(store, site_id)
    return _wanted(store, site_id, stored_site.read(store, site_id, request.fields), request)


def rows_of(store: Source, site_id: int, what: Wanted, issue_ids: Collection[int]) -> list[IssueBatch]:
    """What the tables should hold of some issues, by their documents, as a rebuild would write it.

    In the order of writing; an issue without a document is left out. Raises BadDataError as `rebuild` does.
    """
    documents = stored_issues.some(store, site_id, issue_ids)
    return list(stored_issues.rows(stored_issues.read(store, site_id, documents, store), what))


def _check(store: Source, site_id: int) -> None:
    if not stored.documents_of(store, site_id, LISTING):
        raise BadDataError(
            "the store was filled by an earlier release, which kept too little to make the tables again",
            hint="run `pmreport sync` once, then the rebuild",
        )


def _wanted(store: Source, site_id: int, site: StoredSite, request: SyncRequest) -> Wanted:
    """What is wanted of each issue; where the configuration has changed, as far as the documents hold it."""
    fields = stored_site.issue_fields(site, request.further_fields)
    return Wanted(fields, as_read=stored.read_fields(store, site_id) <= {plan.digest(fields.asked)})


@dataclass(slots=True, kw_only=True)
class _Rebuild:
    """One rebuild while it runs: from the documents in the store `new` into its empty tables.

    `store` is the old one. Where an earlier release has read some of its issues, it kept no document of
    everything: what only its tables tell is taken from them.
    """

    store: Store
    new: Store
    site_id: int
    request: SyncRequest
    page_size: int
    progress: Callable[[Progress], None]
    done: int = 0
    changes: int = 0
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> None:
        """All of it."""
        total = stored.documents_of(self.new, self.site_id, "issue")
        whole = stored.documents_of(self.new, self.site_id, ISSUE_NOTE) == total
        site = stored_site.read(self.new, self.site_id, self.request.fields)
        self._write(site.rows if whole else self._old_rows())
        if whole:
            self._write_kept(kept.USER)
            self._write_kept(kept.COMPONENT)
        self._write_kept(kept.WORKLOG, deleted=False)  # where the issue lists it again, that counts
        fields = _wanted(self.new, self.site_id, site, self.request)
        for page in stored_issues.pages(self.new, self.site_id, self.page_size):
            self.progress(Progress(phase="making the tables again", done=self.done, total=total))
            read = stored_issues.read(self.new, self.site_id, page, self.store)
            for built in stored_issues.rows(read, fields):
                self.new.apply(self.site_id, built.batch)
                self.changes += built.changes
                self.problems += built.problems
            self.done += len(page)
        if not whole:
            self._write(stored.deleted_worklogs(self.store, self.site_id))
        self._write_kept(kept.WORKLOG, deleted=True)
        self.progress(Progress(phase="making the tables again", done=self.done, total=total))

    def _old_rows(self) -> list[AnyRow]:
        return [
            row for row_type in stored_site.TABLES for row in stored.table(self.store, self.site_id, row_type)
        ]

    def _write_kept(self, kind: str, *, deleted: bool = False) -> None:
        """The rows kept in documents of their own; of worklogs those marked as deleted, or the others."""
        self._write(
            row for row in self._kept(kind) if (getattr(row, "deleted_ms", None) is not None) is deleted
        )

    def _kept(self, kind: str) -> Iterator[AnyRow]:
        found = map(kept.row_of, self.new.documents(self.site_id, kind))
        return (row for row in found if row is not None)

    def _write(self, rows: Iterable[AnyRow]) -> None:
        left = iter(rows)
        while some := list(islice(left, _ROWS)):
            self.new.apply(self.site_id, Batch(upserts=some))
