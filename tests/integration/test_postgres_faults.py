"""What can be wrong with a server is told with what to do, and with the status of its kind."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from pmreport.app.setup import store as setup
from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    StorageFullError,
    TryLaterError,
    UnreachableError,
)
from pmreport.model.rows import CalendarRow
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from pmreport.store.holder import Holder
from pmreport.store.postgres.faults import known_fault, no_connection
from pmreport.store.postgres.lock import holder_of, name_of
from pmreport.store.sandbox import read_only
from tests.support.postgres import GUARDED, administer
from tests.support.stores import SITE, comments, count

PASSWORD = "correct horse 5%"  # noqa: S105 - of a server that lives as long as the test


@pytest.fixture
def guarded(postgres: str, database: str) -> Iterator[str]:
    """The url of a database with a store, for a user who may read it and whose password the server wants."""
    Store.open(database).register_site(SITE)
    administer(postgres, f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
    administer(
        database,
        f"GRANT USAGE ON SCHEMA pmreport TO {GUARDED}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA pmreport TO {GUARDED}",
    )
    yield database.replace("postgres@/", f"{GUARDED}@/")
    administer(database, f"DROP OWNED BY {GUARDED}")
    administer(postgres, f"DROP ROLE {GUARDED}")


def test_the_right_password_opens_the_store(guarded: str) -> None:
    """Asked once, and only where there is a server to ask for it."""
    asked: list[int] = []

    def password() -> str:
        asked.append(1)
        return PASSWORD

    store = Store.open(guarded, create=False, password=password)

    assert count(store, "site") == 1
    assert read_only(guarded, "SELECT 1 AS one", limit=1, password=password).records == [(1,)]
    assert len(asked) == 2


@pytest.mark.parametrize("password", ["wrong", None])
def test_a_wrong_password_is_said_and_never_shown(guarded: str, password: str | None) -> None:
    """Status 77, and where the password may lie; neither it nor the parameters stand in the error."""
    with pytest.raises(NotAuthorisedError, match="does not let you in") as caught:
        Store.open(guarded, password=lambda: password)

    assert "PMREPORT_STORE_PASSWORD_FILE" in str(caught.value.hint)
    assert "wrong" not in f"{caught.value.where}{caught.value.hint}{caught.value.__cause__}"
    assert caught.value.__suppress_context__


def test_who_may_only_read_reads(guarded: str) -> None:
    """And is told what is missing where something is to be written."""
    store = Store.open(guarded, create=False, password=lambda: PASSWORD)

    with pytest.raises(ConfigurationError, match="does not allow it: permission denied") as caught:
        store.apply(1, Batch(upserts=comments(1, 1)))

    assert "its owner grants the rights" in str(caught.value.hint)


def test_a_reader_with_the_rights_of_the_manual_needs_no_more(guarded: str, database: str) -> None:
    """The days of a calendar are written by whoever needs them first, changed and unchanged ones."""
    administer(database, f"GRANT INSERT, DELETE ON pmreport.calendar TO {GUARDED}")
    store = Store.open(guarded, create=False, password=lambda: PASSWORD)
    days = [
        CalendarRow("c", "2026-11-02", 0, ends, "2026-11-02", "2026-W45", is_workday=True, workday_index=0)
        for ends in (1, 2)
    ]

    for day in days:
        store.apply(1, Batch(upserts=[day]))

    assert count(store, "calendar") == 1


def test_a_store_named_at_the_beginning_is_tried(database: str) -> None:
    """One that is not made yet is as good as one that is; a wrong address is told before any question."""
    setup.check(database, {})
    with pytest.raises(ConfigurationError, match="no such database"):
        setup.check(database.replace("store_", "lost_"), {"PMREPORT_STORE_PASSWORD": "x"})

    assert administer(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'pmreport'") == [(0,)]


@pytest.mark.parametrize(
    ("change", "kind", "what"),
    [
        (("store_", "lost_"), ConfigurationError, "there is no such database on the server"),
        (("postgres@", "stranger@"), NotAuthorisedError, "the database knows no such user"),
        (("port=5432", "port=5433"), UnreachableError, "the database does not answer: No such file"),
    ],
    ids=["database", "user", "server"],
)
def test_an_address_that_leads_nowhere(
    database: str, change: tuple[str, str], kind: type[PmreportError], what: str
) -> None:
    """What of it is wrong, and where it led."""
    with pytest.raises(kind) as caught:
        Store.open(database.replace(*change))

    assert caught.value.what.startswith(what)
    assert str(caught.value.where).startswith("database ")


@pytest.mark.parametrize(
    ("statement", "kind", "what"),
    [
        ("INSERT INTO schema_version VALUES (99, 'later')", BadDataError, "made by a newer pmreport"),
        ("DROP TABLE schema_version", BadDataError, "damaged, or no store at all"),
        ("ALTER TABLE site RENAME TO elsewhere", BadDataError, "a table or a column of it is missing"),
    ],
)
def test_tables_that_are_not_ours(
    database: str, statement: str, kind: type[PmreportError], what: str
) -> None:
    """Somebody has worked on them, or a release that knows more."""
    Store.open(database)
    administer(database, "SET search_path = pmreport", f"SET search_path = pmreport; {statement}")

    with pytest.raises(kind, match=what):
        Store.open(database).site(SITE.base_url)


def test_where_nothing_was_read_no_store_is_made(database: str) -> None:
    """Only a sync makes one."""
    with pytest.raises(BadDataError, match="nothing has been read yet") as caught:
        Store.open(database, create=False)
    with pytest.raises(BadDataError, match="there is no store yet"):
        read_only(database, "SELECT 1", limit=1)

    assert caught.value.hint == "run: pmreport sync"
    assert administer(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'pmreport'") == [(0,)]


def test_other_tables_of_the_database_are_in_nobodys_way(database: str) -> None:
    """The store has a schema of its own."""
    administer(database, "CREATE TABLE issue (mine INTEGER)", "CREATE TABLE schema_version (mine INTEGER)")

    store = Store.open(database)

    assert count(store, "issue") == 0
    assert store.site(SITE.base_url) is None


def test_a_database_that_sorts_by_a_language_is_refused(postgres: str, database: str) -> None:
    """Its answers would come in another order; the hint is the statement that makes a right one."""
    administer(
        postgres,
        "CREATE DATABASE sorted TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER libc",
    )
    name = database.rpartition("@/")[2].partition("?")[0]
    try:
        with pytest.raises(ConfigurationError, match="sorts texts by the rules of a language") as caught:
            Store.open(database.replace(name, "sorted"))
    finally:
        administer(postgres, "DROP DATABASE sorted WITH (FORCE)")

    assert "CREATE DATABASE" in str(caught.value.hint)


def test_a_copy_of_the_server_that_only_answers_is_told(database: str) -> None:
    """It cannot be written to; reading goes on."""
    store = Store.open(database)
    store.register_site(SITE)
    name = database.rpartition("@/")[2].partition("?")[0]
    administer(database, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    copy = Store.open(database)

    with pytest.raises(ConfigurationError, match="this server only answers questions"):
        copy.apply(1, Batch(upserts=comments(1, 1)))

    assert count(copy, "site") == 1


def test_a_server_that_goes_away_within_a_transaction_is_told(postgres: str, database: str) -> None:
    """Nothing of the batch is there afterwards, and the next one works."""
    store = Store.open(database)
    store.register_site(SITE)
    end_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'store_%'"

    def interrupted() -> None:
        with store._database.writing() as session:
            session.execute("DELETE FROM site")
            administer(postgres, end_all)
            session.execute("DELETE FROM site")

    with pytest.raises(UnreachableError, match="the database does not answer"):
        interrupted()

    assert count(store, "site") == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.DiskFull(), StorageFullError),
        (errors.QueryCanceled(), TryLaterError),
        (errors.DeadlockDetected(), TryLaterError),
        (errors.UniqueViolation(), TryLaterError),
        (errors.InsufficientPrivilege(), ConfigurationError),
        (errors.DataCorrupted(), BadDataError),
        (errors.AdminShutdown("terminating connection"), UnreachableError),
        (psycopg.InterfaceError("the connection is closed"), UnreachableError),
    ],
    ids=lambda each: getattr(each, "__name__", type(each).__name__),
)
def test_each_word_of_the_server_becomes_one_of_ours(error: psycopg.Error, kind: type[PmreportError]) -> None:
    """Each names the place and a way on."""
    fault = known_fault(error, "database jira on db.example")

    assert isinstance(fault, kind)
    assert fault.where == "database jira on db.example"
    assert fault.hint


def test_a_mistake_in_our_own_sql_is_no_fault_of_anybody_else() -> None:
    """It crashes, as a mistake should."""
    assert known_fault(errors.SyntaxError("at or near"), "here") is None


@pytest.mark.parametrize(
    "text",
    [
        'connection to server at "db" failed: FATAL:  the database system is starting up',
        "FATAL:  sorry, too many clients already",
    ],
)
def test_a_server_without_room_is_tried_later(text: str) -> None:
    """It will have some in a moment."""
    fault = no_connection(psycopg.OperationalError(text), "here")

    assert isinstance(fault, TryLaterError)
    assert "FATAL" not in fault.what


@pytest.mark.parametrize(
    "url",
    ["postgresql://pm@db.example/jira?password=hunter2", "postgresql://pm:hunter2@db.example/jira"],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    """Also where the configuration was not asked first."""
    with pytest.raises(ConfigurationError, match="does not belong into its address") as caught:
        Store.open(url)

    assert "hunter2" not in f"{caught.value.what}{caught.value.where}{caught.value.hint}"


def test_an_address_that_is_none_is_told() -> None:
    """Without repeating it."""
    with pytest.raises(ConfigurationError, match="cannot be understood") as caught:
        Store.open("postgresql://pm@db.example/jira?colour=red-hunter2")

    assert "hunter2" not in f"{caught.value.what}{caught.value.hint}"


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra of pmreport; with a broken one, the library with its own libpq."""
    url = "postgresql://pm@db.example/jira"
    monkeypatch.setitem(sys.modules, "pmreport.store.postgres.database", None)
    with pytest.raises(ConfigurationError, match="psycopg does not work") as broken:
        Store.open(url)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigurationError, match="psycopg, which is not installed") as missing:
        Store.open(url)

    assert "psycopg[binary]" in str(broken.value.hint)
    assert "pmreport[postgres]" in str(missing.value.hint)


def test_a_store_in_a_file_needs_no_psycopg() -> None:
    """The library is loaded when an address names a server, and not before."""
    script = "import sys, pmreport.store.engine; sys.exit('psycopg' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[2]).returncode
        == 0
    )


@pytest.mark.parametrize("host", ["pm-laptop", "x" * 80, "caf\N{LATIN SMALL LETTER E WITH ACUTE}"])
def test_the_name_of_a_connection_tells_who_holds_the_lock(host: str) -> None:
    """Within the 63 bytes that a server keeps; a long host is cut."""
    who = Holder(pid=4_194_304, host=host, started=datetime(2026, 11, 2, 10, 31, tzinfo=UTC))
    name = name_of(who)
    told = holder_of(name)

    assert len(name.encode()) <= 63
    assert told is not None
    assert (told.pid, told.started) == (who.pid, who.started)
    assert told.host[:3] == host[:3]


@pytest.mark.parametrize(
    "name", ["", "psql", "pmreport", "pmreport x 2026-11-02T10:31Z host", "pmreport 1 now h"]
)
def test_other_names_tell_nothing(name: str) -> None:
    """Whoever else holds such a lock is told of without a name."""
    assert holder_of(name) is None
