"""One writer at a time: an advisory lock of the server, which ends with the connection that holds it."""

import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from pmreport.store.holder import Holder, held, said
from pmreport.store.postgres.faults import in_words
from pmreport.store.postgres.server import LOCKS, PostgresServer
from pmreport.store.postgres.session import Connection

_WRITER = 1
_POLL_SECONDS = 0.2
_LONGEST = 63  # of the name of a connection
_FIRST = """
SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = %s
"""


@contextmanager
def only_writer(
    server: PostgresServer, *, now: datetime, wait_seconds: float, waiting: Callable[[str], None]
) -> Iterator[None]:
    """Nobody else is inside such a block with the same database; `now` is told to those who would be.

    The lock is held by a connection of its own, whose name says who it is: it needs no table, everybody who
    can connect can read it, and it is gone with its process. `waiting` hears once whom is waited for.
    Raises TryLaterError, with the same words, where somebody is still inside after `wait_seconds`.
    """
    who = Holder(pid=os.getpid(), host=platform.node(), started=now)
    place = server.place
    with in_words(place), server.pool.connected(name_of(who)) as connection:
        if not _locked(connection):
            waiting(said(_first(connection)))
            _acquire(connection, place, time.monotonic() + wait_seconds)
        yield


def name_of(who: Holder) -> str:
    """The name of the connection that holds the lock; a long host is cut."""
    begin = f"pmreport {who.pid} {who.started.astimezone(UTC):%Y-%m-%dT%H:%MZ} "
    return begin + who.host.encode("ascii", "replace").decode()[: _LONGEST - len(begin)]


def holder_of(name: str) -> Holder | None:
    """Who has this name; None where it is nobody's of ours."""
    program, _, rest = name.partition(" ")
    pid, _, rest = rest.partition(" ")
    started, _, host = rest.partition(" ")
    try:
        moment = datetime.strptime(started, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
        return Holder(pid=int(pid), host=host, started=moment) if program == "pmreport" else None
    except ValueError:
        return None


def _acquire(connection: Connection, place: str, deadline: float) -> None:
    while not _locked(connection):
        if time.monotonic() >= deadline:
            raise held(_first(connection), place)
        time.sleep(_POLL_SECONDS)


def _locked(connection: Connection) -> bool:
    answer = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (LOCKS, _WRITER)).fetchone()
    return bool(answer and answer[0])


def _first(connection: Connection) -> Holder | None:
    found = connection.execute(_FIRST, (LOCKS, _WRITER)).fetchone()
    return holder_of(found[0]) if found else None
