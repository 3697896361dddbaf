"""The engines that answer a query in tests: DuckDB with the real tables, and SQLite with the same texts."""

import atexit
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import duckdb

from pmreport.model.query import Query

Row = TypeVar("Row", bound=tuple[Any, ...])
SITE = 1


class Engine:
    """Something that holds rows and answers queries; the connections differ only in how they run a text."""

    _filled: tuple[str, ...] = ()

    def run(self, sql: str, values: Any = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and records of one statement."""
        raise NotImplementedError

    def hold(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Forget what was held, and hold these."""
        for table in self._filled:
            self.run(f"DELETE FROM {table}")  # noqa: S608  # the names are our own row classes
        held_by_table = _by_table(rows)
        self._filled = tuple(held_by_table)
        for table, held in held_by_table.items():
            marks = ", ".join("(" + ", ".join("?" * len(row)) + ")" for row in held)
            values = [value for row in held for value in row]
            self.run(f"INSERT INTO {table} VALUES {marks}", values)  # noqa: S608  # as above

    def answer(self, query: Query[Row]) -> list[Row]:
        """The rows of the answer, as the query's own row class."""
        columns, records = self.run(query.sql, dict(query.parameters))
        fields = list(getattr(query.row, "_fields", ()))
        if columns != fields:
            raise AssertionError(f"the text gives {columns}, the row class expects {fields}")
        return [query.row(*record) for record in records]


class DuckEngine(Engine):
    """DuckDB in memory, with the real migrations."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(_tables())

    def run(self, sql: str, values: Any = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and records of one statement."""
        cursor = self._connection.execute(sql, values)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()


class SqliteEngine(Engine):
    """SQLite in memory, with the same tables and the same texts."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.executescript(_tables())

    def run(self, sql: str, values: Any = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and records of one statement."""
        cursor = self._connection.execute(sql, values)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


@cache
def duck() -> DuckEngine:
    """The one DuckDB that the tests of a process share; each holds its own rows before it asks."""
    return DuckEngine()


@cache
def sqlite() -> SqliteEngine:
    """The one SQLite that the tests of a process share."""
    return SqliteEngine()


@atexit.register
def _let_go() -> None:
    duck.cache_clear()
    sqlite().close()


def _tables() -> str:
    migrations = files("pmreport.store").joinpath("migrations")
    texts = sorted((each.name, each.read_text(encoding="utf-8")) for each in migrations.iterdir())
    return "\n".join(text for name, text in texts if name.endswith(".sql") and "tables" in name)


def _by_table(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows by the table their class is named after, the site in front where the table has one."""
    held: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        table = re.sub(r"(?<!^)(?=[A-Z])", "_", type(row).__name__.removesuffix("Row")).lower()
        held[table].append(row if table == "calendar" else (SITE, *row))
    return held
