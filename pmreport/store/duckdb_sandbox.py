"""A question that a person types in SQL, asked of a DuckDB file that can only be read."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pmreport.errors import UsageError
from pmreport.store.answer import ASK_LESS, ONLY_READS, Answer, too_long
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.faults import known_fault

_ALLOWED = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_LIMITS = {"memory_limit": "1GB", "temp_directory": ""}  # a question never fills the memory nor the disk


@contextmanager
def asking(file: DuckDbFile, sql: str, timeout_seconds: float) -> Iterator[Answer]:
    """The answer to one SELECT, to be fetched inside the block: the store cannot be written meanwhile.

    The connection can neither write nor reach a file, the network or an extension, nor take more than 1 GB.
    UsageError for a text that is no single SELECT, that the engine refuses (its words are kept), or that
    takes longer than the timeout.
    """
    with file.reading(_LIMITS) as session, _said_to_the_typist(file, timeout_seconds):
        _check(sql)
        with _at_most(timeout_seconds, session.connection):
            found = session.connection.execute(sql)
            columns = tuple(column[0] for column in found.description or ())
            yield Answer(columns, found.fetchmany, timeout_seconds)


def _check(sql: str) -> None:
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements instead of one", hint=ONLY_READS)
    if statements[0].type not in _ALLOWED:
        raise UsageError(f"{statements[0].type.name} is not allowed here", hint=ONLY_READS)


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
        raise too_long(timeout_seconds) from error
    except duckdb.OutOfMemoryException as error:
        raise UsageError("the question takes more than 1 GB of memory", hint=ASK_LESS) from error
    except duckdb.PermissionException as error:
        raise UsageError(str(error), hint="pmreport sql reaches nothing outside the store") from error
    except duckdb.OperationalError as error:
        raise known_fault(error, file.path) or UsageError(str(error)) from error
    except duckdb.CatalogException as error:
        raise UsageError(str(error), hint="`SHOW TABLES` names the tables and views") from error
    except duckdb.Error as error:
        raise UsageError(str(error)) from error
