"""The store: questions are answered from it, and batches become part of it."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from pmreport.errors import BadDataError
from pmreport.model.query import Query, Row
from pmreport.model.rows import SiteRow
from pmreport.store import migrate, write
from pmreport.store.batch import AnyRow, Batch
from pmreport.store.database import Database
from pmreport.store.documents import RawDocument, page_query, unpacked
from pmreport.store.held import Held, holding
from pmreport.store.holder import unheard
from pmreport.store.kinds import Password, database_at, no_password
from pmreport.store.session import Reader, Session

_SITE = "SELECT s.site_id AS site_id FROM site AS s WHERE s.base_url = $base_url"


class _SiteIdRow(NamedTuple):
    site_id: int


class Store:
    """The history of one or several sites.

    No transaction stays open between two calls, so that a sync and a report can run side by side. Every call
    waits up to `wait_seconds` for somebody who holds the store and raises TryLaterError after that; a damaged
    store is a BadDataError, a full disk a StorageFullError. Of a server also: UnreachableError where it does
    not answer, NotAuthorisedError where it takes no password, ConfigurationError where a right is missing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: Held | None = None

    @classmethod
    def open(
        cls,
        url: str,
        *,
        wait_seconds: float = 10.0,
        create: bool = True,
        password: Password = no_password,
    ) -> "Store":
        """The store at `url`, brought to the tables of this release.

        Where there is none it is made; without `create` that is a BadDataError. `password` is asked where the
        store is on a server.
        """
        store = cls(database_at(url, wait_seconds, password))
        store._prepare(create=create)
        return store

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One look at the store for several queries; take the rows out and leave: it shuts the writer out."""
        if self._held is not None:
            with self._held.reading() as reader:
                yield reader
            return
        with self._database.reading() as session:
            yield Reader(session)

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """A block in which a question that was just asked is not asked again, and the store stays open.

        For one report or several in a row, which ask much alike. A writer that waits is let in every few
        seconds, between two questions; what was answered before stands as it was. A block inside another is
        part of it.
        """
        if self._held is not None:
            yield
            return
        with holding(self._database.reading) as held:
            self._held = held
            try:
                yield
            finally:
                self._held = None

    def give_up(self) -> None:
        """End what another thread reads in a block of `remembering`, at its next question."""
        if self._held is not None:
            self._held.give_up()

    def rows(self, query: Query[Row]) -> list[Row]:
        """The rows that answer one query."""
        with self.reading() as reader:
            return reader.rows(query)

    def apply(self, site_id: int, batch: Batch) -> int:
        """Write the batch in one transaction; how many rows differ now (see `write.apply`)."""
        if batch.is_empty:
            return 0  # opening the store for nothing takes as long as a request
        if self._held is not None:
            self._held.forget()  # a reader of this process shuts its own writer out
        with self._database.writing() as session:
            return write.apply(session, site_id, batch)

    def site(self, base_url: str) -> int | None:
        """The id of the site with this base url; None where it was never read."""
        found = self.rows(Query(_SITE, _SiteIdRow, {"base_url": base_url}))
        return found[0].site_id if found else None

    def register_site(self, row: SiteRow) -> int:
        """The id of the site, which is written or brought up to date; its base url tells it apart."""
        with self._database.reading() as reading:
            known = write.known_site(reading, row)
        if known is not None:
            return known
        with self._database.writing() as session:
            return write.register_site(session, row, _site(session, row.base_url))

    def documents(self, site_id: int, kind: str) -> Iterator[RawDocument]:
        """The raw documents of a kind, by id and part. Batches may be applied while they are gone through."""
        page = self.rows(page_query(site_id, kind, None))
        while page:
            for row in page:
                last = unpacked(row)
                yield last
            page = self.rows(page_query(site_id, kind, last))

    @contextmanager
    def successor(self, site_id: int, anew: Collection[type[AnyRow]]) -> Iterator["Store"]:
        """A store beside this one, with all that this one holds but the site's rows of the tables `anew`.

        It takes the place of this one when the block ends well; until then everybody sees this one. Only
        inside `only_writer`: what somebody wrote into this one meanwhile would be lost.
        """
        with self._database.succeeding(site_id, anew) as database:
            yield Store(database)

    def settle(self) -> None:
        """Make the next questions quick, after many rows were written."""
        self._database.settle()

    def purge(self) -> None:
        """Leave nothing of removed rows behind, after `successor` has ended."""
        self._database.purge()

    def _prepare(self, *, create: bool) -> None:
        if not self._database.exists():
            if not create:
                place = self._database.place
                raise BadDataError("nothing has been read yet", where=place, hint="run: pmreport sync")
            self._database.create(migrate.migrate)
        if self._version() < migrate.newest():
            with self._database.writing() as session:
                migrate.migrate(session)

    def _version(self) -> int:
        with self._database.reading() as session:
            version = migrate.version_of(session)
        if version is None:
            raise self._database.damaged()
        if version > migrate.newest():
            raise self._database.newer()
        return version


@contextmanager
def only_writer(
    url: str,
    *,
    now: datetime,
    wait_seconds: float = 0.0,
    waiting: Callable[[str], None] = unheard,
    password: Password = no_password,
) -> Iterator[None]:
    """The one block in which a store is written to; whoever comes second waits so long for the first to end.

    `waiting` hears whom is waited for. Raises TryLaterError after `wait_seconds`, at once by default; it
    names the first one.
    """
    database = database_at(url, wait_seconds, password)
    with database.only_writer(now=now, wait_seconds=wait_seconds, waiting=waiting):
        yield


def _site(session: Session, base_url: str) -> int | None:
    found = session.execute(_SITE, {"base_url": base_url})
    return int(found[0][0]) if found else None
