"""The tables of the store are the rows of the model, and the views are the tables for people."""

import re
from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args, get_type_hints

import duckdb
import pytest

from pmreport.model import rows
from pmreport.store import migrate
from pmreport.store.tables import TABLES, WITHOUT_INDEX, Table

ROW_CLASSES = tuple(TABLES)
SQL_TYPES = {
    int: {"BIGINT", "INTEGER"},
    str: {"VARCHAR"},
    bool: {"BOOLEAN"},
    float: {"DOUBLE"},
    bytes: {"BLOB"},
}


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with every migration applied."""
    with duckdb.connect() as connection:
        for step in migrate.known():
            connection.execute(step.sql)
        yield connection


def columns_of(database: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str, bool]]:
    """Name, type and whether NULL is allowed, in their order."""
    found = database.execute(
        "SELECT column_name, data_type, is_nullable = 'YES' AS nullable FROM information_schema.columns"
        " WHERE table_name = ? ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return [(name, kind, nullable) for name, kind, nullable in found]


@pytest.mark.parametrize("row_class", [*ROW_CLASSES, rows.SiteRow], ids=lambda found: found.__name__)
def test_a_row_is_its_table(database: duckdb.DuckDBPyConnection, row_class: Any) -> None:
    """Columns, types and what may be missing are the same, the leading site aside."""
    name = "site" if row_class is rows.SiteRow else TABLES[row_class].name
    columns = [column for column in columns_of(database, name) if column[0] != "site_id"]
    hints = get_type_hints(row_class)

    assert [column for column, _, _ in columns] == list(row_class._fields)
    for column, kind, nullable in columns:
        members = set(get_args(hints[column])) or {hints[column]}
        assert nullable == (NoneType in members), column
        (plain,) = members - {NoneType}
        assert kind in SQL_TYPES[plain], column


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_key_is_said_once_more_where_rows_are_written(
    database: duckdb.DuckDBPyConnection, table: Table
) -> None:
    """A primary key, or a comment at a table that is too large for an index."""
    found = database.execute(
        "SELECT constraint_column_names FROM duckdb_constraints()"
        " WHERE table_name = ? AND constraint_type = 'PRIMARY KEY'",
        [table.name],
    ).fetchall()
    comments = re.findall(
        rf"CREATE TABLE {table.name} \(.*?\n\);  -- key: ([^\n]*)", migrate.known()[0].sql, re.DOTALL
    )

    assert bool(found) is (table not in [TABLES[row_type] for row_type in WITHOUT_INDEX])
    [said] = [columns for (columns,) in found] or [comments[0].split(", ")]
    assert tuple(said) == table.whole_key


def test_every_table_has_a_row_class(database: duckdb.DuckDBPyConnection) -> None:
    """No table is forgotten when a batch is written."""
    found = database.execute("SELECT table_name FROM duckdb_tables()").fetchall()

    assert {name for (name,) in found} == {"site", *(table.name for table in TABLES.values())}


def test_every_table_with_instants_has_a_view_with_timestamps(database: duckdb.DuckDBPyConnection) -> None:
    """`created_ms` is `created_at` there; every other column is shown as it is, but for raw bytes."""
    for table in TABLES.values():
        columns = columns_of(database, table.name)
        if not any(name.endswith("_ms") for name, _, _ in columns):
            continue
        expected = [
            (f"{name.removesuffix('_ms')}_at", "TIMESTAMP") if name.endswith("_ms") else (name, kind)
            for name, kind, _ in columns
            if kind != "BLOB"
        ]
        assert [(name, kind) for name, kind, _ in columns_of(database, f"{table.name}_v")] == expected


def test_a_view_shows_instants_to_the_millisecond(database: duckdb.DuckDBPyConnection) -> None:
    """The open end is the last day of the year 9999."""
    database.execute("INSERT INTO issue_status VALUES (1, 1, '1', 1763766000123, 253402214400000)")

    shown = database.execute(
        "SELECT CAST(valid_from_at AS VARCHAR) AS a, CAST(valid_to_at AS VARCHAR) AS b FROM issue_status_v"
    )

    assert shown.fetchall() == [("2025-11-21 23:00:00.123", "9999-12-31 00:00:00")]


def test_migrations_are_numbered_without_a_gap() -> None:
    """Two steps with one number would be applied in an order nobody chose."""
    assert [step.version for step in migrate.known()] == list(range(1, migrate.newest() + 1))
