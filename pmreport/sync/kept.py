"""What is known of a site and stands in no document of Jira's that is kept: a document of our own for each.

People and components come in several shapes, with the issues they belong to; a worklog that Jira lists no
longer has left its issue's document. Such a document holds the row itself, or null once it no longer counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pmreport.model.rows import ComponentRow, RawDocumentRow, UserAccountRow, WorklogRow
from pmreport.store.batch import AnyRow
from pmreport.store.documents import RawDocument, document, not_as_written

USER, COMPONENT, WORKLOG = "user", "component", "worklog_kept"

_KINDS: Mapping[type[AnyRow], str] = {UserAccountRow: USER, ComponentRow: COMPONENT, WorklogRow: WORKLOG}
_ROWS: Mapping[str, type[AnyRow]] = {kind: row_type for row_type, kind in _KINDS.items()}


def kept(rows: Iterable[AnyRow], now_ms: int) -> Iterator[RawDocumentRow]:
    """A document for each of these people, components or worklogs."""
    for row in rows:
        yield document(_KINDS[type(row)], row[0], _content(row), now_ms)


def forgotten(rows: Iterable[WorklogRow], now_ms: int) -> Iterator[RawDocumentRow]:
    """Documents that say: Jira lists these worklogs again, so what was kept of them counts no more."""
    for row in rows:
        yield document(WORKLOG, row.worklog_id, None, now_ms)


def row_of(found: RawDocument) -> AnyRow | None:
    """The row that is kept in a document; None where it counts no more.

    Raises BadDataError for a document of another shape.
    """
    row_type = _ROWS[found.kind]
    if found.payload is None:
        return None
    try:
        return row_type(**found.payload)
    except TypeError as error:
        raise not_as_written("damaged", found.kind, found.id) from error


def _content(row: AnyRow) -> dict[str, Any]:
    return dict(zip(row._fields, row, strict=True))  # type: ignore[attr-defined]  # all are NamedTuples
