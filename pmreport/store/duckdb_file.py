"""The store as one DuckDB file: opened for a moment, closed, and never in anybody's way for long."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from pmreport.errors import ConfigurationError, PmreportError
from pmreport.store import columns
from pmreport.store.batch import AnyRow
from pmreport.store.faults import (
    corrupt_store,
    in_use,
    is_in_use,
    known_fault,
    lacking_store,
)
from pmreport.store.session import Record
from pmreport.store.tables import Table

_POLL_SECONDS = 0.01
_BREATH_SECONDS = 0.03  # what a writer leaves to waiting readers between two batches: some tries of theirs

_Config = dict[str, str | bool | int | float | list[str]]
_OWN_FILE_ONLY: _Config = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",  # else a name in SQL could mean a variable of this program
}
_READING: _Config = {**_OWN_FILE_ONLY, "lock_configuration": "true"}
# DuckDB 1.5 and everything later can read this format.
# A writer needs little memory at a time, and DuckDB would take four fifths of the machine's.
_WRITING: _Config = {
    **_OWN_FILE_ONLY,
    "storage_compatibility_version": "v1.5.0",
    "memory_limit": "96MB",
}

_one_writer = threading.Lock()  # also guards the umask, which belongs to the whole process

_released: dict[Path, float] = {}  # when this process last closed a file it had written


class DuckDbSession:
    """An open DuckDB connection whose faults are said in words for people."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.connection = connection
        self._path = path
        self._sample: int | None = None  # of a column of objects, as set last

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """All records that the text answers."""
        with _in_words(self._path):
            return self.connection.execute(sql, dict(parameters or {})).fetchall()

    def columns(self) -> tuple[str, ...]:
        """The column names of the text executed last."""
        return tuple(column[0] for column in self.connection.description or ())

    def pieces(
        self, sql: str, parameters: Mapping[str, Any] | None = None, *, size: int
    ) -> Iterator[list[Record]]:
        """The records that the text answers, `size` at a time."""
        with _in_words(self._path):
            found = self.connection.execute(sql, dict(parameters or {}))
            while piece := found.fetchmany(size):
                yield piece

    @contextmanager
    def staged(self, table: Table, rows: Sequence[AnyRow]) -> Iterator[str]:
        """The rows as a table while the block runs; its name, or a text in brackets that stands for one."""
        # DuckDB looks at a sample of each column of objects to guess its type; only bytes need that
        sample = 1000 if "BYTEA" in table.types else 0
        if sample != self._sample:
            self.execute(f"SET pandas_analyze_sample = {sample}")
            self._sample = sample
        self.connection.register("staged_arrays", columns.arrays(table, rows))
        yield f"(SELECT {columns.selection(table)} FROM staged_arrays)"  # noqa: S608 - own names only
        self.connection.unregister("staged_arrays")  # after a failure the transaction refuses even this


@dataclass(frozen=True, slots=True)
class DuckDbFile:
    """The place of the file, and how long to wait for somebody who holds it."""

    path: Path
    wait_seconds: float

    def exists(self) -> bool:
        """Whether there is a store yet."""
        if self.path.is_symlink() and not self.path.exists():
            raise ConfigurationError(
                "the store is a link to a file that is not there",
                where=f"{self.path}, which leads to {self.path.readlink()}",
                hint="bring the file back, or remove the link",
            )
        return self.path.exists()

    @contextmanager
    def reading(self, limits: Mapping[str, str] = MappingProxyType({})) -> Iterator[DuckDbSession]:
        """A connection that cannot write, reach another file, or change its own configuration.

        `limits` are settings of DuckDB beside those.
        """
        config: _Config = {**_READING, **limits}
        connection = self._wait_for(lambda: duckdb.connect(self.path, read_only=True, config=config))
        try:
            yield DuckDbSession(connection, self.path)
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[DuckDbSession]:
        """A connection in one transaction: committed at the end, rolled back when anything is raised."""
        with _one_writer, _private_files():
            self._let_readers_in()
            connection = self._wait_for(lambda: duckdb.connect(self.path, config=_WRITING))
            try:
                session = DuckDbSession(connection, self.path)
                session.execute("BEGIN TRANSACTION")
                yield session
                session.execute("COMMIT")
            finally:
                with _in_words(self.path):
                    connection.close()  # rolls back what was not committed, and checkpoints
                _released[self.path] = time.monotonic()

    def _let_readers_in(self) -> None:
        """A pause, where the last batch was written just now: the lock of DuckDB has no queue."""
        pause = _released.get(self.path, 0.0) + _BREATH_SECONDS - time.monotonic()
        if pause > 0:
            time.sleep(pause)

    def create(self, fill: Callable[[DuckDbSession], None]) -> None:
        """Make the file with what `fill` writes, whole or not at all; a file that is there already stays."""
        self.make_folder()
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}.new")
        draft.unlink(missing_ok=True)
        try:
            with DuckDbFile(draft, self.wait_seconds).writing() as session:
                fill(session)
            self._move_into_place(draft)
        finally:
            for left_over in (draft, Path(f"{draft}.wal")):
                with suppress(OSError):
                    left_over.unlink(missing_ok=True)

    def make_folder(self) -> None:
        """Make the folder of the file where there is none. Raises ConfigurationError where that cannot be."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                f"the folder of the store cannot be made: {error.strerror}",
                where=str(self.path.parent),
                hint="name a file in a folder you may write to, as `url` in the section [store]",
            ) from error

    def _move_into_place(self, draft: Path) -> None:
        try:
            os.link(draft, self.path)  # unlike a rename, this never replaces what another process made
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            draft.rename(self.path)

    def _wait_for(self, connect: Callable[[], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + self.wait_seconds
        while True:
            try:
                return connect()
            except duckdb.Error as error:
                if not is_in_use(error):
                    raise known_fault(error, self.path) or corrupt_store(self.path) from error
                if time.monotonic() >= deadline:
                    raise in_use(error, self.path, self.wait_seconds) from error
            time.sleep(_POLL_SECONDS)


@dataclass(frozen=True, slots=True)
class HeldFile(DuckDbFile):
    """A file that nobody else knows of, open all the time: no reader waits for the end of a batch."""

    session: DuckDbSession

    @contextmanager
    def reading(self, limits: Mapping[str, str] = MappingProxyType({})) -> Iterator[DuckDbSession]:  # noqa: ARG002 - nobody types a question here
        """The connection."""
        yield self.session

    @contextmanager
    def writing(self) -> Iterator[DuckDbSession]:
        """The connection in one transaction: committed at the end, rolled back when anything is raised."""
        with _one_writer, _private_files():
            self.session.execute("BEGIN TRANSACTION")
            try:
                yield self.session
            except BaseException:
                with suppress(duckdb.Error, PmreportError):
                    self.session.execute("ROLLBACK")
                raise
            self.session.execute("COMMIT")


@contextmanager
def held(path: Path, *, beside: Path) -> Iterator[HeldFile]:
    """A new file, open until the end of the block; the tables of `beside` are in the schema `before`."""
    with _one_writer, _private_files():
        connection = _connected(path, beside)
    try:
        yield HeldFile(path, 0.0, DuckDbSession(connection, path))
    finally:
        with _one_writer, _private_files(), _in_words(path):
            connection.close()


def _connected(path: Path, beside: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can write, and reaches no other file but the one to be read beside it."""
    open_yet = {name: value for name, value in _WRITING.items() if name != "enable_external_access"}
    connection = duckdb.connect(path, config=open_yet)
    try:
        reachable = [str(beside), f"{beside}.wal"]
        connection.execute("SET allowed_paths = $reachable", {"reachable": reachable})
        connection.execute("SET enable_external_access = false")
        connection.execute(f"ATTACH {_quoted(beside)} AS before (READ_ONLY)")
    except BaseException:
        connection.close()
        raise
    return connection


def _quoted(path: Path) -> str:
    """A path as SQL writes texts: ATTACH takes no parameters."""
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        fault = known_fault(error, path)
        if fault is None and isinstance(error, duckdb.CatalogException | duckdb.BinderException):
            fault = lacking_store(path)  # our own text was asked, so it is the tables that are not ours
        if fault is None:
            raise
        raise fault from error


@contextmanager
def _private_files() -> Iterator[None]:
    """Files made meanwhile are the user's own: DuckDB offers no mode for its file and its write-ahead log."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
