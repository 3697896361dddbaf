"""A question that a person types in SQL: the store can be read by it, and nothing else can be done."""

import threading
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
_ONLY_READS = "pmreport sql reads the store: write one SELECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An answer: column names, records in their order, and whether there are more than were asked for."""

    columns: tuple[str, ...]
    records: list[tuple[Any, ...]]
    more: bool = False


def read_only(
    url: str, sql: str, *, limit: int | None, timeout_seconds: float = 30.0, wait_seconds: float = 10.0
) -> Table:
    """What one SELECT answers, `limit` records at most.

    The connection can neither write nor reach a file, the network or an extension. UsageError for a text that
    is no single SELECT, that the engine refuses (its words are kept), or that takes longer than the timeout.
    """
    file = DuckDbFile(duckdb_path(url), wait_seconds)
    if not file.exists():
        raise BadDataError("there is no store yet", where=str(file.path), hint="run `pmreport sync` first")
    with file.reading() as session, _said_to_the_typist(file, timeout_seconds):
        _check(sql)
        with _at_most(timeout_seconds, session.connection):
            answer = session.connection.execute(sql)
            records = answer.fetchall() if limit is None else answer.fetchmany(limit + 1)
            columns = tuple(column[0] for column in answer.description)
    return Table(columns=columns, records=records[:limit], more=limit is not None and len(records) > limit)


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
        hint = "ask for less: a condition on the issue or the time, or fewer columns"
        raise UsageError(f"stopped after {timeout_seconds:g} s", hint=hint) from error
    except duckdb.PermissionException as error:
        raise UsageError(str(error), hint="pmreport sql reaches nothing outside the store") from error
    except duckdb.OperationalError as error:
        raise known_fault(error, file.path) or UsageError(str(error)) from error
    except duckdb.CatalogException as error:
        raise UsageError(str(error), hint="`SHOW TABLES` names the tables and views") from error
    except duckdb.Error as error:
        raise UsageError(str(error)) from error
