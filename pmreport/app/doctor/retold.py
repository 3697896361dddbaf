"""Issues told once more by their documents, and where the tables tell something else."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from pmreport.errors import BadDataError
from pmreport.jira.parse.issue import HISTORY_FIELDS
from pmreport.model.rows import (
    IssueChangeRow,
    IssueEstimateRow,
    IssueRow,
    IssueSprintRow,
    IssueStatusRow,
    IssueValueRow,
)
from pmreport.store.session import Reader
from pmreport.store.tables import TABLES
from pmreport.sync import rebuild, stored
from pmreport.sync.stored_issues import IssueBatch, Wanted

HistoryRow = IssueStatusRow | IssueSprintRow | IssueEstimateRow | IssueValueRow | IssueChangeRow
_HISTORY: tuple[type[HistoryRow], ...] = (
    IssueStatusRow,
    IssueSprintRow,
    IssueEstimateRow,
    IssueValueRow,
    IssueChangeRow,
)


@dataclass(slots=True)
class Difference:
    """The issues of the rows of a table that should not be there, and of those that should and are not.

    A changed row is both.
    """

    wrong: list[int] = field(default_factory=list)
    lacking: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Differences:
    """Where tables and documents of some issues differ: by table, and the issues that cannot be told again.

    Of those in `unreadable` a document is damaged or lost, of those in `untold` there is none at all.
    """

    tables: dict[str, Difference] = field(default_factory=lambda: defaultdict(Difference))
    unreadable: list[int] = field(default_factory=list)
    untold: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is made of the documents of a site, and where the differences go."""

    site_id: int
    wanted: Wanted
    found: Differences = field(default_factory=Differences)

    def look(self, reader: Reader, issue_ids: Sequence[int]) -> None:
        """Compare these issues."""
        built = list(self._built(reader, issue_ids))
        made = {row.issue_id for each in built for row in each.batch.upserts if isinstance(row, IssueRow)}
        broken = {*self.found.unreadable}
        missing = [each for each in issue_ids if each not in made and each not in broken]
        self.found.untold += self._without_document(reader, missing)
        for row_type in _HISTORY:
            self._compare(row_type, _told(built, row_type), self._held(reader, row_type, sorted(made)))

    def _built(self, reader: Reader, issue_ids: Sequence[int]) -> Iterator[IssueBatch]:
        """The rows that should be there; where a document cannot be read, half of the issues at a time."""
        try:
            yield from rebuild.rows_of(reader, self.site_id, self.wanted, issue_ids)
        except BadDataError:
            middle = len(issue_ids) // 2
            if not middle:
                self.found.unreadable += issue_ids
                return
            yield from self._built(reader, issue_ids[:middle])
            yield from self._built(reader, issue_ids[middle:])

    def _without_document(self, reader: Reader, issue_ids: Sequence[int]) -> Iterator[int]:
        """Those of which there is none; what is there and is no issue, a sync could not read either."""
        prints = stored.fingerprints(reader, self.site_id, issue_ids) if issue_ids else {}
        return (each for each in issue_ids if prints.get(each) == stored.LOST)

    def _held(self, reader: Reader, row_type: type[HistoryRow], issue_ids: Sequence[int]) -> set[HistoryRow]:
        return {*stored.rows_with(reader, self.site_id, row_type, "issue_id", issue_ids)}

    def _compare(
        self, row_type: type[HistoryRow], there: Iterable[HistoryRow], here: Collection[HistoryRow]
    ) -> None:
        counts: Callable[[HistoryRow], bool] = (lambda _: True) if self.wanted.as_read else _of_every_site
        told, held = set(filter(counts, there)), set(filter(counts, here))
        if told != held:
            difference = self.found.tables[TABLES[row_type].name]
            difference.wrong += [row.issue_id for row in held - told]
            difference.lacking += [row.issue_id for row in told - held]


def _told(built: Iterable[IssueBatch], row_type: type[HistoryRow]) -> Collection[Any]:
    """The rows of a table; of those with the same key the last one, as they are written."""
    table = TABLES[row_type]
    key = itemgetter(*(table.columns.index(column) for column in table.key))
    parts = (part for each in built for part in each.batch.replacements if part.row_type is row_type)
    return {key(row): row for part in parts for row in part.rows}.values()


def _of_every_site(row: HistoryRow) -> bool:
    """Whether a row is made whatever the configuration says of the fields."""
    match row:
        case IssueSprintRow():
            return False
        case IssueValueRow() | IssueEstimateRow():
            return row.field_id in HISTORY_FIELDS
        case _:
            return True
