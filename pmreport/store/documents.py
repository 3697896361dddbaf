"""Raw documents: what Jira said, word for word, so that everything else can be built again without asking."""

import hashlib
import json
import zlib
from typing import Any, NamedTuple

from pmreport.model.query import Query
from pmreport.model.rows import RawDocumentRow

_PAGE_SIZE = 500
_SQL = """
SELECT d.kind, d.id, d.part_no, d.fetched_ms, d.sha256, d.payload
FROM raw_document d
WHERE d.site_id = $site_id AND d.kind = $kind
  AND (d.id > $last_id OR (d.id = $last_id AND d.part_no > $last_part))
ORDER BY d.id, d.part_no
LIMIT $page_size
"""


class RawDocument(NamedTuple):
    """A document as it was fetched; `payload` is Jira's JSON. One that came in pages has several parts."""

    kind: str
    id: str
    part_no: int
    fetched_ms: int
    payload: Any


def raw_row(kind: str, document_id: str | int, part_no: int, payload: Any, fetched_ms: int) -> RawDocumentRow:
    """A document ready for a batch: the same JSON with its keys in another order is the same document."""
    # Jira's texts may hold half a surrogate pair, which no encoding takes: escaped, it survives
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
    return RawDocumentRow(
        kind=kind,
        id=str(document_id),
        part_no=part_no,
        fetched_ms=fetched_ms,
        sha256=hashlib.sha256(text).hexdigest(),
        payload=zlib.compress(text),
    )


def document(row: RawDocumentRow) -> RawDocument:
    """What the row was made of."""
    payload = json.loads(zlib.decompress(row.payload))
    return RawDocument(row.kind, row.id, row.part_no, row.fetched_ms, payload)


def page_query(site_id: int, kind: str, last: RawDocument | None) -> Query[RawDocumentRow]:
    """The documents of a kind behind `last`, by id and part, a page full."""
    return Query(
        sql=_SQL,
        row=RawDocumentRow,
        parameters={
            "site_id": site_id,
            "kind": kind,
            "last_id": last.id if last else "",
            "last_part": last.part_no if last else -1,
            "page_size": _PAGE_SIZE,
        },
    )
