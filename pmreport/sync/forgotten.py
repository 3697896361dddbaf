"""What is to be forgotten, as the store keeps it: so every sync leaves it out, whoever runs it."""

from collections.abc import Iterable

from pmreport.model.forgotten import Forgotten, Mark, Subject
from pmreport.model.rows import RawDocumentRow
from pmreport.store.batch import Batch
from pmreport.store.documents import document, not_as_written
from pmreport.store.engine import Store

KIND = "forgotten"


def read(store: Store, site_id: int, site: str) -> Forgotten:
    """Everything that is to be forgotten of a site. Raises BadDataError for a damaged document."""
    return Forgotten(site, tuple(_mark(found.id, found.payload) for found in store.documents(site_id, KIND)))


def documents(marks: Iterable[Mark], now_ms: int) -> list[RawDocumentRow]:
    """A document for each mark; without the words by which it could be known."""
    return [document(KIND, mark.digests[0], _content(mark), now_ms) for mark in marks]


def keep(store: Store, site_id: int, marks: Iterable[Mark], now_ms: int) -> None:
    """Keep marks in the store; those that are there stay."""
    store.apply(site_id, Batch(upserts=documents(marks, now_ms)))


def _content(mark: Mark) -> dict[str, object]:
    return {"subject": mark.subject.value, "digests": list(mark.digests), "number": mark.number}


def _mark(identity: str, content: object) -> Mark:
    match content:
        case {"subject": str(subject), "digests": list(digests), "number": int(number)}:
            return Mark(subject=Subject(subject), digests=tuple(map(str, digests)), number=number)
        case _:
            raise not_as_written("damaged", KIND, identity)
