"""What PostgreSQL says when it cannot go on, in words a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    StorageFullError,
    TryLaterError,
    UnreachableError,
)

_OTHER_WAYS = (
    "set PMREPORT_STORE_PASSWORD, name a file that holds the password with PMREPORT_STORE_PASSWORD_FILE, "
    "or keep it in the keyring (service pmreport, user `store:` and the url of [store])"
)
# A connection that never came to be has no code, only a text.
_REFUSED = ("password authentication failed", "no password supplied", "authentication failed", "pg_hba.conf")
_STARTING = ("starting up", "shutting down", "in recovery mode", "not yet accepting")
_CROWDED = ("too many clients", "too many connections", "connection slots are")
_CREATE = (
    "make one: CREATE DATABASE pmreport TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'; on PostgreSQL "
    "17 and later add LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
)
_MOVE_AWAY = (
    "rename the schema `pmreport` of the database and run `pmreport sync` again; "
    "what you typed is not in it and stays"
)
_NO_ANSWER = "the database does not answer: {reason}"
_CHECK = "check the address, the network, and that the server runs; then run the same command again"
# What a person can do something about, the particular before the general.
_KNOWN: tuple[tuple[type[Exception] | tuple[type[Exception], ...], type[PmreportError], str, str], ...] = (
    (
        errors.DiskFull,
        StorageFullError,
        "the disk of the database is full; the store is as it was after the last batch",
        "make room there, then run the same command again: what was committed stays",
    ),
    (
        errors.QueryCanceled,
        TryLaterError,
        "the database stopped a question: it allows no longer ones (statement_timeout)",
        "ask for a longer statement_timeout for this user, then try again",
    ),
    (
        (
            errors.LockNotAvailable,
            errors.DeadlockDetected,
            errors.SerializationFailure,
            errors.UniqueViolation,  # two who wrote the same at once
        ),
        TryLaterError,
        "somebody else writes the store",
        "wait until it has finished, then try again",
    ),
    (
        errors.InsufficientPrivilege,
        ConfigurationError,
        "the database does not allow it: {reason}",
        (
            "its owner grants the rights: a sync needs CREATE and TEMPORARY on the database, and its own "
            "schema `pmreport`; a reader USAGE on that and SELECT on its tables"
        ),
    ),
    (
        errors.ReadOnlySqlTransaction,
        ConfigurationError,
        "this server only answers questions: it is a copy, or the user may only read",
        "name the server that is written to, as `url` in the section [store]",
    ),
    ((psycopg.OperationalError, psycopg.InterfaceError), UnreachableError, _NO_ANSWER, _CHECK),
)


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Whatever the database says in the block becomes an error for people, where there is one."""
    try:
        yield
    except psycopg.Error as error:
        fault = known_fault(error, place)
        if fault is None:
            raise
        raise fault from error


def may_pass(error: psycopg.OperationalError) -> bool:
    """Whether the same attempt to connect may work in a moment."""
    return _any_of((*_STARTING, *_CROWDED), str(error))


def no_connection(error: psycopg.OperationalError, place: str) -> PmreportError:
    """The error for a connection that did not come to be."""
    text = str(error)
    if _any_of(_REFUSED, text):
        what = "the database does not let you in: a wrong password, or none"
        return NotAuthorisedError(what, where=place, hint=_OTHER_WAYS)
    if "does not exist" in text and "role" in text:
        hint = "correct the user in `url` in the section [store]"
        return NotAuthorisedError("the database knows no such user", where=place, hint=hint)
    if "does not exist" in text and "database" in text:
        return ConfigurationError("there is no such database on the server", where=place, hint=_CREATE)
    if may_pass(error):
        hint = "wait a moment, then try again; a report takes two connections at a time"
        return TryLaterError(f"the database takes nobody now: {_reason(text)}", where=place, hint=hint)
    return _unreachable(text, place)


def known_fault(error: psycopg.Error, place: str) -> PmreportError | None:
    """The error for a person behind what the database says; None for a mistake in the program or its SQL."""
    match error:
        case errors.UndefinedTable() | errors.UndefinedColumn() | errors.InvalidSchemaName():
            return lacking_store(place)
        case errors.DataCorrupted() | errors.IndexCorrupted():
            return damaged_store(place)
    for kinds, make, what, hint in _KNOWN:
        if isinstance(error, kinds):
            return make(what.format(reason=_reason(str(error))), where=place, hint=hint)
    return None


def damaged_store(place: str) -> BadDataError:
    """What stands in our schema was not made by us, or is damaged."""
    what = "the store is damaged, or no store at all"
    return BadDataError(what, where=place, hint=_MOVE_AWAY)


def lacking_store(place: str) -> BadDataError:
    """A table or a column that every store has is not there."""
    what = "the store is damaged: a table or a column of it is missing"
    return BadDataError(what, where=place, hint=_MOVE_AWAY)


def newer_store(place: str) -> BadDataError:
    """The store was made by a release that knows more than this one."""
    return BadDataError(
        "the store was made by a newer pmreport",
        where=place,
        hint="update pmreport, or name another database as `url` in the section [store]",
    )


def wrong_order(place: str) -> ConfigurationError:
    """The database reads or sorts texts otherwise than the numbers need it."""
    return ConfigurationError(
        "the database sorts texts by the rules of a language, or is not in UTF-8: the numbers would differ",
        where=place,
        hint=_CREATE,
    )


def _unreachable(text: str, place: str) -> UnreachableError:
    return UnreachableError(_NO_ANSWER.format(reason=_reason(text)), where=place, hint=_CHECK)


def _reason(text: str) -> str:
    """What the server, or libpq, gives as its reason, without the address before it."""
    lines = text.strip().splitlines() or ["no reason was given"]
    return lines[0].rpartition("FATAL:")[2].rpartition(" failed: ")[2].strip()


def _any_of(marks: tuple[str, ...], text: str) -> bool:
    return any(mark in text for mark in marks)
