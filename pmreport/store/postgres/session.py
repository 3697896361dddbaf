"""One open connection to PostgreSQL, inside a transaction: the portable texts go in, rows come out."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from pmreport.store import columns
from pmreport.store.batch import AnyRow
from pmreport.store.postgres.faults import in_words
from pmreport.store.postgres.placeholders import psycopg_text
from pmreport.store.session import Record
from pmreport.store.tables import Table

Connection = psycopg.Connection[Record]

_MOST_PARAMETERS = 65_535  # that the protocol takes; more of them are written into the text, by psycopg
_WRITES = ("INSERT", "UPDATE", "DELETE")
_numbers = itertools.count(1)


class PostgresSession:
    """A connection whose faults are said in words for people."""

    def __init__(self, connection: Connection, place: str = "the database") -> None:
        self.connection = connection
        self._place = place
        self._columns: tuple[str, ...] = ()
        self._staged: set[str] = set()

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """All records that the text answers; of one that writes, how many rows it wrote.

        Without parameters it may be several statements.
        """
        with in_words(self._place), self._cursor(parameters) as cursor:
            if parameters:
                cursor.execute(psycopg_text(sql).encode(), parameters)
            else:
                cursor.execute(sql.encode())
            self._columns = _names(cursor)
            if cursor.description:
                return cursor.fetchall()
            return [(cursor.rowcount,)] if (cursor.statusmessage or "").startswith(_WRITES) else []

    def _cursor(self, parameters: Mapping[str, Any] | None) -> "psycopg.Cursor[Record]":
        if len(parameters or ()) > _MOST_PARAMETERS:
            return psycopg.ClientCursor(self.connection)
        return self.connection.cursor()

    def columns(self) -> tuple[str, ...]:
        """The column names of the text executed last."""
        return self._columns

    def pieces(
        self, sql: str, parameters: Mapping[str, Any] | None = None, *, size: int
    ) -> Iterator[list[Record]]:
        """The records that the text answers, `size` at a time; the rest waits on the server."""
        name = f"pieces_{next(_numbers)}"
        with in_words(self._place), self.connection.cursor(name) as cursor:
            cursor.execute(psycopg_text(sql).encode(), parameters)
            while piece := cursor.fetchmany(size):
                yield piece

    @contextmanager
    def staged(self, table: Table, rows: Sequence[AnyRow]) -> Iterator[str]:
        """The rows as a table of this connection alone while the block runs; its name.

        The table stays, empty, for the next batch: making one each time would fill the server's catalogue.
        """
        name = f"staged_{table.name}"
        shape = ", ".join(f"{column} {kind}" for column, kind in zip(table.columns, table.types, strict=True))
        self.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({shape}) ON COMMIT DELETE ROWS")
        if name in self._staged:  # in this transaction
            self.execute(f"TRUNCATE {name}")
        self._staged.add(name)
        if rows:
            self._copy(name, table, rows)
        yield name

    def _copy(self, name: str, table: Table, rows: Sequence[AnyRow]) -> None:
        text = f"COPY {name} ({', '.join(table.columns)}) FROM STDIN (FORMAT BINARY)"
        told = (
            _told(kind, values) for kind, values in zip(table.types, zip(*rows, strict=True), strict=True)
        )
        with in_words(self._place), self.connection.cursor() as cursor, cursor.copy(text.encode()) as copying:
            copying.set_types([_TYPES[kind] for kind in table.types])
            for record in zip(*told, strict=True):
                copying.write_row(record)


_TYPES = {
    "BIGINT": "int8",
    "VARCHAR": "text",
    "BOOLEAN": "bool",
    "DOUBLE PRECISION": "float8",
    "BYTEA": "bytea",
}


def _told(kind: str, values: Sequence[Any]) -> Sequence[Any]:
    """A column as PostgreSQL takes it: in its texts no half of a surrogate pair stands, and no NUL."""
    if kind == "DOUBLE PRECISION":
        return [value if value is None else float(value) for value in values]
    if kind != "VARCHAR":
        return values
    clean = columns.encodable(values)
    if any("\0" in value for value in clean if value):
        return [value and value.replace("\0", "\N{REPLACEMENT CHARACTER}") for value in clean]
    return clean


def _names(cursor: "psycopg.Cursor[Record]") -> tuple[str, ...]:
    return tuple(column.name for column in cursor.description or ())
