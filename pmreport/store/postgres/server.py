"""The transactions of the store on a server of PostgreSQL, in the schema `pmreport`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

from pmreport.store.postgres.address import Address, parse_address
from pmreport.store.postgres.faults import in_words
from pmreport.store.postgres.pool import Pool
from pmreport.store.postgres.session import PostgresSession

SCHEMA = "pmreport"
# The letters p, m, r, r: whatever else locks in this database uses other numbers. 1 is a sync, 2 a batch.
LOCKS = 1_886_220_914
# Set for one transaction at a time: where connections are shared by a pooling server, nobody inherits them.
_OURS = f"SET LOCAL search_path = {SCHEMA}; SET LOCAL lock_timeout = {{wait_ms}}"
# The planner takes each WITH for one row. So it nests loops over thousands of them, merges by the first
# columns of a key what it then filters by the last (187 million pairs for 74 thousand rows), and compiles
# what runs once. A hash by the whole key is right for every text of ours.
_READ = (
    f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_OURS}; SET LOCAL enable_nestloop = off; "
    "SET LOCAL enable_mergejoin = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"
)
_WRITE = "BEGIN; " + _OURS + "; SET LOCAL jit = off; SET LOCAL client_min_messages = warning"
_BATCH = f"SELECT pg_advisory_xact_lock({LOCKS}, 2)"


class PostgresServer:
    """A database on a server, and how long to wait for somebody who holds what is needed.

    `password` is asked once, when the first connection is opened.
    """

    def __init__(self, address: Address, wait_seconds: float, password: Callable[[], str | None]) -> None:
        self.address = address
        self.wait_seconds = wait_seconds
        self.password = password

    @classmethod
    def at(cls, url: str, wait_seconds: float, password: Callable[[], str | None]) -> "PostgresServer":
        """The database at a url. Nothing is opened yet."""
        return cls(parse_address(url), wait_seconds, password)

    @cached_property
    def pool(self) -> Pool:
        """The connections."""
        return Pool(self.address, self.password(), self.wait_seconds)

    @property
    def place(self) -> str:
        """Database, server and user."""
        return self.address.place

    @contextmanager
    def reading(self) -> Iterator[PostgresSession]:
        """One transaction that sees one moment, whatever is committed meanwhile; it is in nobody's way."""
        with in_words(self.place), self.pool.begun(self._begin(_READ)) as connection:
            yield PostgresSession(connection, self.place)
            connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[PostgresSession]:
        """One transaction, and of such transactions one at a time."""
        with self.transaction() as session:
            session.execute(_BATCH)
            yield session

    @contextmanager
    def transaction(self) -> Iterator[PostgresSession]:
        """One transaction: committed at the end, rolled back when anything is raised."""
        with in_words(self.place), self.pool.begun(self._begin(_WRITE)) as connection:
            yield PostgresSession(connection, self.place)
            connection.execute("COMMIT")

    def _begin(self, text: str) -> str:
        return text.format(wait_ms=max(1, round(self.wait_seconds * 1000)))
