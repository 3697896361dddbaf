"""SQL that a person types can read the store, and nothing else."""

from pathlib import Path

import duckdb
import pytest

from pmreport.errors import BadDataError, TryLaterError, UsageError
from pmreport.store.batch import Batch
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.sandbox import Table, asking, read_only
from tests.support.stores import comments, new_store, statuses, url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a store with three comments and a short history lies: nothing here can change it."""
    folder = tmp_path_factory.mktemp("sandbox")
    store, site_id = new_store(folder)
    store.apply(site_id, Batch(upserts=[*comments(1, 3), *statuses(1, 0)]))
    return folder


@pytest.fixture
def address(folder: Path) -> str:
    """The address of that store."""
    return url(folder / "store.duckdb")


def test_a_select_is_answered(address: str) -> None:
    """Column names and records, the views among them."""
    table = read_only(address, "SELECT status_id, valid_from_at FROM issue_status_v;", limit=None)

    assert table.columns == ("status_id", "valid_from_at")
    assert [(status, str(instant)) for status, instant in table.records] == [("0", "1970-01-01 00:00:00")]


def test_a_limit_says_when_there_is_more(address: str) -> None:
    """And says nothing where everything was shown."""
    sql = "SELECT comment_id FROM comment_item ORDER BY 1"

    assert read_only(address, sql, limit=2) == Table(columns=("comment_id",), records=[(1,), (2,)], more=True)
    assert not read_only(address, sql, limit=3).more


@pytest.mark.parametrize(
    "sql",
    [
        "SHOW TABLES",
        "DESCRIBE issue",
        "EXPLAIN SELECT 1",
        "WITH a AS (SELECT 1 AS b) SELECT b FROM a",
        "FROM site",
    ],
)
def test_whatever_reads_is_allowed(address: str, sql: str) -> None:
    """How a newcomer looks around, and what DuckDB's users are used to."""
    assert read_only(address, sql, limit=5).records


@pytest.mark.parametrize(
    "sql",
    [
        "COPY site TO '{folder}/out.csv'",
        "EXPLAIN ANALYZE COPY site TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/out.duckdb'",
        "INSERT INTO site SELECT * FROM site",
        "WITH gone AS (DELETE FROM comment_item RETURNING *) SELECT * FROM gone",
        "EXPLAIN ANALYZE DELETE FROM comment_item",
        "DROP TABLE site",
        "CREATE TABLE mine (a INTEGER)",
        "SET threads = 1",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA version",
        "CALL pragma_version()",
        "INSTALL httpfs",
        "LOAD httpfs",
        "BEGIN",
        "CHECKPOINT",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE site",
        "",
        "-- nothing",
    ],
)
def test_whatever_does_more_than_read_is_refused(address: str, folder: Path, sql: str) -> None:
    """No file is written, no setting changed, nothing loaded, no row touched."""
    with pytest.raises(UsageError):
        read_only(address, sql.format(folder=folder), limit=None)

    assert [file.name for file in folder.iterdir()] == ["store.duckdb"]
    assert read_only(address, "SELECT count(*) AS n FROM comment_item", limit=None).records == [(3,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_json('{file}')",
        "SELECT * FROM sniff_csv('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('{file}')",
        "SELECT * FROM read_text('https://example.example/')",
        "SELECT getenv('HOME') AS home",
        "SELECT * FROM query('COPY site TO ''{file}.copy''')",
        "SELECT * FROM duckdb_secrets()",
    ],
)
def test_nothing_outside_the_store_is_read(address: str, tmp_path: Path, sql: str) -> None:
    """Not another file, not the network, not the environment; what stands there is in no message."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\ntop,secret-word\n")

    with pytest.raises(UsageError) as caught:
        read_only(address, sql.format(file=secret), limit=None)

    assert "secret-word" not in str(caught.value)


def test_a_name_means_a_table_and_never_a_variable_of_the_program(address: str) -> None:
    """DuckDB would look for one in the callers, and find it."""
    mine = duckdb.sql("SELECT 'inside' AS found")  # noqa: F841 - DuckDB would see it by its name

    with pytest.raises(UsageError, match="mine does not exist"):
        read_only(address, "SELECT * FROM mine", limit=None)


def test_a_mistake_is_shown_where_it_stands(address: str) -> None:
    """The engine's words with its caret are kept."""
    with pytest.raises(UsageError) as caught:
        read_only(address, "SELECT name FRM site", limit=None)

    assert "LINE 1: SELECT name FRM site\n" in caught.value.what
    assert "^^^^" in caught.value.what


def test_a_wrong_table_name_leads_to_the_right_ones(address: str) -> None:
    """The hint says how to list them."""
    with pytest.raises(UsageError) as caught:
        read_only(address, "SELECT * FROM isue", limit=None)

    assert caught.value.hint == "`SHOW TABLES` names the tables and views"


def test_a_question_that_takes_too_long_is_stopped(address: str) -> None:
    """Nobody else could write meanwhile."""
    endless = "SELECT count(*) AS n FROM range(1000000000) a, range(1000000000) b"

    with pytest.raises(UsageError, match=r"stopped after 0.1 s"):
        read_only(address, endless, limit=None, timeout_seconds=0.1)


def test_a_store_in_use_is_tried_later(address: str, folder: Path) -> None:
    """A question waits as everything else does."""
    with DuckDbFile(folder / "store.duckdb", 1).writing(), pytest.raises(TryLaterError):
        read_only(address, "SELECT 1 AS one", limit=None, wait_seconds=0.05)


def test_without_a_store_there_is_nothing_to_ask(tmp_path: Path) -> None:
    """None is made by asking."""
    with pytest.raises(BadDataError) as caught:
        read_only(url(tmp_path / "store.duckdb"), "SELECT 1 AS one", limit=None)

    assert caught.value.hint == "run `pmreport sync` first"
    assert list(tmp_path.iterdir()) == []


def test_a_long_answer_comes_in_pieces(address: str) -> None:
    """A hundred million rows are begun at once and never held as a whole."""
    with asking(address, "SELECT * FROM range(100000000)") as answer:
        pieces = answer.pieces()
        first, second = next(pieces), next(pieces)

    assert answer.columns == ("range",)
    assert second[0] == (len(first),)
    assert len(first) <= 1000


def test_an_answer_that_is_fetched_too_long_is_stopped(address: str) -> None:
    """Also where the engine itself is quick and the rows are many."""
    with pytest.raises(UsageError, match=r"stopped after 0.2 s"):
        read_only(address, "SELECT * FROM range(100000000)", limit=None, timeout_seconds=0.2)


def test_a_question_takes_no_more_than_a_gigabyte(address: str, folder: Path) -> None:
    """It fills neither the memory nor the disk."""
    with pytest.raises(UsageError, match="takes more than 1 GB of memory"):
        read_only(address, "SELECT len(list(range)) AS n FROM range(300000000)", limit=1)

    assert [file.name for file in folder.iterdir()] == ["store.duckdb"]
