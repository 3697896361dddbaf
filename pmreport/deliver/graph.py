"""A mail given to Microsoft Graph: the same message over HTTPS, for companies without SMTP."""

import base64
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from pmreport.deliver.parcel import Delivery, Parcel, UnknownFateError
from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
    UnreachableError,
)

GRAPH = "https://graph.microsoft.com/v1.0"
_TIMEOUT_SECONDS = (10.0, 60.0)
_ACCEPTED: Final = 202
_REDIRECTS = range(300, 400)
_UNKNOWN_FATE: Final = {408, 500, 502, 504}  # who answers so may have passed it on
_LATER: Final = {423, 429, 503, 509}
_LONGEST_WAIT: Final = 86_400
_UNCERTAIN_HINT = (
    "nobody knows whether it has arrived: look into your folder of sent mail; "
    "if it is not there, send it once more with --again"
)


def send(
    token: str,
    parcel: Parcel,
    *,
    base: str = GRAPH,
    timeout_seconds: tuple[float, float] = _TIMEOUT_SECONDS,
) -> Delivery:
    """Give the message to Microsoft Graph, which takes it for everybody in its header, or for nobody.

    `timeout_seconds` are those to connect and those to wait for the answer.

    Raises:
        UnknownFateError: no answer came after the message was sent.
        UnreachableError, TryLaterError, NotAuthorisedError, ConfigurationError, BadDataError: nobody gets it.
    """
    import requests

    try:
        with requests.Session() as session:
            session.auth = _Bearer(token)  # else a .netrc would take its place
            answer = session.post(
                f"{base}/users/{quote(parcel.sender.address)}/sendMail",
                data=base64.b64encode(parcel.content),
                headers={"Content-Type": "text/plain"},
                timeout=timeout_seconds,
                allow_redirects=False,
            )
    except requests.RequestException as error:
        raise _no_answer(error, base) from None  # its text may hold a proxy's password
    if answer.status_code == _ACCEPTED:
        return Delivery(accepted=parcel.recipients)
    raise _refusal(answer.status_code, _code_of(answer), answer.headers, parcel, base)


class _Bearer:
    """The token on its way, and nowhere else."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _no_answer(error: Exception, base: str) -> PmreportError:
    import requests

    check = "check the network, and HTTPS_PROXY where there is a proxy"
    match error:
        case requests.exceptions.SSLError():
            what = "the certificate of Microsoft Graph is not trusted"
            return UnreachableError(
                what, where=base, hint="name the authority of your company with REQUESTS_CA_BUNDLE"
            )
        case requests.exceptions.ProxyError():
            return UnreachableError(
                "the proxy does not get through to Microsoft Graph", where=base, hint=check
            )
        case requests.exceptions.ConnectTimeout():
            return UnreachableError("Microsoft Graph cannot be reached in time", where=base, hint=check)
        case requests.exceptions.ConnectionError() if _never_connected(error):
            return UnreachableError("Microsoft Graph cannot be reached", where=base, hint=check)
        case _:
            return UnknownFateError(
                "Microsoft Graph did not answer after the mail was on its way",
                where=base,
                hint=_UNCERTAIN_HINT,
            )


def _never_connected(error: Exception) -> bool:
    return any(mark in str(error) for mark in ("NewConnectionError", "NameResolutionError", "refused"))


def _code_of(answer: Any) -> str:
    """Graph's name for what is wrong; its sentence stays out: it may repeat the token."""
    try:
        code = str(answer.json()["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return ""
    return code if re.fullmatch(r"[A-Za-z0-9_.]{1,60}", code) else ""


def _refusal(status: int, code: str, headers: Mapping[str, str], parcel: Parcel, base: str) -> PmreportError:
    said = f"{status} {code}".strip()
    if status in _LATER:
        return TryLaterError(
            f"Microsoft Graph takes no mail now ({said})",
            where=base,
            hint="try it again in some minutes",
            resume_after_seconds=_wait(headers),
        )
    if status in _UNKNOWN_FATE:
        return UnknownFateError(
            f"Microsoft Graph failed with the mail in its hands ({said})", where=base, hint=_UNCERTAIN_HINT
        )
    return _for_good(status, said, parcel.sender.address, base)


def _for_good(status: int, said: str, sender: str, base: str) -> PmreportError:
    """A refusal that does not pass by itself."""
    match status:
        case 401:
            kind: type[PmreportError] = NotAuthorisedError
            what = "Microsoft Graph does not take the token"
            hint = "it may have expired: get a new one, or unset PMREPORT_MAIL_TOKEN to log in anew"
        case 403:
            kind, what = NotAuthorisedError, f"the token may not send mail as {sender}"
            hint = "the app registration needs the permission Mail.Send, and an administrator's consent"
        case 404:
            kind, what = ConfigurationError, f"Microsoft 365 has no mailbox {sender}"
            hint = "write `from` under [mail] as the address of the mailbox"
        case _ if status in _REDIRECTS:
            kind, what = UnreachableError, "something else than Microsoft Graph answers"
            hint = "a proxy may be in the way"
        case _:
            kind, what = BadDataError, "Microsoft Graph does not take the mail"
            hint = "check the recipients; nothing was sent"
    return kind(f"{what} ({said})", where=base, hint=hint)


def _wait(headers: Mapping[str, str]) -> float | None:
    said = headers.get("Retry-After", "")
    return float(min(int(said), _LONGEST_WAIT)) if said.isascii() and said.isdigit() else None
