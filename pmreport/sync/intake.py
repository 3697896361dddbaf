"""Issues on their way from Jira into the store: fetched and built side by side, written batch after batch."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pmreport.errors import PmreportError
from pmreport.jira.client import JiraClient
from pmreport.jira.parse.issue import IssueFields
from pmreport.jira.parse.values import integer, member
from pmreport.model.rows import WorklogRow
from pmreport.store.batch import AnyRow
from pmreport.store.documents import fingerprint
from pmreport.store.engine import Store
from pmreport.sync import issue_papers, issue_rows, out_of_sight, plan, stored
from pmreport.sync.epics import Epics
from pmreport.sync.issue_papers import IssuePapers
from pmreport.sync.issue_rows import IssueRows, Surroundings
from pmreport.sync.tally import Tally

Json = dict[str, Any]

_LOOKUP = 2000  # ids in one question to the store
_PAGES = 10  # in one transaction at most: a commit costs as much as a page of a hundred issues
_LONGEST_SECONDS = 10.0  # between two transactions: what a slow server gave is soon safe
_SHARE = 25  # issues of a page that one worker takes, when the page is all there is


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store holds of some issues: their documents' fingerprints, their projects and worklogs."""

    prints: dict[int, str]
    homes: dict[int, int]
    worklogs: dict[int, list[WorklogRow]]

    @property
    def ids(self) -> AbstractSet[int]:
        """Those of which something is stored."""
        return self.prints.keys() | self.homes.keys()


@dataclass(slots=True, kw_only=True)
class Part:
    """Some issues as they were given, and the rows of those that differ from what is stored.

    `through_id` is the last id that was asked for.
    """

    rows: IssueRows = field(default_factory=IssueRows)
    seen: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    inserted: int = 0
    updated: int = 0
    through_id: int = 0

    def absorb(self, other: "Part") -> None:
        """Take in the issues that come after these."""
        self.rows.absorb(other.rows)
        self.seen += other.seen
        self.moved += other.moved
        self.inserted += other.inserted
        self.updated += other.updated
        self.through_id = other.through_id


Cursors = Callable[[int], Sequence[AnyRow]]
"""The rows that move with issues: the cursor, given the id up to which everything is written."""


def nothing(_: int) -> Sequence[AnyRow]:
    """Nothing moves with these issues."""
    return ()


def unheard(_: int) -> None:
    """Nobody listens to how many issues are read."""


@dataclass(slots=True, kw_only=True)
class Intake:
    """The way of issues into the store.

    `page_size` bounds what one request asks for. `heard` is told how many issues of a reading are at hand.
    """

    client: JiraClient
    store: Store
    site_id: int
    fields: IssueFields
    now_ms: int
    page_size: int
    tally: Tally
    heard: Callable[[int], None] = unheard
    epics: Epics = field(init=False)
    written: dict[str, AnyRow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to collect the ids of epics."""
        self.epics = Epics(self.client, self.store, self.site_id)

    def by_id(self, issue_ids: Sequence[int], *, again: bool = False, moved: Cursors = nothing) -> set[int]:
        """Read these issues in the order of their ids, and say which of them there were.

        `again` builds the rows also of issues that are as they were stored: they may have to be built from
        other fields now.
        """
        return self._write(self._asked(issue_ids, again=again), moved, anew=again)

    def given(self, found: Sequence[Json]) -> set[int]:
        """Take in issues that are at hand."""
        known = self._known([each_id for each in found if (each_id := integer(each.get("id"))) is not None])
        return self._write(
            (partial(self._part, some, known, again=False) for some in plan.chunks(found, _SHARE)), nothing
        )

    def _asked(self, issue_ids: Sequence[int], *, again: bool) -> Iterator[Callable[[], Part]]:
        size = min(self.page_size, self.client.dialect.by_id)
        for many in plan.chunks(issue_ids, _LOOKUP - _LOOKUP % size):
            known = self._known(many)
            for some in plan.chunks(many, size):
                yield partial(self._fetched, some, known, again=again)

    def _known(self, issue_ids: Sequence[int]) -> Known:
        with self.store.reading() as reader:
            prints = stored.fingerprints(reader, self.site_id, issue_ids)
            homes = out_of_sight.homes(reader, self.site_id, issue_ids)
            listed = stored.worklogs_of(reader, self.site_id, list(homes))
        worklogs: dict[int, list[WorklogRow]] = {}
        for row in listed:
            worklogs.setdefault(row.issue_id, []).append(row)
        return Known(prints=prints, homes=homes, worklogs=worklogs)

    # -- by a worker

    def _fetched(self, issue_ids: Sequence[int], known: Known, *, again: bool) -> Part:
        part = self._part(self.client.issues(issue_ids, self.fields.asked), known, again=again)
        part.through_id = issue_ids[-1]
        return part

    def _part(self, found: Sequence[Json], known: Known, *, again: bool) -> Part:
        told = {
            each_id: issue_papers.with_text(each) for each in found if (each_id := integer(each.get("id")))
        }
        prints = {each_id: fingerprint(text) for each_id, (_, text) in told.items()}
        differ = {each_id for each_id in told if known.prints.get(each_id) != prints[each_id]}
        fresh = [told[each_id] for each_id in told if again or each_id in differ]
        around = Surroundings(
            fields=self.fields,
            kinds=self.fields.kinds,
            now_ms=self.now_ms,
            known=known.ids,
            worklogs=known.worklogs,
            epics=self.epics.of((each for each, _ in fresh), self.fields.known),
        )
        inserted = len(told.keys() - known.ids)
        return Part(
            rows=issue_rows.rows_of(self._whole(issue_papers.gather(self.client, fresh)), around),
            seen=list(told),
            moved=[each_id for each_id, (each, _) in told.items() if _has_moved(each_id, each, known)],
            inserted=inserted,
            updated=len(differ) - inserted,
        )

    def _whole(self, papers: Sequence[IssuePapers]) -> Sequence[IssuePapers]:
        """The same, but those asked for once more that count more worklogs than their lists hold.

        One may have been deleted between the two answers, and nothing would ever tell of it: that leaves
        `updated` as it is, and the feed of deleted worklogs speaks of one that the store never saw.
        """
        torn = [each.issue_id for each in papers if each.hidden_worklogs]
        if not torn:
            return papers
        found = self.client.issues(torn, self.fields.asked)
        anew = issue_papers.gather(self.client, [issue_papers.with_text(each) for each in found])
        return list({each.issue_id: each for each in (*papers, *anew)}.values())

    # -- into the store

    def _write(self, calls: Iterable[Callable[[], Part]], moved: Cursors, *, anew: bool = False) -> set[int]:
        """Write what the calls give, a few pages at a time; what is at hand also when a call fails."""
        read: set[int] = set()
        waiting, since = Part(), time.monotonic()
        try:
            for part in self.client.crew.in_order(calls):
                waiting.absorb(part)
                read.update(part.seen)
                self.heard(len(read))
                late = time.monotonic() - since > _LONGEST_SECONDS
                if late or len(waiting.rows) >= self.page_size * _PAGES:
                    self._commit(waiting, moved, anew=anew)
                    waiting, since = Part(), time.monotonic()
        except PmreportError:
            self._commit(waiting, moved, anew=anew)
            raise
        self._commit(waiting, moved, anew=anew)
        return read

    def _commit(self, part: Part, moved: Cursors, *, anew: bool) -> None:
        """One transaction: whole issues, and the cursor that speaks of them."""
        rows = part.rows
        rows.leave_out(self.written)
        if part.seen:
            self.store.apply(self.site_id, rows.batch(*moved(part.through_id), anew=anew))
        self.tally.count(rows, seen=part.seen, inserted=part.inserted, updated=part.updated)
        self.tally.moved.update(part.moved)


def _has_moved(issue_id: int, found: Json, known: Known) -> bool:
    """Whether an issue stands in another project than when it was read last."""
    before = known.homes.get(issue_id)
    content = found.get("fields") or {}
    return before is not None and before != integer(member(content.get("project"), "id"))
