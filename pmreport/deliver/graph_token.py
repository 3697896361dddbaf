"""A token for Microsoft Graph: of a person who logs in with a browser, or of an app with its own secret."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pmreport.errors import ConfigurationError, NotAuthorisedError, UnreachableError

AUTHORITY = "https://login.microsoftonline.com"
_OF_PERSON = ["https://graph.microsoft.com/Mail.Send"]
_OF_APP = ["https://graph.microsoft.com/.default"]


@dataclass(frozen=True, slots=True)
class Granted:
    """A token that lives for about an hour, and what gets the next one (None: there is nothing to keep)."""

    token: str
    refresh: str | None = None

    def __repr__(self) -> str:
        return "Granted([hidden])"


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The app registration by which we ask. `http` stands for the network, in tests."""

    tenant: str
    client_id: str
    http: Any = None

    @property
    def place(self) -> str:
        """Where it is asked, as people see it."""
        return f"{AUTHORITY}/{self.tenant}"


def of_app(app: App, secret: str) -> Granted:
    """The token of the app itself, for runs without anybody. Raises NotAuthorisedError, UnreachableError."""
    msal = _library()
    return _asked(
        app,
        lambda: msal.ConfidentialClientApplication(
            app.client_id, authority=app.place, client_credential=secret, http_client=app.http
        ).acquire_token_for_client(_OF_APP),
    )


def renewed(app: App, refresh: str) -> Granted:
    """The next token of a person who has logged in before. Raises NotAuthorisedError, UnreachableError."""
    return _asked(app, lambda: _public(app).acquire_token_by_refresh_token(refresh, _OF_PERSON))


def of_person(app: App, tell: Callable[[str], None]) -> Granted:
    """The token of a person, who is told the page to open and the code to type there.

    Raises NotAuthorisedError where the login does not come about, UnreachableError.
    """

    def asked() -> Any:
        client = _public(app)
        flow = client.initiate_device_flow(_OF_PERSON)
        if "user_code" not in flow:
            return flow
        tell(f"Open {flow['verification_uri']} and type the code {flow['user_code']}")
        return client.acquire_token_by_device_flow(flow)

    return _asked(app, asked)


def _public(app: App) -> Any:
    return _library().PublicClientApplication(app.client_id, authority=app.place, http_client=app.http)


def _library() -> Any:
    try:
        import msal  # type: ignore[import-untyped]
    except ImportError as error:
        raise ConfigurationError(
            "Microsoft Graph needs a package that is not installed",
            where="[mail] transport",
            hint="pip install 'pmreport[m365]', or set PMREPORT_MAIL_TOKEN",
        ) from error
    return msal


def _asked(app: App, ask: Callable[[], Any]) -> Granted:
    """The answer in words of ours: Microsoft's may hold anything."""
    import requests

    try:
        answer = ask()
    except (requests.RequestException, json.JSONDecodeError, KeyError):  # the last two: somebody else answers
        raise UnreachableError(
            "Microsoft's login cannot be reached", where=app.place, hint="check the network and the proxy"
        ) from None
    except ValueError:  # how the library says that there is no such tenant
        raise ConfigurationError(
            "Microsoft 365 knows no such organisation", where=app.place, hint="check `tenant` under [mail]"
        ) from None
    if token := answer.get("access_token"):
        return Granted(str(token), answer.get("refresh_token"))
    raise NotAuthorisedError(
        f"Microsoft does not let us in ({_kind(answer)})",
        where=app.place,
        hint="check `client_id` under [mail], its permission Mail.Send and its secret, or log in again",
    )


def _kind(answer: Any) -> str:
    kind = str(answer.get("error", ""))
    return kind if kind.isascii() and kind.replace("_", "").isalpha() else "no reason given"
