"""A table as a Parquet file, written by DuckDB from the rows of either kind of store."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pmreport.errors import PmreportError, StorageFullError
from pmreport.model.outgoing import Pieces, readable
from pmreport.store import columns
from pmreport.store.faults import says_full
from pmreport.store.tables import Table

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "512MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


def write(path: Path, table: Table, pieces: Pieces) -> int:
    """Write the file; how many rows it has. What memory does not hold waits beside the file.

    Instants are BIGINT milliseconds, as in the store, and beside each a TIMESTAMP in UTC.
    """
    shape = ", ".join(f"{name} {kind}" for name, kind in zip(table.columns, table.types, strict=True))
    chosen = columns.selection(table)
    count = 0
    with _scratch(path) as connection:
        connection.execute(f"CREATE TABLE told ({shape})")
        for piece in pieces:
            connection.register("piece", columns.arrays(table, [tuple(record) for record in piece]))
            connection.execute(f"INSERT INTO told SELECT {chosen} FROM piece")  # noqa: S608 - own names only
            connection.unregister("piece")
            count += len(piece)
        connection.execute(
            f"COPY (SELECT {_told(table)} FROM told) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 - own names
        )
    return count


def _told(table: Table) -> str:
    told = []
    for column in table.columns:
        told.append(column)
        if name := readable(column):
            told.append(f"make_timestamp({column} * 1000) AS {name}")
    return ", ".join(told)


@contextmanager
def _scratch(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory; what that does not hold lies in a folder beside the file, gone at the end."""
    beside = path.with_name(f"{path.name}.tmp")
    config = {**_CONFIG, "temp_directory": str(beside)}
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            yield connection
    except duckdb.IOException as error:
        raise _in_words(error, path) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _in_words(error: duckdb.Error, path: Path) -> PmreportError:
    text = str(error).strip()
    if says_full(text):
        return StorageFullError("the disk is full", where=str(path.parent), hint="make room and run it again")
    return PmreportError(f"cannot write {path.name}: {text.splitlines()[0]}", where=str(path.parent))


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
