"""What the store asks of a kind of database; `DuckDbDatabase` is one, `PostgresDatabase` the other."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from pmreport.errors import PmreportError
from pmreport.store.answer import Answer
from pmreport.store.batch import AnyRow
from pmreport.store.session import Session, WritingSession


class Database(Protocol):
    """A place where the tables lie, and how long to wait for somebody who holds it."""

    @property
    def place(self) -> str:
        """Where it is, in words for people and without a secret."""
        ...

    def exists(self) -> bool:
        """Whether there is a store yet."""
        ...

    def create(self, fill: Callable[[WritingSession], None]) -> None:
        """Make the store with what `fill` writes, whole or not at all; one that is there already stays."""
        ...

    def reading(self) -> AbstractContextManager[Session]:
        """One moment of the store, which cannot be written to."""
        ...

    def writing(self) -> AbstractContextManager[WritingSession]:
        """One transaction: committed at the end, rolled back when anything is raised."""
        ...

    def succeeding(self, site_id: int, anew: Collection[type[AnyRow]]) -> AbstractContextManager["Database"]:
        """This database without the site's rows of the tables `anew`; seen by others when the block ends."""
        ...

    def only_writer(
        self, *, now: datetime, wait_seconds: float, waiting: Callable[[str], None]
    ) -> AbstractContextManager[None]:
        """The one block in which the store is written to. Raises TryLaterError, which names the first."""
        ...

    def asking(self, sql: str, timeout_seconds: float) -> AbstractContextManager[Answer]:
        """The answer to one SELECT that a person typed. Raises UsageError."""
        ...

    def settle(self) -> None:
        """Whatever makes the next questions quick after many rows were written."""
        ...

    def purge(self) -> None:
        """Leave nothing of rows that were removed in the files of the database itself."""
        ...

    def damaged(self) -> PmreportError:
        """The error for tables that are not ours."""
        ...

    def newer(self) -> PmreportError:
        """The error for a store of a release that knows more."""
        ...
