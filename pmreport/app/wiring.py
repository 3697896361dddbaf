"""The parts of one person's pmreport, joined: their configuration, their store, their site."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pmreport.config import Config
from pmreport.errors import BadDataError
from pmreport.secrets import store_password
from pmreport.store.engine import Store

_PATIENCE_SECONDS = 60.0  # a question typed in SQL may hold the file for half as long
NO_SYNC = "nothing has been read from {url} yet"


@dataclass(frozen=True)
class Workspace:
    """A configuration and the environment it is used in; everything else follows from the two."""

    config: Config
    environ: Mapping[str, str]

    @cached_property
    def store(self) -> Store:
        """The store, opened and migrated when first needed. Raises BadDataError before the first sync."""
        return Store.open(
            self.config.store.url,
            wait_seconds=_PATIENCE_SECONDS,
            create=False,
            password=self.store_password,
        )

    def store_to_fill(self) -> Store:
        """The store for a sync: made where there is none."""
        return Store.open(self.config.store.url, wait_seconds=_PATIENCE_SECONDS, password=self.store_password)

    def store_password(self) -> str | None:
        """The password of a store on a server; None where there is none. Only such a store asks for it."""
        found = store_password(self.config.store.url, self.environ)
        return found.reveal() if found else None

    def site_id(self) -> int:
        """The site's id in the store. Raises BadDataError before the first sync."""
        known = self.store.site(self.config.site.url)
        if known is None:
            raise BadDataError(NO_SYNC.format(url=self.config.site.url), hint="run: pmreport sync")
        return known


def open_workspace(config: Config, environ: Mapping[str, str]) -> Workspace:
    """The workspace of a configuration. Nothing is opened yet."""
    return Workspace(config, environ)
