"""A Jira site asked as one user, answering in plain JSON objects. Nothing is ever written to Jira."""

import logging
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

from pmreport.errors import UnreachableError
from pmreport.jira.credential import Credential, redacted
from pmreport.jira.crew import Crew
from pmreport.jira.dialect import Dialect, dialect_of
from pmreport.jira.forgetting import Forgetting
from pmreport.jira.paging import Json, objects, offset_pages
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import GATEWAY, Params, Patience, Traffic, Transport
from pmreport.model.forgotten import Forgotten

_LOG = logging.getLogger(__name__)

AGILE_PAGE = 50  # the cap of the agile resources

Shape = TypeVar("Shape")


class Connection:
    """What the resources of a site share: one transport, one dialect, and what is to be forgotten."""

    def __init__(
        self,
        site: SiteSettings,
        credential: Credential,
        *,
        patience: Patience | None = None,
        connections: int = 4,
        gateway: str = GATEWAY,
        forgotten: Forgotten | None = None,
    ) -> None:
        self.site = site
        self.dialect: Dialect = dialect_of(site.deployment)
        self._transport = Transport(site, credential, patience=patience or Patience(), gateway=gateway)
        self._connections = connections
        self._crew: Crew | None = None
        self._warnings: set[str] = set()
        self.forgetting = Forgetting(forgotten or Forgotten(site.url))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        if self._crew is not None:
            self._crew.close()
        self._transport.close()

    @property
    def crew(self) -> Crew:
        """As many workers as the server bears; so it is asked for only after the server was."""
        if self._crew is None:
            self._crew = Crew(min(self._connections, self.dialect.parallel_requests))
        return self._crew

    @property
    def traffic(self) -> Traffic:
        """Requests, repeats and waits so far."""
        return self._transport.traffic

    def _warn(self, words: str) -> None:
        """Log what Jira warns of, the same words once."""
        if (said := redacted(words)) not in self._warnings:
            self._warnings.add(said)
            _LOG.warning("Jira warns of a search: %s", said)

    def _cleaned(self, found: Json) -> Json:
        """An answer without what is to be forgotten."""
        return {name: self.forgetting.clean(held) for name, held in found.items()}

    def _pages(
        self, path: str, items: str, params: Params | None = None, *, size: int = AGILE_PAGE, start: int = 0
    ) -> Iterator[list[Json]]:
        asked = {**(params or {}), "maxResults": size}
        return offset_pages(lambda first: self._object(path, {**asked, "startAt": first}), items, start)

    def _object(self, path: str, params: Params | None = None) -> Json:
        return self._expect(dict, path, self._transport.ask(self.dialect, "GET", path, params=params))

    def _list(self, path: str) -> list[Json]:
        return objects(self._expect(list, path, self._transport.ask(self.dialect, "GET", path)))

    def _post(self, path: str, body: Json) -> Json:
        return self._expect(dict, path, self._transport.ask(self.dialect, "POST", path, body=body))

    def _expect(self, shape: type[Shape], path: str, found: Any) -> Shape:
        if isinstance(found, shape):
            return found
        raise UnreachableError(
            "Something other than Jira answers at this address.",
            where=f"{self._transport.base}/{path}",
            hint="Check `url` under [site], with its context path.",
        )
