"""One request to Jira, asked until it is answered or there is no point in asking again."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pmreport.errors import (
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
    UnreachableError,
)
from pmreport.jira import answers
from pmreport.jira.address import GATEWAY, base_url, place_of
from pmreport.jira.credential import Credential
from pmreport.jira.dialect import Dialect
from pmreport.jira.outage import OUR_CERTIFICATE, ClientCertificateError, SetbackError, UntrustedSiteError
from pmreport.jira.retry import RetryPolicy, is_quota, retry_after_seconds, wait_seconds
from pmreport.jira.settings import SiteSettings
from pmreport.jira.wire import Bounds, Params, StaleConnectionError, Wire

__all__ = [
    "GATEWAY",
    "ClientCertificateError",
    "Params",
    "Patience",
    "Traffic",
    "Transport",
    "UntrustedSiteError",
]

_LOGIN = re.compile(r"(?i)\b(?:login|signin|sso|saml)\b")
_RESUME = "Run the sync again; it goes on where it stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What was sent so far: requests (repeats included), repeats, and seconds waited between them."""

    requests: int = 0
    retries: int = 0
    waited_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience(Bounds):
    """How long to wait for an answer and between tries; tests bring their own clock and dice."""

    policy: RetryPolicy = field(default_factory=RetryPolicy)
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


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
        self._wire = Wire(self.base, site, credential, patience)
        self._lock = threading.Lock()
        self._reached = False

    def close(self) -> None:
        """End the sessions and their connections."""
        self._wire.close()

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
            answer = self._wire.send(method, path, params, body)
        except StaleConnectionError:  # nobody has failed: the connection was idle for too long
            self._count(requests=1)
            answer = self._wire.send(method, path, params, body)
        self._reached = True
        return answer

    def _limited(self, answer: answers.Answer) -> Exception:
        asked = retry_after_seconds(answer.headers)
        if is_quota(answer.headers):
            return self._later("Jira's hourly quota is used up.", asked, answer.path)
        return SetbackError("it limits the rate of requests", asked=asked, limited=True)

    def _redirected(self, answer: answers.Answer) -> PmreportError:
        place = place_of(answer.headers.get("Location", ""))
        if _LOGIN.search(place):
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
        if setback.about_certificate and not self._reached:
            raise ClientCertificateError(
                f"Jira cannot be reached: {setback.what}, as those do that want a client certificate.",
                where=self.base,
                hint=OUR_CERTIFICATE,
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
