"""A store whose file stays open for one test, and that can be killed at any statement.

Opening DuckDB anew for every batch, as the program does, costs a tiny sync more time than everything else.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from pmreport.store.duckdb_file import DuckDbFile, DuckDbSession
from pmreport.store.engine import Store
from pmreport.store.session import Record


class Killed(BaseException):  # noqa: N818 - no error: somebody pulled the plug
    """The process is gone, in the middle of whatever it did."""


class HeldFile(DuckDbFile):
    """One DuckDB file with real transactions.

    `fuse` is how many statements are still executed before the plug is pulled; None: it stays in. What lies
    on the disk at that moment is what the next session finds.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, 1.0)
        object.__setattr__(self, "state", Plug(path))

    state: "Plug"

    @contextmanager
    def reading(self, limits: Mapping[str, str] = MappingProxyType({})) -> Iterator[DuckDbSession]:
        """A session without a transaction of its own."""
        assert not limits
        with self.state.session() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[DuckDbSession]:
        """One transaction: committed at the end, rolled back when anything is raised."""
        with self.state.session() as session:
            session.execute("BEGIN TRANSACTION")
            yield session
            session.execute("COMMIT")


class Plug:
    """The open file, and how many statements it will still take."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fuse: int | None = None
        self.statements = 0
        self.left_behind: Path | None = None
        self.connection = self._open()

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
        cursor = self.connection.cursor()
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
                self.pull_the_plug()
                raise Killed(f"at statement {self.statements}")

    def pull_the_plug(self) -> None:
        """Keep what lies on the disk at this very moment; later killings find the process dead already."""
        if self.left_behind is None:
            self.left_behind = self.path.with_name(f"{self.path.stem}x.duckdb")
            shutil.copy(self.path, self.left_behind)
            log = Path(f"{self.path}.wal")
            if log.exists():
                shutil.copy(log, f"{self.left_behind}.wal")

    def revive(self) -> None:
        """Go on with what the killed process left behind."""
        self.pull_the_plug()
        self.close()
        assert self.left_behind is not None
        self.path, self.left_behind, self.fuse = self.left_behind, None, None
        self.connection = self._open()

    def close(self) -> None:
        self.connection.close()
        self.path.unlink()
        Path(f"{self.path}.wal").unlink(missing_ok=True)


class _Session(DuckDbSession):
    """A session that counts its statements."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, state: Plug) -> None:
        super().__init__(connection, path)
        self._state = state

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """The same, unless the plug is pulled."""
        self._state.burn()
        return super().execute(sql, parameters)


@contextmanager
def held_store(template: Path, path: Path) -> Iterator[tuple[Store, Plug]]:
    """A copy of an empty store, open until the end of the block, and what kills it."""
    shutil.copy(template, path)
    file = HeldFile(path)
    try:
        yield Store(file), file.state
    finally:
        file.state.close()
