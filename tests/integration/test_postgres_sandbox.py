"""SQL that a person types can read a store on PostgreSQL, and write nothing."""

from collections.abc import Iterator

import pytest

from pmreport.errors import UsageError
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from pmreport.store.sandbox import Table, asking, read_only
from tests.support.postgres import fresh_database
from tests.support.stores import SITE, comments, statuses


@pytest.fixture(scope="module")
def address(postgres: str) -> Iterator[str]:
    """A store with three comments and a short history: nothing here can change it."""
    with fresh_database(postgres) as url:
        store = Store.open(url)
        store.apply(store.register_site(SITE), Batch(upserts=[*comments(1, 3), *statuses(1, 0)]))
        yield url


def test_a_select_is_answered(address: str) -> None:
    """Column names and records, the views among them; a semicolon at the end is no second statement."""
    table = read_only(address, "SELECT status_id, valid_from_at FROM issue_status_v;", limit=None)

    assert table.columns == ("status_id", "valid_from_at")
    assert [(status, str(instant)) for status, instant in table.records] == [("0", "1970-01-01 00:00:00")]


def test_a_limit_says_when_there_is_more(address: str) -> None:
    """As for a file."""
    sql = "SELECT comment_id FROM comment_item ORDER BY 1 -- by 100 %"

    assert read_only(address, sql, limit=2) == Table(columns=("comment_id",), records=[(1,), (2,)], more=True)
    assert not read_only(address, sql, limit=3).more


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO site SELECT * FROM site",
        "WITH gone AS (DELETE FROM comment_item RETURNING *) SELECT * FROM gone",
        "DROP TABLE site",
        "SELECT 1; SELECT 2",
        "SELECT 1; COMMIT; DROP TABLE comment_item",
        "COMMIT",
        "ROLLBACK; DROP TABLE comment_item",
        "SET transaction_read_only = off",
        "SELECT set_config('transaction_read_only', 'off', true)",
        "SELECT * INTO mine FROM site",
        "SELECT 1 FOR UPDATE OF site",
        "COPY site TO '/tmp/out.csv'",
        "COPY site FROM PROGRAM 'true'",
        "SELECT pg_read_file('/etc/hostname')",
        "SELECT pg_ls_dir('/')",
        "SELECT lo_import('/etc/hostname')",
        "SELECT pg_reload_conf()",
        "DO $$ BEGIN DELETE FROM comment_item; END $$",
        "",
        "-- nothing",
    ],
)
def test_whatever_does_more_than_read_is_refused(address: str, sql: str) -> None:
    """One SELECT, in a transaction that can only read, with the rights of a reader even for a superuser."""
    with pytest.raises(UsageError):
        read_only(address, sql, limit=None)

    assert read_only(address, "SELECT count(*) AS n FROM comment_item", limit=None).records == [(3,)]


def test_a_mistake_is_shown_where_it_stands(address: str) -> None:
    """In the person's own text, line by line; a wrong name leads to the right ones."""
    with pytest.raises(UsageError) as caught:
        read_only(address, "SELECT name\n  FRM site", limit=None)
    with pytest.raises(UsageError) as lost:
        read_only(address, "SELECT * FROM isue", limit=None)

    assert caught.value.what.splitlines()[1:] == ["LINE 2:   FRM site", "              ^"]
    assert "information_schema.tables" in str(lost.value.hint)


def test_a_question_that_takes_too_long_is_stopped(address: str) -> None:
    """By the server, and where an answer is fetched too long, by us."""
    with pytest.raises(UsageError, match=r"stopped after 0.1 s"):
        read_only(address, "SELECT pg_sleep(5)", limit=None, timeout_seconds=0.1)
    with pytest.raises(UsageError, match=r"stopped after 0.2 s"):
        read_only(address, "SELECT * FROM generate_series(1, 100000000)", limit=None, timeout_seconds=0.2)


def test_a_long_answer_comes_in_pieces(address: str) -> None:
    """The rest is not even made before it is asked for."""
    with asking(address, "SELECT * FROM generate_series(1, 10000)") as answer:
        pieces = answer.pieces()
        first, second = next(pieces), next(pieces)

    assert answer.columns == ("generate_series",)
    assert second[0] == (len(first) + 1,)
