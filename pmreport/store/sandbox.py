"""A question that a person types in SQL: the store can be read by it, and nothing else can be done."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from pmreport.errors import BadDataError, UsageError
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.engine import duckdb_path
from pmreport.store.faults import known_fault

_ALLOWED = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_PIECE = 500
_LIMITS = {"memory_limit": "1GB", "temp_directory": ""}  # a question never fills the memory nor the disk
_ASK_LESS = "ask for less: a condition on the issue or the time, or fewer columns"
_ONLY_READS = "pmreport sql reads the store: write one SELECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An answer: column names, records in their order, and whether there are more than were asked for."""

    columns: tuple[str, ...]
    records: list[tuple[Any, ...]]
    more: bool = False


class Answer:
    """An answer that is fetched in pieces, so that a long one is never held as a whole."""

    def __init__(self, result: duckdb.DuckDBPyConnection, timeout_seconds: float) -> None:
        self._result = result
        self._timeout = timeout_seconds
        self._deadline = time.monotonic() + timeout_seconds
        self.columns = tuple(column[0] for column in result.description or ())

    def pieces(self) -> Iterator[list[tuple[Any, ...]]]:
        """The records, some hundred at a time. Raises UsageError where all of them take too long."""
        while piece := self._result.fetchmany(_PIECE):
            if (
                time.monotonic() > self._deadline
            ):  # between two pieces no query runs that could be interrupted
                raise _too_long(self._timeout)
            yield piece

    def first(self, number: int) -> list[tuple[Any, ...]]:
        """So many records at most."""
        return self._result.fetchmany(number)


@contextmanager
def asking(
    url: str, sql: str, *, timeout_seconds: float = 30.0, wait_seconds: float = 10.0
) -> Iterator[Answer]:
    """The answer to one SELECT, to be fetched inside the block: the store cannot be written meanwhile.

    The connection can neither write nor reach a file, the network or an extension, nor take more than 1 GB.
    UsageError for a text that is no single SELECT, that the engine refuses (its words are kept), or that
    takes longer than the timeout.
    """
    file = DuckDbFile(duckdb_path(url), wait_seconds)
    if not file.exists():
        raise BadDataError("there is no store yet", where=str(file.path), hint="run `pmreport sync` first")
    with file.reading(_LIMITS) as session, _said_to_the_typist(file, timeout_seconds):
        _check(sql)
        with _at_most(timeout_seconds, session.connection):
            yield Answer(session.connection.execute(sql), timeout_seconds)


def read_only(
    url: str, sql: str, *, limit: int | None, timeout_seconds: float = 30.0, wait_seconds: float = 10.0
) -> Table:
    """What one SELECT answers, `limit` records at most. Raises as `asking` does."""
    with asking(url, sql, timeout_seconds=timeout_seconds, wait_seconds=wait_seconds) as answer:
        if limit is None:
            return Table(columns=answer.columns, records=[row for piece in answer.pieces() for row in piece])
        records = answer.first(limit + 1)
    return Table(columns=answer.columns, records=records[:limit], more=len(records) > limit)


def _check(sql: str) -> None:
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements instead of one", hint=_ONLY_READS)
    if statements[0].type not in _ALLOWED:
        raise UsageError(f"{statements[0].type.name} is not allowed here", hint=_ONLY_READS)


@contextmanager
def _at_most(seconds: float, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


@contextmanager
def _said_to_the_typist(file: DuckDbFile, timeout_seconds: float) -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException as error:
        raise _too_long(timeout_seconds) from error
    except duckdb.OutOfMemoryException as error:
        raise UsageError("the question takes more than 1 GB of memory", hint=_ASK_LESS) from error
    except duckdb.PermissionException as error:
        raise UsageError(str(error), hint="pmreport sql reaches nothing outside the store") from error
    except duckdb.OperationalError as error:
        raise known_fault(error, file.path) or UsageError(str(error)) from error
    except duckdb.CatalogException as error:
        raise UsageError(str(error), hint="`SHOW TABLES` names the tables and views") from error
    except duckdb.Error as error:
        raise UsageError(str(error)) from error


def _too_long(timeout_seconds: float) -> UsageError:
    return UsageError(f"stopped after {timeout_seconds:g} s", hint=_ASK_LESS)
