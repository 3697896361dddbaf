"""A store whose file stays open for one test, and that can be killed at any statement.

Opening DuckDB anew for every batch, as the program does, costs a tiny sync more time than everything else.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile, DuckDbSession
from pmreport.store.engine import Store
from pmreport.store.session import Record


class Killed(BaseException):
    """The process is gone, in the middle of whatever it did."""


class Plug:
    """The open file and what keeps it going.

    `fuse` is how many statements are still executed before the plug is pulled; None: it stays in. What lies
    on the disk at that moment is what the next session finds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fuse: int | None = None
        self.statements = 0
        self._left_behind: Path | None = None
        self._connection = self._open()

    def _open(self) -> duckdb.DuckDBPyConnection:
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": "1",
            "storage_compatibility_version": "v1.5.0",
        }
        connection = duckdb.connect(self.path, config=config)
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        return connection

    @contextmanager
    def session(self) -> Iterator[DuckDbSession]:
        """A connection of one's own to the open file."""
        cursor = self._connection.cursor()
        try:
            cursor.execute("PRAGMA disable_optimizer")  # it takes longer than these small statements gain
            yield _Session(cursor, self.path, self)
        finally:
            cursor.close()

    def burn(self) -> None:
        """One statement more, or none ever again."""
        self.statements += 1
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self._pull()
                raise Killed(f"at statement {self.statements}")

    def _pull(self) -> None:
        """Keep what lies on the disk at this very moment; whatever comes later comes from a dead process."""
        if self._left_behind is None:
            self._left_behind = self.path.with_name(f"{self.path.stem}x.duckdb")
            shutil.copy(self.path, self._left_behind)
            log = Path(f"{self.path}.wal")
            if log.exists():
                shutil.copy(log, f"{self._left_behind}.wal")

    def revive(self) -> None:
        """Go on with what the killed process left behind."""
        self._pull()
        self.close()
        assert self._left_behind is not None
        self.path, self._left_behind, self.fuse = self._left_behind, None, None
        self._connection = self._open()

    def close(self) -> None:
        """Close the file and remove it."""
        self._connection.close()
        self.path.unlink()
        Path(f"{self.path}.wal").unlink(missing_ok=True)


class _Session(DuckDbSession):
    """A session that counts its statements."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, plug: Plug) -> None:
        super().__init__(connection, path)
        self._plug = plug

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """The same, unless the plug is pulled."""
        self._plug.burn()
        return super().execute(sql, parameters)


@dataclass(frozen=True, kw_only=True)
class HeldFile(DuckDbFile):
    """One DuckDB file with real transactions, open all the time."""

    plug: Plug

    @contextmanager
    def reading(self, limits: Mapping[str, str] = MappingProxyType({})) -> Iterator[DuckDbSession]:
        """A session without a transaction of its own."""
        assert not limits
        with self.plug.session() as session:
            yield session

    @contextmanager
    def writing(self, *, reading_of: Path | None = None) -> Iterator[DuckDbSession]:
        """One transaction: committed at the end, rolled back when anything is raised."""
        assert reading_of is None
        with self.plug.session() as session:
            session.execute("BEGIN TRANSACTION")
            yield session
            session.execute("COMMIT")


@contextmanager
def held_store(template: Path, path: Path) -> Iterator[tuple[Store, Plug]]:
    """A copy of an empty store, open until the end of the block, and what kills it."""
    shutil.copy(template, path)
    plug = Plug(path)
    try:
        yield Store(DuckDbDatabase(HeldFile(path, 1.0, plug=plug))), plug
    finally:
        plug.close()
