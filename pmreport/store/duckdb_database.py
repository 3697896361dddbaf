"""The store as one file of DuckDB, for one person."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from pmreport.errors import PmreportError
from pmreport.store import duckdb_sandbox, lock, successor
from pmreport.store.answer import Answer
from pmreport.store.batch import AnyRow
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.faults import corrupt_store, newer_store
from pmreport.store.session import Session, WritingSession


@dataclass(frozen=True, slots=True)
class DuckDbDatabase:
    """A file, with its lock and its successor beside it."""

    file: DuckDbFile

    @property
    def place(self) -> str:
        """The path."""
        return str(self.file.path)

    def exists(self) -> bool:
        """Whether there is a store yet."""
        return self.file.exists()

    def create(self, fill: Callable[[WritingSession], None]) -> None:
        """Make the file with what `fill` writes, whole or not at all."""
        self.file.create(fill)

    def reading(self) -> AbstractContextManager[Session]:
        """A connection that cannot write; it shuts the writer out."""
        return self.file.reading()

    def writing(self) -> AbstractContextManager[WritingSession]:
        """A connection in one transaction; it shuts everybody out."""
        return self.file.writing()

    @contextmanager
    def succeeding(self, site_id: int, anew: Collection[type[AnyRow]]) -> Iterator["DuckDbDatabase"]:
        """A new file that takes the place of this one (see `successor.succeeding`)."""
        with successor.succeeding(self.file, site_id, anew) as new:
            yield DuckDbDatabase(new)

    @contextmanager
    def only_writer(
        self, *, now: datetime, wait_seconds: float, waiting: Callable[[str], None]
    ) -> Iterator[None]:
        """The one block in which the file is written to (see `lock.only_writer`)."""
        self.file.make_folder()
        target = self.file.path.resolve()
        beside = target.with_name(f"{target.name}.lock")
        with lock.only_writer(beside, now=now, wait_seconds=wait_seconds, waiting=waiting):
            successor.clear(target)
            yield

    def asking(self, sql: str, timeout_seconds: float) -> AbstractContextManager[Answer]:
        """The answer to one SELECT (see `duckdb_sandbox.asking`)."""
        return duckdb_sandbox.asking(self.file, sql, timeout_seconds)

    def settle(self) -> None:
        """Nothing: DuckDB counts as it writes."""

    def purge(self) -> None:
        """Nothing: what succeeded the old file never held them."""

    def damaged(self) -> PmreportError:
        """The file is damaged, or never was a store."""
        return corrupt_store(self.file.path)

    def newer(self) -> PmreportError:
        """The file was written by a release that knows more."""
        return newer_store(self.file.path)
