"""Raw documents: what Jira said, word for word, so that everything else can be built again without asking."""

import hashlib
import json
import zlib
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import orjson

from pmreport.errors import BadDataError
from pmreport.model.query import Query
from pmreport.model.rows import RawDocumentRow

_FAST = 1  # a third of the time of the default for a tenth more bytes
_PAGE_SIZE = 500
_COLUMNS = "d.kind, d.id, d.part_no, d.fetched_ms, d.sha256, d.payload"
# What both sides of an OR say stands before it once more: an index can begin there.
_BY_ID = f"""
SELECT {_COLUMNS}
FROM raw_document d
WHERE d.site_id = $site_id AND d.kind = $kind
  AND d.id >= $last_id AND (d.id > $last_id OR (d.id = $last_id AND d.part_no > $last_part))
ORDER BY d.id, d.part_no
LIMIT $page_size
"""  # noqa: S608 - own names only
_BY_AGE = f"""
SELECT {_COLUMNS}
FROM raw_document d
WHERE d.site_id = $site_id AND d.kind = $kind AND d.part_no = 0
  AND d.fetched_ms >= $last_ms AND (d.fetched_ms > $last_ms OR (d.fetched_ms = $last_ms AND d.id > $last_id))
ORDER BY d.fetched_ms, d.id
LIMIT $page_size
"""  # noqa: S608 - own names only


class RawDocument(NamedTuple):
    """A document as it was fetched; `payload` is Jira's JSON. One that came in pages has several parts."""

    kind: str
    id: str
    part_no: int
    fetched_ms: int
    payload: Any


def canonical_json(content: Any) -> bytes:
    """The one text of a document: the same content gives the same bytes, whatever the order of its keys.

    Jira's texts may hold half a surrogate pair, which passes through. Raises BadDataError for what is folded
    too deeply.
    """
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # half a surrogate pair, a number beyond 64 bits, or more than 254 folds
        return _patiently(content).encode("utf-8", "surrogatepass")


def _patiently(content: Any) -> str:
    try:
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    except RecursionError:
        name = content.get("key") or content.get("id") if isinstance(content, dict) else None
        raise BadDataError(
            "An answer of Jira is folded too deeply to be kept.",
            where=str(name or "a list"),
            hint="Look for a text with very many nested lists or tables, made by an import for instance.",
        ) from None


def read(text: bytes) -> Any:
    """What the text of a document says; it may be folded as deeply as `canonical_json` bears."""
    try:
        return orjson.loads(text)
    except ValueError:  # half a surrogate pair
        return json.loads(text)


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a canonical document, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def document(
    kind: str, identity: int | str, content: Any, fetched_ms: int, *, part_no: int = 0
) -> RawDocumentRow:
    """A row for one document."""
    return packed(kind, identity, canonical_json(content), fetched_ms, part_no=part_no)


def packed(
    kind: str, identity: int | str, content: bytes, fetched_ms: int, *, part_no: int = 0
) -> RawDocumentRow:
    """A row for a document whose canonical text is at hand."""
    payload = zlib.compress(content, _FAST)
    return RawDocumentRow(kind, str(identity), part_no, fetched_ms, fingerprint(content), payload)


def unpacked(row: RawDocumentRow) -> RawDocument:
    """What the row was made of. Raises BadDataError where it is not what was written."""
    try:
        content = zlib.decompress(row.payload)
    except zlib.error as error:
        raise not_as_written("damaged", row.kind, row.id) from error
    if fingerprint(content) != row.sha256:
        raise not_as_written("damaged", row.kind, row.id)
    return RawDocument(row.kind, row.id, row.part_no, row.fetched_ms, read(content))


def not_as_written(how: str, kind: str, identity: str) -> BadDataError:
    """The error for a document that is `how`: damaged, or lost."""
    return BadDataError(
        f"a document in the store is {how}",
        where=f"raw_document {kind} {identity}",
        hint="run `pmreport sync --full`, which reads everything from Jira again",
    )


def page_query(site_id: int, kind: str, last: RawDocument | None) -> Query[RawDocumentRow]:
    """The documents of a kind behind `last`, by id and part, a page full."""
    return Query(
        sql=_BY_ID,
        row=RawDocumentRow,
        parameters={
            "site_id": site_id,
            "kind": kind,
            "last_id": last.id if last else "",
            "last_part": last.part_no if last else -1,
            "page_size": _PAGE_SIZE,
        },
    )


def by_age_query(
    site_id: int, kind: str, last: RawDocument | None, page_size: int = _PAGE_SIZE
) -> Query[RawDocumentRow]:
    """The documents of a kind behind `last`, in the order in which they were fetched, a page full."""
    return Query(
        sql=_BY_AGE,
        row=RawDocumentRow,
        parameters={
            "site_id": site_id,
            "kind": kind,
            "last_ms": last.fetched_ms if last else -(2**63),
            "last_id": last.id if last else "",
            "page_size": page_size,
        },
    )


def of_query(site_id: int, kinds: Collection[str], ids: Sequence[str] | None = None) -> Query[RawDocumentRow]:
    """The documents of these kinds, those of these ids alone where some are given; the order is open."""
    parameters = {f"k{place}": kind for place, kind in enumerate(kinds)}
    some = {f"a{place}": each for place, each in enumerate(ids or ())}
    among = f" AND d.id IN ({_marks(some)})" if ids is not None else ""
    return Query(
        sql=f"SELECT {_COLUMNS} FROM raw_document d WHERE d.site_id = $site_id"  # noqa: S608 - own names and marks
        f" AND d.kind IN ({_marks(parameters)}){among}",
        row=RawDocumentRow,
        parameters={"site_id": site_id, **parameters, **some},
    )


def _marks(names: Collection[str]) -> str:
    return ", ".join(f"${name}" for name in names)
