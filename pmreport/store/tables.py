"""Which table a row belongs to, and what tells two of its rows apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import get_args, get_type_hints

from pmreport.model import rows
from pmreport.store.batch import AnyRow

_SQL_TYPES: Mapping[type, str] = {
    int: "BIGINT",
    str: "VARCHAR",
    bool: "BOOLEAN",
    float: "DOUBLE PRECISION",
    bytes: "BYTEA",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as its row class tells it; all but `calendar` belong to a site.

    `nullable` are the columns that may be empty. `key` are the columns of the primary key behind `site_id`.
    `compared` are the columns that make a row with
    the same key a different row.
    """

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    nullable: frozenset[str]
    key: tuple[str, ...]
    compared: tuple[str, ...]
    of_a_site: bool = True

    @property
    def whole_key(self) -> tuple[str, ...]:
        """The primary key, the site included."""
        return ("site_id", *self.key) if self.of_a_site else self.key


_KEYS: Mapping[type[AnyRow], tuple[str, ...]] = {
    rows.ProjectRow: ("project_id",),
    rows.StatusRow: ("status_id",),
    rows.FieldRow: ("field_id",),
    rows.PriorityRow: ("priority_id",),
    rows.ResolutionRow: ("resolution_id",),
    rows.IssueTypeRow: ("issue_type_id",),
    rows.ComponentRow: ("component_id",),
    rows.UserAccountRow: ("account_id",),
    rows.BoardRow: ("board_id",),
    rows.BoardColumnRow: ("board_id", "status_id"),
    rows.BoardSprintRow: ("board_id", "sprint_id"),
    rows.SprintRow: ("sprint_id",),
    rows.IssueRow: ("issue_id",),
    rows.RawDocumentRow: ("kind", "id", "part_no"),
    rows.IssueChangeRow: ("history_id", "item_no"),
    rows.WorklogRow: ("worklog_id",),
    rows.CommentItemRow: ("comment_id",),
    rows.IssueLinkRow: ("link_id",),
    rows.VersionRow: ("version_id",),
    rows.IssueValueRow: ("issue_id", "field_id", "value_id", "valid_from_ms"),
    rows.IssueSprintRow: ("issue_id", "sprint_id", "valid_from_ms"),
    rows.IssueStatusRow: ("issue_id", "valid_from_ms"),
    rows.IssueEstimateRow: ("issue_id", "field_id", "valid_from_ms"),
    rows.CalendarRow: ("calendar_id", "day_date"),
    rows.SnapshotSprintRow: ("sprint_id", "seen_ms"),
    rows.SnapshotVersionRow: ("version_id", "seen_ms"),
    rows.SnapshotBoardColumnRow: ("board_id", "status_id", "seen_ms"),
    rows.SyncRunRow: ("run_id",),
    rows.SyncCursorRow: ("scope",),
}

# A document fetched again with the same content is the same document. (Comparing what it holds would read the
# largest column of the store at every sync; a full sync writes all documents anew, damaged ones too.)
_COMPARED: Mapping[type[AnyRow], tuple[str, ...]] = {rows.RawDocumentRow: ("sha256",)}

# These have a key and no index for it (see the first migration): nothing forbids two rows with one key.
WITHOUT_INDEX: tuple[type[AnyRow], ...] = (
    rows.RawDocumentRow,
    rows.IssueChangeRow,
    rows.IssueValueRow,
    rows.IssueSprintRow,
    rows.IssueStatusRow,
    rows.IssueEstimateRow,
)

# What the program notes about its own runs: it changes with every sync, also where Jira did not.
BOOKKEEPING: frozenset[type[AnyRow]] = frozenset({rows.SyncRunRow, rows.SyncCursorRow, rows.CalendarRow})


def table_of(row_type: type[AnyRow], key: tuple[str, ...]) -> Table:
    """The table of a row class, by the names and types of its fields."""
    hints = get_type_hints(row_type)
    columns = tuple(hints)
    return Table(
        name=re.sub(r"(?<!^)(?=[A-Z])", "_", row_type.__name__.removesuffix("Row")).lower(),
        columns=columns,
        types=tuple(_SQL_TYPES[_plain(hint)] for hint in hints.values()),
        nullable=frozenset(name for name, hint in hints.items() if NoneType in get_args(hint)),
        key=key,
        compared=_COMPARED.get(row_type, tuple(column for column in columns if column not in key)),
        of_a_site=row_type is not rows.CalendarRow,
    )


def _plain(hint: type) -> type:
    """The type without `| None`."""
    return next((member for member in get_args(hint) if member is not NoneType), hint)


TABLES: Mapping[type[AnyRow], Table] = {row_type: table_of(row_type, key) for row_type, key in _KEYS.items()}
