"""A question that a person types in SQL, asked of PostgreSQL in a transaction that can only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors

from pmreport.errors import UsageError
from pmreport.store.answer import ONLY_READS, Answer, too_long
from pmreport.store.postgres.faults import known_fault
from pmreport.store.postgres.server import PostgresServer
from pmreport.store.postgres.session import Connection

_BEGIN = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = pmreport; "
    "SET LOCAL statement_timeout = {timeout_ms}; SET LOCAL TimeZone = 'UTC'"
)
# Whoever connects with all rights lays down all but the right to read.
_HUMBLY = (
    "SELECT set_config('role', 'pg_read_all_data', true)"
    " FROM pg_roles WHERE rolname = current_user AND rolsuper"
)
_CURSOR = "DECLARE typed NO SCROLL CURSOR FOR "
_LOOK_AROUND = (
    "`SELECT table_name FROM information_schema.tables WHERE table_schema = 'pmreport'` names the tables"
)
_REFUSALS = (errors.ProgrammingError, errors.NotSupportedError, errors.ReadOnlySqlTransaction)


@contextmanager
def asking(server: PostgresServer, sql: str, timeout_seconds: float) -> Iterator[Answer]:
    """The answer to one SELECT, to be fetched inside the block; nobody is kept from anything meanwhile.

    The transaction cannot write, and a superuser asks it with the rights of a reader. What a role may do by
    functions (read files of the server, end other sessions) is for the server to forbid: a reader's role of
    its own is the way to have that. UsageError for a text that is no single SELECT, that the engine refuses
    (its words are kept), or that takes longer than the timeout.
    """
    begin = _BEGIN.format(timeout_ms=max(1, round(timeout_seconds * 1000)))
    with (
        _said_to_the_typist(sql, server.place, timeout_seconds),
        server.pool.begun(begin) as connection,
    ):
        connection.execute(_HUMBLY)
        _declare(connection, sql)
        first = connection.execute("FETCH 0 FROM typed")
        columns = tuple(column.name for column in first.description or ())

        def fetch(number: int) -> list[tuple[Any, ...]]:
            return connection.execute(f"FETCH {int(number)} FROM typed".encode()).fetchall()

        yield Answer(columns, fetch, timeout_seconds)
        connection.execute("ROLLBACK")


def _declare(connection: Connection, sql: str) -> None:
    """A cursor for the text, which can only read.

    Asked for in binary it goes by the protocol that takes one statement alone: `SELECT 1; COMMIT; DROP ...`
    would leave the transaction that guards us.
    """
    connection.execute(f"{_CURSOR}{sql.strip().removesuffix(';')}".encode(), binary=True)


@contextmanager
def _said_to_the_typist(sql: str, place: str, timeout_seconds: float) -> Iterator[None]:
    try:
        yield
    except errors.QueryCanceled as error:
        raise too_long(timeout_seconds) from error
    except (errors.UndefinedTable, errors.UndefinedColumn) as error:
        raise UsageError(_words(error, sql), hint=_LOOK_AROUND) from error
    except _REFUSALS as error:
        raise UsageError(_words(error, sql), hint=ONLY_READS) from error
    except psycopg.Error as error:
        raise known_fault(error, place) or UsageError(_words(error, sql)) from error


def _words(error: psycopg.Error, sql: str) -> str:
    """The server's words, and the place in the text that they speak of."""
    what = error.diag.message_primary or str(error).strip()
    place = int(error.diag.statement_position or 0) - len(_CURSOR) - 1
    text = sql.strip()
    if not 0 <= place < len(text):
        return what
    begin = text.rfind("\n", 0, place) + 1
    line = text[begin:].partition("\n")[0]
    head = f"LINE {text.count(chr(10), 0, place) + 1}: "
    return f"{what}\n{head}{line}\n{' ' * (len(head) + place - begin)}^"
