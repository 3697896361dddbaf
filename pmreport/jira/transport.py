"""One request to Jira, asked until it is answered or there is no point in asking again."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from jira import JIRA

from pmreport import __version__
from pmreport.errors import (
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
    UnreachableError,
)
from pmreport.jira import answers
from pmreport.jira.credential import Credential, redacted
from pmreport.jira.dialect import Dialect
from pmreport.jira.retry import RetryPolicy, is_quota, retry_after_seconds, wait_seconds
from pmreport.jira.settings import SiteSettings

GATEWAY = "https://api.atlassian.com"
Params = Mapping[str, str | int | list[str]]

_HEADERS = {
    "User-Agent": f"pmreport/{__version__}",
    "Accept": "application/json",
    "Accept-Language": "en",  # names of fields and statuses come in the caller's language otherwise
    "X-Force-Accept-Language": "true",
}
_UNKNOWN_AUTHORITY = "nobody we know vouches for it"
_UNTRUSTED = {  # how OpenSSL begins, and what we say
    "certificate has expired": "it has expired",
    "ostname mismatch": "it belongs to another host",
    "IP address mismatch": "it belongs to another host",
    "not yet valid": "it is not valid yet; is the clock of this machine right?",
}
_OUR_CERTIFICATE = "Set `client_certificate` under [site]: a file with certificate and key."
_NO_KEY_IN_IT = ("PEM lib", "PEM_LIB", "KEY_VALUES_MISMATCH", "NO_START_LINE")
_WANTS_OURS = (  # the alerts of a server that is not content with the caller's certificate
    "alert certificate required",
    "alert bad certificate",
    "alert unknown ca",
    "alert handshake failure",
    "alert certificate unknown",
)
_RESUME = "Run the sync again; it goes on where it stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What was sent so far: requests (repeats included), repeats, and seconds waited between them."""

    requests: int = 0
    retries: int = 0
    waited_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for an answer and between tries; tests bring their own clock and dice."""

    policy: RetryPolicy = field(default_factory=RetryPolicy)
    timeout: tuple[float, float] = (10.0, 120.0)
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


class UntrustedSiteError(UnreachableError):
    """The site's certificate does not prove to us that it is the site."""


class ClientCertificateError(UnreachableError):
    """The site asks for a certificate of ours, or does not like the one it got."""


class SetbackError(Exception):
    """A try that failed in a way that may pass. `asked` is the wait the server wishes for.

    `about_certificate` is for a failure behind which a missing certificate of ours may stand.
    """

    def __init__(
        self,
        what: str,
        *,
        asked: float | None = None,
        limited: bool = False,
        about_certificate: bool = False,
    ) -> None:
        super().__init__(what)
        self.about_certificate = about_certificate
        self.what = what
        self.asked = asked
        self.limited = limited


def base_url(site: SiteSettings, gateway: str = GATEWAY) -> str:
    """Where the REST resources stand: the site with its context path, or the gateway for a scoped token.

    Raises ConfigurationError for plain http to anything but this machine: the token would travel readable.
    """
    url = f"{gateway}/ex/jira/{site.cloud_id}" if site.cloud_id else site.url
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(
            f"The site's url is no web address: {redacted(url)}", hint='Write it like "https://acme.example".'
        )
    if parts.username or parts.password:
        raise ConfigurationError(
            "The site's url holds a login.",
            where=redacted(url),
            hint="Take it out; the token goes into PMREPORT_JIRA_TOKEN, a token file, or the keyring.",
        )
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ConfigurationError(
            "Plain http would send the token readable over the network.",
            where=url,
            hint="Use https in `url` under [site].",
        )
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Transport:
    """The session with one site: who we are, what was sent, and how failures are met."""

    def __init__(
        self, site: SiteSettings, credential: Credential, *, patience: Patience, gateway: str = GATEWAY
    ) -> None:
        self.base = base_url(site, gateway)
        self.account: str | None = None
        self.traffic = Traffic()
        self._credential = credential
        self._patience = patience
        self._verify = str(site.ca_bundle) if site.ca_bundle else None
        self._certificate = str(site.client_certificate) if site.client_certificate else None
        self._sessions: list[requests.Session] = []
        self._mine = threading.local()  # a session is not made for two threads at once
        self._lock = threading.Lock()
        self._reached = False

    def close(self) -> None:
        """End the sessions and their connections."""
        for session in self._sessions:
            session.close()

    def ask(
        self, dialect: Dialect, method: str, path: str, *, params: Params | None = None, body: Any = None
    ) -> Any:
        """The JSON that Jira answers with.

        Raises:
            NotAuthorisedError: the token was refused, openly or by an anonymous answer.
            RefusedError: Jira said no to this request.
            TryLaterError: a limit is used up.
            UnreachableError: no readable answer after several tries.
        """
        attempt = 1
        while True:
            try:
                return self._once(dialect, method, path, params=params, body=body)
            except SetbackError as setback:
                wait = self._wait(setback, attempt, path)
            self._pause(wait)
            attempt += 1

    def _once(self, dialect: Dialect, method: str, path: str, *, params: Params | None, body: Any) -> Any:
        answer = self._send(method, path, params, body)
        answers.check_identity(answer, self._credential, dialect, self.account)
        if answer.status == 429:  # noqa: PLR2004 - HTTP
            raise self._limited(answer)
        if answer.status >= 500:  # noqa: PLR2004 - HTTP
            raise SetbackError(f"status {answer.status}", asked=retry_after_seconds(answer.headers))
        if 300 <= answer.status < 400:  # noqa: PLR2004 - HTTP
            raise self._redirected(answer)
        if answer.status >= 400:  # noqa: PLR2004 - HTTP
            raise answers.refusal(answer, self._credential)
        try:
            return answers.parsed(answer)
        except answers.UnreadableAnswerError as error:
            raise SetbackError(f"it answered with {error} instead of data") from None

    def _send(self, method: str, path: str, params: Params | None, body: Any) -> answers.Answer:
        self._count(requests=1)
        try:
            # Session.request and not the library's own: that one raises errors whose text dumps all headers.
            response = requests.Session.request(
                self._session(),
                method,
                f"{self.base}/{path}",
                params=params,
                json=body,
                timeout=self._patience.timeout,
                allow_redirects=False,  # a token must not follow to another host
                verify=self._verify,
                cert=self._certificate,
            )
        except (
            OSError
        ) as error:  # the root of requests' errors, and what an unreadable certificate file raises
            # `from None`: the original holds the request with its Authorization header.
            raise self._unanswered(error) from None
        self._reached = True
        return answers.Answer(
            status=response.status_code, headers=response.headers, body=response.content, path=path
        )

    def _session(self) -> requests.Session:
        """The session of this thread."""
        session: requests.Session | None = getattr(self._mine, "session", None)
        if session is None:
            session = self._mine.session = _session(self.base, self._credential, self._patience)
            with self._lock:
                self._sessions.append(session)
        return session

    def _unanswered(self, error: OSError) -> Exception:
        if not isinstance(error, requests.RequestException):
            return ConfigurationError(
                "A certificate file under [site] cannot be read.", where=self._verify or self._certificate
            )
        said = repr(error)
        if "EOF occurred" in said or "UNEXPECTED_EOF" in said:  # the alert of who turns us away may get lost
            return SetbackError("it breaks off the encrypted connection", about_certificate=not self._reached)
        return self._unproven(said) or SetbackError(_cause(error))

    def _unproven(self, said: str) -> PmreportError | None:
        """What is wrong with a certificate, theirs or ours; None where none is. `said` is never shown."""
        if "CERTIFICATE_VERIFY_FAILED" in said:
            why = next((why for sign, why in _UNTRUSTED.items() if sign in said), _UNKNOWN_AUTHORITY)
            return UntrustedSiteError(
                f"The certificate of the site is not trusted: {why}.",
                where=self.base,
                hint="For a company's own authority set `ca_bundle` under [site].",
            )
        if self._certificate and any(sign in said for sign in _NO_KEY_IN_IT):
            return ConfigurationError(
                "The client certificate under [site] cannot be used.",
                where=self._certificate,
                hint="The file holds the certificate and its key, one after the other, as PEM.",
            )
        if any(sign in said.lower().replace("_", " ") for sign in _WANTS_OURS):
            what = "takes our client certificate for none of its own" if self._certificate else "asks for one"
            return ClientCertificateError(
                f"The site wants a client certificate and {what}.",
                where=self.base,
                hint=_OUR_CERTIFICATE,
            )
        if "SSLError(" in said:
            return UnreachableError(
                "No encrypted connection comes about.",
                where=self.base,
                hint="Check that `url` under [site] and its port speak https.",
            )
        return None

    def _limited(self, answer: answers.Answer) -> Exception:
        asked = retry_after_seconds(answer.headers)
        if is_quota(answer.headers):
            return self._later("Jira's hourly quota is used up.", asked, answer.path)
        return SetbackError("it limits the rate of requests", asked=asked, limited=True)

    def _redirected(self, answer: answers.Answer) -> PmreportError:
        target = urlsplit(answer.headers.get("Location", ""))
        host = f"{target.scheme}://{target.hostname}" if target.hostname else ""
        place = redacted(host + target.path)
        if "login" in target.path.lower() or "sso" in target.path.lower():
            return NotAuthorisedError(
                f"Jira sends us to a login page: {place}",
                where=answer.path,
                hint="The token is not accepted here; make a new one and put it where the old one was.",
            )
        return ConfigurationError(
            f"The site has moved to {place}",
            where=self.base,
            hint="Set `url` under [site] to the new address.",
        )

    def _wait(self, setback: SetbackError, attempt: int, path: str) -> float:
        """Seconds until the next try; raises when there shall be none."""
        policy = self._patience.policy
        if setback.asked is not None and setback.asked > policy.longest_wait:
            raise self._later("Jira asks for a long pause.", setback.asked, path) from None
        tries = policy.tries if self._reached else min(2, policy.tries)
        if attempt < tries:  # a wish of 0 is none: Data Center says it all the time
            return wait_seconds(policy, attempt, setback.asked or None, self._patience.jitter())
        if setback.about_certificate and not self._certificate:
            raise ClientCertificateError(
                f"Jira cannot be reached: {setback.what}, as those do that want a client certificate.",
                where=self.base,
                hint=_OUR_CERTIFICATE,
            ) from None
        if setback.limited:
            raise self._later("Jira limits the rate of requests.", setback.asked, path) from None
        raise UnreachableError(
            f"Jira cannot be reached: {setback.what}.",
            where=f"{self.base}/{path}",
            hint="Check the network, the proxy and `url` under [site], then run the command again.",
        ) from None

    def _later(self, what: str, seconds: float | None, path: str) -> TryLaterError:
        when = f" It may be asked again in {seconds:.0f} seconds." if seconds else ""
        return TryLaterError(what + when, where=path, hint=_RESUME, resume_after_seconds=seconds or None)

    def _pause(self, seconds: float) -> None:
        self._count(retries=1, waited=seconds)
        self._patience.sleep(seconds)

    def _count(self, *, requests: int = 0, retries: int = 0, waited: float = 0.0) -> None:
        with self._lock:
            so_far = self.traffic
            self.traffic = Traffic(
                requests=so_far.requests + requests,
                retries=so_far.retries + retries,
                waited_seconds=so_far.waited_seconds + waited,
            )


def _session(base: str, credential: Credential, patience: Patience) -> requests.Session:
    """A session of the library's client, which is all that is used of it: login, certificates, proxies."""
    login: dict[str, Any] = (
        {"basic_auth": (credential.email, credential.token)}
        if credential.email
        else {"token_auth": credential.token}
    )
    client = JIRA(
        server=base,
        options={"headers": dict(_HEADERS)},
        max_retries=0,
        timeout=patience.timeout,
        get_server_info=False,
        logging=False,
        **login,
    )
    # Data Center counts requests of a cookie session differently; we never send one.
    session: requests.Session = client._session  # noqa: SLF001 - a private name; the version is bounded
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if credential.is_anonymous:
        session.auth = _nobody  # else the login of a .netrc file would go along
    return session


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """A request without a login."""
    return request


def _cause(error: requests.RequestException) -> str:
    """Why nothing came back, in words; never the exception's text, which may hold a proxy's password."""
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not answer"
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return "it does not take the connection in time"
    if isinstance(error, requests.exceptions.Timeout):
        return "it does not answer in time"
    if "NameResolution" in repr(error):
        return "its name is not known"
    if "refused" in repr(error):
        return "the connection was refused"
    return "the connection broke off"
