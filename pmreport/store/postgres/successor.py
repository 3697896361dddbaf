"""The tables made again inside one transaction: everybody reads the old rows until it is committed."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from pmreport.store.batch import AnyRow
from pmreport.store.postgres import counts
from pmreport.store.postgres.server import PostgresServer
from pmreport.store.postgres.session import PostgresSession
from pmreport.store.tables import TABLES


class Held(PostgresServer):
    """The same database as one open transaction sees it."""

    def __init__(self, server: PostgresServer, session: PostgresSession) -> None:
        super().__init__(server.address, server.wait_seconds, server.password)
        self._session = session

    @contextmanager
    def reading(self) -> Iterator[PostgresSession]:
        """The transaction."""
        yield self._session

    @contextmanager
    def writing(self) -> Iterator[PostgresSession]:
        """The transaction."""
        yield self._session


@contextmanager
def succeeding(
    server: PostgresServer, site_id: int, anew: Collection[type[AnyRow]]
) -> Iterator[PostgresServer]:
    """The same database, seen by one transaction in which the site's rows of `anew` are gone.

    It is committed at the end of the block, or rolled back when anything is raised. Not another schema that
    takes the place of this one: rights that were granted, and views that others made, would go with the old.
    """
    with server.transaction() as session:
        for table in (TABLES[row_type] for row_type in anew):  # TRUNCATE would shut readers out
            text = f"DELETE FROM {table.name} WHERE site_id = $site_id"  # noqa: S608 - own names only
            session.execute(text, {"site_id": site_id})
        yield Held(server, session)
        counts.count(session)
