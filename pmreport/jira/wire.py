"""One request over the network, and its whole answer; or, in words, why there is none."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests
from jira import JIRA

from pmreport import __version__
from pmreport.errors import BadDataError, UnreachableError
from pmreport.jira.address import no_address
from pmreport.jira.answers import Answer
from pmreport.jira.credential import Credential
from pmreport.jira.deadline import Deadline, TimelyAdapter, within
from pmreport.jira.outage import FAULTS, is_cut, outage
from pmreport.jira.settings import SiteSettings

Params = Mapping[str, str | int | list[str]]

_HEADERS = {
    "User-Agent": f"pmreport/{__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "Accept-Language": "en",  # names of fields and statuses come in the caller's language otherwise
    "X-Force-Accept-Language": "true",
}
_PIECE = 64 * 1024
_MEGABYTE = 1024 * 1024
_SMALLER = "A smaller `page_size` under [sync] makes the answers smaller."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long an answer may take and how large it may be.

    `timeout` is the wait for the connection and for each piece of the answer, `total_seconds` for all of it
    from its first byte to its last, in seconds of `clock`. `most_bytes` counts unpacked ones.
    """

    timeout: tuple[float, float] = (10.0, 120.0)
    total_seconds: float = 300.0
    most_bytes: int = 256 * _MEGABYTE
    clock: Callable[[], float] = time.monotonic


class StaleConnectionError(Exception):
    """The server had closed a connection that was kept open for the next request; a new one will do."""


@dataclass(slots=True, kw_only=True)
class _Line:
    """The session of one thread. `kept` is whether a connection of it may still be open."""

    session: requests.Session
    adapter: TimelyAdapter
    settings: Mapping[str, Any]
    kept: bool = False


class Wire:
    """The connections to one site, one session for each thread: a session is not made for two at once."""

    def __init__(self, base: str, site: SiteSettings, credential: Credential, bounds: Bounds) -> None:
        self.base = base
        self._credential = credential
        self._bounds = bounds
        self._verify = str(site.ca_bundle) if site.ca_bundle else None
        self._certificate = str(site.client_certificate) if site.client_certificate else None
        self._lines: list[_Line] = []
        self._mine = threading.local()
        self._lock = threading.Lock()

    def close(self) -> None:
        """End the sessions and their connections."""
        for line in self._lines:
            line.session.close()

    def send(self, method: str, path: str, params: Params | None, body: Any) -> Answer:
        """The answer to one request, of whatever status. Nothing is asked twice and no redirect is followed.

        Raises:
            SetbackError: no whole answer came; it may come the next time.
            StaleConnectionError: the server has closed a kept connection; it will answer on a new one.
            UnreachableError: no secure connection, or the answer takes longer than it may.
            BadDataError: the answer is larger than it may be.
            ConfigurationError: an address, a proxy or a certificate file that cannot be used.
        """
        line = self._line()
        kept, line.kept = line.kept, False
        request = self._prepared(line, method, path, params, body)
        with within(self._bounds.total_seconds, self._bounds.clock) as deadline:
            try:
                # The adapter's own `send`: that of the session follows redirects, keeps cookies, asks the
                # environment anew each time; that of the library raises errors whose text dumps all headers.
                response = line.adapter.send(
                    request, stream=True, timeout=self._bounds.timeout, **line.settings
                )
                with response:
                    found = self._whole(response, path)
            except FAULTS as error:
                # `from None`: the original holds the request with its Authorization header.
                raise self._unanswered(error, deadline, path, line=line, kept=kept) from None
        line.kept = True
        return Answer(status=response.status_code, headers=response.headers, body=found, path=path)

    def _prepared(
        self, line: _Line, method: str, path: str, params: Params | None, body: Any
    ) -> requests.PreparedRequest:
        wanted = requests.Request(method, f"{self.base}/{path}", params=params, json=body)
        try:
            return line.session.prepare_request(wanted)
        except ValueError:
            raise no_address(self.base) from None

    def _whole(self, response: requests.Response, path: str) -> bytes:
        """The unpacked body, read piece by piece: a few bytes on the wire may unpack to all the memory."""
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            if size > self._bounds.most_bytes:
                raise BadDataError(
                    f"An answer is larger than {self._bounds.most_bytes / _MEGABYTE:g} megabytes.",
                    where=f"{self.base}/{path}",
                    hint=_SMALLER,
                )
            pieces.append(piece)
        return b"".join(pieces)

    def _line(self) -> _Line:
        """The session of this thread."""
        line: _Line | None = getattr(self._mine, "line", None)
        if line is None:
            line = self._mine.line = self._new_line()
            with self._lock:
                self._lines.append(line)
        return line

    def _new_line(self) -> _Line:
        session = _session(self.base, self._credential)
        adapter = TimelyAdapter()
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        settings = session.merge_environment_settings(self.base, {}, True, self._verify, self._certificate)
        if self.base.startswith(
            "http:"
        ):  # this machine: a proxy would look for it at home, and read the token
            settings["proxies"] = {}
        settings.pop("stream")
        return _Line(session=session, adapter=adapter, settings=settings)

    def _unanswered(
        self, error: Exception, deadline: Deadline, path: str, *, line: _Line, kept: bool
    ) -> Exception:
        if deadline.has_passed:
            return UnreachableError(
                f"Jira has not answered in full within {self._bounds.total_seconds:g} seconds.",
                where=f"{self.base}/{path}",
                hint=f"Check the network. {_SMALLER}",
            )
        if kept and is_cut(error):
            return StaleConnectionError()
        bundle = line.settings["verify"]
        return outage(
            error,
            self.base,
            bundle=bundle if isinstance(bundle, str) else None,
            certificate=self._certificate,
        )


def _session(base: str, credential: Credential) -> requests.Session:
    """A session of the library's client, which is all that is used of it: login and headers."""
    login: dict[str, Any] = (
        {"basic_auth": (credential.email, credential.token)}
        if credential.email
        else {"token_auth": credential.token}
    )
    client = JIRA(
        server=base,
        options={"headers": dict(_HEADERS)},
        max_retries=0,
        get_server_info=False,
        logging=False,
        **login,
    )
    session: requests.Session = client._session  # noqa: SLF001 - a private name; the version is bounded
    if credential.is_anonymous:
        session.auth = _nobody  # else the login of a .netrc file would go along
    return session


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """A request without a login."""
    return request
