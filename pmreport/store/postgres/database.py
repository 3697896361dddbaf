"""The store as a database of PostgreSQL, which a team shares."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from pmreport.errors import PmreportError
from pmreport.store import migrate
from pmreport.store.answer import Answer
from pmreport.store.batch import AnyRow
from pmreport.store.postgres import counts, lock, sandbox, successor
from pmreport.store.postgres.faults import damaged_store, in_words, newer_store, wrong_order
from pmreport.store.postgres.server import SCHEMA, PostgresServer
from pmreport.store.session import Session, WritingSession
from pmreport.store.tables import TABLES

_STEPS = "postgres/steps"
_STEPS_TAKEN = "postgres_version"
# Texts in the order of their letters' numbers, and capitals of every language: as in DuckDB.
_ORDER = """
SELECT 'B' < 'a' AND 'z' < 'é' AND lower('É') = 'é' AS orderly
FROM pg_database WHERE datname = current_database() AND pg_encoding_to_char(encoding) = 'UTF8'
"""


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A database on a server, with its lock and its successor."""

    server: PostgresServer

    @property
    def place(self) -> str:
        """Database, server and user."""
        return self.server.place

    def exists(self) -> bool:
        """Whether our schema is there, with something in it."""
        with self.reading() as session:
            return migrate.version_of(session) != 0

    def create(self, fill: Callable[[WritingSession], None]) -> None:
        """Make the schema with what `fill` writes.

        Raises ConfigurationError where the database sorts texts otherwise than the numbers need it.
        """
        with self.writing() as session:
            if session.execute(_ORDER) != [(True,)]:
                raise wrong_order(self.place)
            session.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            if migrate.version_of(session) == 0:  # nobody else was quicker
                fill(session)
                migrate.migrate(session, _STEPS, _STEPS_TAKEN)

    def reading(self) -> AbstractContextManager[Session]:
        """One transaction that sees one moment."""
        return self.server.reading()

    def writing(self) -> AbstractContextManager[WritingSession]:
        """One transaction; of such, one at a time."""
        return self.server.writing()

    @contextmanager
    def succeeding(self, site_id: int, anew: Collection[type[AnyRow]]) -> Iterator["PostgresDatabase"]:
        """The tables emptied and filled again in one transaction (see `successor.succeeding`)."""
        with successor.succeeding(self.server, site_id, anew) as new:
            yield PostgresDatabase(new)

    def only_writer(
        self, *, now: datetime, wait_seconds: float, waiting: Callable[[str], None]
    ) -> AbstractContextManager[None]:
        """The one block in which the store is written to (see `lock.only_writer`)."""
        return lock.only_writer(self.server, now=now, wait_seconds=wait_seconds, waiting=waiting)

    def asking(self, sql: str, timeout_seconds: float) -> AbstractContextManager[Answer]:
        """The answer to one SELECT (see `sandbox.asking`)."""
        return sandbox.asking(self.server, sql, timeout_seconds)

    def settle(self) -> None:
        """Take the steps that only PostgreSQL needs, and count the rows where nobody ever has."""
        with self.writing() as session:
            migrate.migrate(session, _STEPS, _STEPS_TAKEN)
            if counts.are_unknown(session):
                counts.count(session)

    def purge(self) -> None:
        """Write every table of ours anew, so that removed rows are in no file any more.

        Whoever reads meanwhile waits. The server's own logs and backups are its administrator's.
        """
        with in_words(self.place), self.server.pool.connected() as connection:
            for table in TABLES.values():
                connection.execute(f"VACUUM (FULL, ANALYZE) {SCHEMA}.{table.name}".encode())

    def damaged(self) -> PmreportError:
        """What stands in our schema is not ours."""
        return damaged_store(self.place)

    def newer(self) -> PmreportError:
        """The store was made by a release that knows more."""
        return newer_store(self.place)
