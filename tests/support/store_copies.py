"""The content of a store in other databases, to be asked the same questions."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from pmreport.model.query import Query, Row
from pmreport.store import migrate
from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.engine import Store
from pmreport.store.postgres.session import PostgresSession
from pmreport.store.session import Reader, Record
from pmreport.store.tables import TABLES

_TABLES = ("site", *(table.name for table in TABLES.values()))


class SqliteSession:
    """A session of the store on SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._columns: tuple[str, ...] = ()

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """All records that the text answers."""
        cursor = self._connection.execute(sql, dict(parameters or {}))
        self._columns = tuple(column[0] for column in cursor.description or ())
        return cursor.fetchall()

    def pieces(
        self, sql: str, parameters: Mapping[str, Any] | None = None, *, size: int
    ) -> Iterator[list[Record]]:
        """The records that the text answers, `size` at a time."""
        records = self.execute(sql, parameters)
        for begin in range(0, len(records), size):
            yield records[begin : begin + size]

    def columns(self) -> tuple[str, ...]:
        """The column names of the text executed last."""
        return self._columns


@contextmanager
def postgres_copy(file: Path, address: str) -> Iterator[Reader]:
    """An empty database, brought to the tables of this release by the store's own steps, and filled."""
    with psycopg.connect(address) as connection:
        session = PostgresSession(connection)
        migrate.migrate(session)
        for table, columns, records in _content(file):
            text = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
            with connection.cursor() as cursor, cursor.copy(text.encode()) as copying:
                for record in records:
                    copying.write_row(record)
        connection.execute("ANALYZE")
        connection.commit()
        connection.autocommit = True
        # The planner takes each WITH for one row and nests loops over thousands: 3 s for what needs 0.1 s.
        connection.execute("SET enable_nestloop = off")
        yield Reader(session)


@contextmanager
def sqlite_copy(file: Path) -> Iterator[Reader]:
    """A database in memory with the tables, but not the views, which SQLite cannot read."""
    connection = sqlite3.connect(":memory:")
    connection.create_function("TRANSLATE", 3, _translate, deterministic=True)  # every other engine has it
    try:
        for step in migrate.known():
            if step.name.startswith("tables"):
                connection.executescript(step.sql)
        for table, columns, records in _content(file):
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", records)  # noqa: S608 - own names only
        connection.execute("ANALYZE")
        yield Reader(SqliteSession(connection))
    finally:
        connection.close()


def _translate(text: str | None, letters: str, others: str) -> str | None:
    return None if text is None else text.translate(str.maketrans(letters, others))


def _content(file: Path) -> Iterator[tuple[str, tuple[str, ...], list[Record]]]:
    with DuckDbFile(file, wait_seconds=10).reading() as session:
        for table in _TABLES:
            records = session.execute(f"SELECT * FROM {table}")  # noqa: S608 - own names only
            yield table, session.columns(), records


class HeardStore(Store):
    """A store that keeps every question it is asked, and the answer."""

    def __init__(self, file: DuckDbFile) -> None:
        super().__init__(DuckDbDatabase(file))
        self.heard: list[tuple[Query[Any], list[Any]]] = []

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One look at the store, listened to."""
        with super().reading() as reader:
            yield _HeardReader(reader, self.heard)


class _HeardReader(Reader):
    def __init__(self, reader: Reader, heard: list[tuple[Query[Any], list[Any]]]) -> None:
        super().__init__(reader._session)
        self._heard = heard

    def rows(self, query: Query[Row]) -> list[Row]:
        answer = super().rows(query)
        self._heard.append((query, answer))
        return answer
