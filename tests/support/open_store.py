"""A store whose file stays open as long as somebody has the store, for tests of what a sync writes.

To open DuckDB takes fifteen milliseconds, and a small sync does it fifty times, a batch and a question at a
time: half of what it costs. Tests of opening, locking and waiting use the store as it is shipped.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import duckdb

from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile, DuckDbSession
from pmreport.store.engine import Store


@dataclass(frozen=True)
class OpenFile(DuckDbFile):
    """One DuckDB file with real transactions. It is closed, and is one file, when nobody has it any more."""

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(
            self.path, config={"threads": "1", "storage_compatibility_version": "v1.5.0"}
        )
        connection.execute("PRAGMA disable_optimizer")  # it takes longer than small statements gain
        return connection

    @contextmanager
    def reading(self, limits: Mapping[str, str] = MappingProxyType({})) -> Iterator[DuckDbSession]:
        """A connection of one's own to the open file."""
        assert not limits
        with self._connection.cursor() as cursor:
            yield DuckDbSession(cursor, self.path)

    @contextmanager
    def writing(self) -> Iterator[DuckDbSession]:
        """One transaction: committed at the end, rolled back when anything is raised."""
        with self.reading() as session:
            session.execute("BEGIN TRANSACTION")
            yield session
            session.execute("COMMIT")


def open_store(path: Path) -> Store:
    """The store in this file; an empty one where there is none."""
    if not path.exists():
        path.write_bytes(_empty())
    return Store(DuckDbDatabase(OpenFile(path, 1.0)))


def copy_of(store: Store, path: Path) -> None:
    """Copy the file of an open store, with what was written last: that lies in a log beside it."""
    with store.reading() as reader:
        reader._session.execute("CHECKPOINT")
    shutil.copy(store._database.place, path)


@cache
def _empty() -> bytes:
    """The file of an empty store, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "empty.duckdb")
        Store.open(f"duckdb:{path}")
        return path.read_bytes()
