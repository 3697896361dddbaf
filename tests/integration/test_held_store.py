"""A store that stays open for several questions: nothing is asked twice, and writers still come in."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from pmreport.errors import TryLaterError
from pmreport.model.query import Query
from pmreport.model.rows import StatusRow
from pmreport.store import held
from pmreport.store.answers import Answers
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from tests.support.stores import SITE, new_store, url


class Name(NamedTuple):
    """A status."""

    name: str


NAMES = Query("SELECT s.name AS name FROM status AS s WHERE s.site_id = $site_id", Name, {"site_id": 1})


def status(number: str) -> Batch:
    """One more status."""
    return Batch(upserts=[StatusRow(number, f"Status {number}", "new")])


def test_what_was_asked_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the block runs: somebody else's row is seen after it. The list that was given is the asker's."""
    store, site_id = new_store(tmp_path)
    other = Store.open(url(tmp_path / "store.duckdb"), wait_seconds=5.0)
    monkeypatch.setattr(held, "_OPEN_SECONDS", 0.0)
    with store.remembering():
        store.rows(NAMES).append(Name("mine"))
        with store.reading():
            pass
        store.apply(site_id, Batch())
        assert store.rows(NAMES) == []
        assert store.site(SITE.base_url) == site_id
    other.apply(site_id, status("1"))

    assert store.rows(NAMES) == [Name("Status 1")]


def test_a_block_inside_another_is_part_of_it(tmp_path: Path) -> None:
    """What the inner one was told is still known when it has ended."""
    store, _ = new_store(tmp_path)
    with store.remembering():
        inside = store._held
        with store.remembering():
            assert store._held is inside
        assert store._held is inside


def test_who_writes_meanwhile_sees_what_they_wrote(tmp_path: Path) -> None:
    """The store is closed for its own writer, and every answer forgotten."""
    store, site_id = new_store(tmp_path)
    with store.remembering():
        assert store.rows(NAMES) == []
        store.apply(site_id, status("1"))

        assert store.rows(NAMES) == [Name("Status 1")]


def test_it_is_not_closed_under_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long that one takes, and whoever looks meanwhile."""
    store, _ = new_store(tmp_path)
    monkeypatch.setattr(held, "_OPEN_SECONDS", 0.0)
    with store.remembering(), store.reading() as first:
        with store.reading() as second:
            assert second.rows(NAMES) == []

        assert first.rows(Query(NAMES.sql, Name, {"site_id": 2})) == []


def test_another_thread_reads_beside_and_what_it_was_told_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection answers one question at a time: each thread has its own. No writer comes in between."""
    store, site_id = new_store(tmp_path)
    monkeypatch.setattr(held, "_OPEN_SECONDS", 0.0)
    other = Query(NAMES.sql, Name, {"site_id": 2})
    inside, done = threading.Event(), threading.Event()

    def looking() -> list[Name]:
        with store.reading() as reader:
            inside.set()
            done.wait(30)
            return reader.rows(other)

    with store.remembering(), ThreadPoolExecutor(1) as threads:
        store.rows(NAMES)
        assert store._held is not None
        session = store._held._session
        looked = threads.submit(looking)
        inside.wait(30)
        store.rows(Query(NAMES.sql, Name, {"site_id": 3}))
        assert store._held._session is session
        with pytest.raises(RuntimeError, match="while two threads read it"):
            store.apply(site_id, status("1"))
        done.set()
        assert looked.result() == []

        assert store.rows(other) is not None
        assert store._held._session is not session
        assert store._held._answers.get(other) == []


def test_a_store_that_cannot_be_opened_again_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And can be asked once more."""
    store, _ = new_store(tmp_path)
    monkeypatch.setattr(held, "_OPEN_SECONDS", 0.0)
    with store.remembering():
        store.rows(NAMES)
        with monkeypatch.context() as broken:
            broken.setattr(store._held, "_opening", _refused)
            with pytest.raises(TryLaterError):
                store.rows(Query(NAMES.sql, Name, {"site_id": 3}))

        assert store.rows(Query(NAMES.sql, Name, {"site_id": 3})) == []


def _refused() -> None:
    raise TryLaterError("in use")


def test_the_oldest_answer_is_forgotten_first() -> None:
    """What was asked for lately stays."""
    answers = Answers(most=2)
    for number in (1, 2):
        answers.keep(Query(NAMES.sql, Name, {"site_id": number}), [Name(str(number))])
    assert answers.get(NAMES) == [Name("1")]
    answers.keep(Query(NAMES.sql, Name, {"site_id": 3}), [])

    assert answers.get(NAMES) == [Name("1")]
    assert answers.get(Query(NAMES.sql, Name, {"site_id": 2})) is None
