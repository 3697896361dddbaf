"""The store made again without an issue or a person: documents first, then every table from them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pmreport.errors import BadDataError
from pmreport.jira.forgetting import Forgetting
from pmreport.model.forgotten import NOBODY, Forgotten
from pmreport.model.rows import RawDocumentRow, SyncRunRow
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.documents import (
    RawDocument,
    canonical_json,
    document,
    fingerprint,
    page_query,
    unpacked,
)
from pmreport.store.engine import Store
from pmreport.sync import forgotten, kept, stored
from pmreport.sync.notes import ISSUE_NOTE
from pmreport.sync.rebuild import Refill, rebuild
from pmreport.sync.run import SyncRequest, unheard
from pmreport.sync.summary import Progress, SyncSummary

_OF_AN_ISSUE = frozenset({"issue", "changelog", "comment", "worklog", ISSUE_NOTE})
_DOCUMENTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be forgotten, those before included, and how the tables are made."""

    forgotten: Forgotten
    request: SyncRequest
    now_ms: int


@dataclass(frozen=True, slots=True)
class Survey:
    """How many documents of each kind tell of it, and the names and addresses that stand beside its ids."""

    documents: Counter[str]
    words: frozenset[str]


def check(store: Store, site_id: int) -> None:
    """Raise BadDataError where the tables cannot be made again from the documents alone."""
    if stored.documents_of(store, site_id, ISSUE_NOTE) != stored.documents_of(store, site_id, "issue"):
        raise BadDataError(
            "the store was filled by an earlier release, which kept too little to make the tables again",
            hint="run `pmreport sync --full` once, then forget",
        )


def survey(store: Store, site_id: int, forgetting: Forgetting) -> Survey:
    """Which documents would not stay as they are. Every document is read."""
    counts: Counter[str] = Counter()
    words: set[str] = set()
    for found in _documents(store, site_id):
        left = list(cleaned(found, forgetting))
        if [(row.id, row.sha256) for row in left] != [(found.id, fingerprint(canonical_json(found.payload)))]:
            counts[found.kind] += 1
            words.update(forgetting.words_beside(found.payload))
    return Survey(counts, frozenset(words))


def forget(
    store: Store, site_id: int, wish: Wish, *, progress: Callable[[Progress], None] = unheard
) -> SyncSummary:
    """Make every document and every table of the site again without what is to be forgotten.

    All of it takes the place of what was there at once, in a file of its own where the store is one: nothing
    is left in its free blocks. What is to be forgotten is kept as marks, which later syncs heed. Only inside
    `only_writer`. Raises as `rebuild` does; nothing changes then.
    """

    def refill(new: Store) -> None:
        forgetting = Forgetting(wish.forgotten)
        documents = _documents(store, site_id)
        _copy(new, site_id, (row for found in documents for row in cleaned(found, forgetting)))
        forgotten.keep(new, site_id, wish.forgotten.marks, wish.now_ms)
        runs = stored.table(store, site_id, SyncRunRow)
        new.apply(site_id, Batch(upserts=[_run(row, forgetting) for row in runs]))

    anew = Refill((RawDocumentRow, SyncRunRow), refill)
    return rebuild(store, site_id, wish.request, progress=progress, refill=anew)


def cleaned(found: RawDocument, forgetting: Forgetting) -> Iterator[RawDocumentRow]:
    """A document as it stays; none where it tells of nothing but what is to be forgotten."""
    content, identity = found.payload, found.id
    if found.kind in _OF_AN_ISSUE and forgetting.is_issue(identity):
        return
    if found.kind == kept.USER and (stead := forgetting.person(identity)):
        identity, content = (
            stead,
            {**content, "account_id": stead, "display_name": NOBODY, "active": False, "login": None},
        )
    elif found.kind == kept.WORKLOG and content and forgetting.is_issue(str(content.get("issue_id"))):
        return
    elif found.kind == ISSUE_NOTE and forgetting.is_issue(str(content.get("epic_id"))):
        content = {**content, "epic_id": None}
    yield document(found.kind, identity, forgetting.clean(content), found.fetched_ms, part_no=found.part_no)


def _documents(store: Store, site_id: int) -> Iterator[RawDocument]:
    """Every document but the marks, in one look at the store: opening it for each page takes longer."""
    with store.reading() as reader:
        for kind in stored.kinds(reader, site_id):
            last: RawDocument | None = None
            while kind != forgotten.KIND and (page := reader.rows(page_query(site_id, kind, last))):
                for row in page:
                    last = unpacked(row)
                    yield last


def _run(row: SyncRunRow, forgetting: Forgetting) -> SyncRunRow:
    """The record of a run, without the problems of an issue that is to be forgotten."""
    if row.detail is None:
        return row
    told: dict[str, Any] = json.loads(row.detail)
    problems = [
        each for each in told.get("problems", ()) if not any(map(forgetting.is_issue, map(str, each)))
    ]
    return row._replace(detail=json.dumps(forgetting.clean({**told, "problems": problems})))


def _copy(new: Store, site_id: int, rows: Iterator[AnyRow]) -> None:
    while some := list(islice(rows, _DOCUMENTS)):
        fresh = Replacement(row_type=RawDocumentRow, key="id", keys=(), rows=some, fresh=True)
        new.apply(site_id, Batch(replacements=[fresh]))
