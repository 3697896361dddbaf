"""One open connection to the store: SQL goes in, rows come out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from pmreport.model.query import Query, Row
from pmreport.store.answers import Answers
from pmreport.store.batch import AnyRow
from pmreport.store.tables import Table

Record = tuple[Any, ...]


class Session(Protocol):
    """What every engine can do with a text and its `$name` parameters."""

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Record]:
        """All records that the text answers; of one that writes, how many rows it wrote."""
        ...

    def pieces(
        self, sql: str, parameters: Mapping[str, Any] | None = None, *, size: int
    ) -> Iterator[list[Record]]:
        """The records that the text answers, `size` at a time, so that a long answer is never held whole."""
        ...

    def columns(self) -> tuple[str, ...]:
        """The column names of the text executed last."""
        ...


class WritingSession(Session, Protocol):
    """A session that may write, many rows at a time."""

    def staged(self, table: Table, rows: Sequence[AnyRow]) -> AbstractContextManager[str]:
        """The rows as a table with the columns of `table` while the block runs; what it is called."""
        ...


class Reader:
    """A moment of the store that nobody can change while it is open; close it soon, it shuts writers out."""

    def __init__(self, session: Session, answers: Answers | None = None) -> None:
        self._session = session
        self._answers = answers

    def rows(self, query: Query[Row]) -> list[Row]:
        """The rows that answer `query`.

        Raises TypeError where the columns of the text are not the fields of its row class: the mistake is in
        the program, and is better found here than in a report.
        """
        known = self._answers.get(query) if self._answers is not None else None
        if known is not None:
            return known
        rows = self._asked(query)
        if self._answers is not None:
            self._answers.keep(query, rows)
        return rows

    def _asked(self, query: Query[Row]) -> list[Row]:
        records = self._session.execute(query.sql, query.parameters)
        fields = tuple(getattr(query.row, "_fields", ()))
        columns = self._session.columns()
        if columns != fields:
            raise TypeError(f"{query.row.__name__} has the fields {fields}, its SQL gives {columns}")
        return [query.row(*record) for record in records]

    def pieces(self, query: Query[Any], *, size: int) -> Iterator[list[Record]]:
        """The bare records that answer `query`, `size` at a time: a long answer is never held whole."""
        return self._session.pieces(query.sql, query.parameters, size=size)
