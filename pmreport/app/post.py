"""The way out that the configuration names: whether it is whole, and a mail handed over to it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pmreport.deliver import folder, graph, graph_token, smtp
from pmreport.deliver.connection import MailServer
from pmreport.deliver.graph_token import App, Granted
from pmreport.deliver.login import Login
from pmreport.deliver.parcel import Delivery, Parcel
from pmreport.deliver.settings import MailSettings, MailTransport
from pmreport.errors import ConfigurationError, NotAuthorisedError
from pmreport.secrets import Places, keyrings, mail_password, mail_token, mail_user

GRAPH_HOST = "graph.microsoft.com"
_MISSING = {
    MailTransport.SMTP: ("host", '[mail]\nhost = "smtp.company.example"'),
    MailTransport.FOLDER: ("folder", '[mail]\ntransport = "folder"\nfolder = "outbox"'),
}
Tell = Callable[[str], None]


def place(settings: MailSettings) -> str:
    """Where the mail goes first, as people say it. Raises ConfigurationError where a key is missing."""
    key, lines = _MISSING.get(settings.transport, ("transport", ""))
    if getattr(settings, key) is None:
        raise ConfigurationError(
            f"mail has no way out: `{key}` is not set", where="[mail]", hint=f"write:\n{lines}"
        )
    match settings.transport:
        case MailTransport.SMTP:
            return server_of(settings).place
        case MailTransport.FOLDER:
            return f"the folder {settings.folder}"
        case MailTransport.GRAPH:
            return "Microsoft Graph"


def server_of(settings: MailSettings) -> MailServer:
    """The mail server of the settings, where one is set."""
    return MailServer(
        host=settings.host or "",
        port=settings.port,
        security=settings.security,
        ca_bundle=settings.ca_bundle,
        ehlo_name=settings.ehlo_name,
    )


class Post:
    """A way out that is ready: its secrets are found, and nothing has been sent yet."""

    def __init__(self, settings: MailSettings, environ: Mapping[str, str], tell: Tell | None) -> None:
        """Find what the way needs. `tell` speaks to a person who can open a page; None: nobody is there.

        Raises NotAuthorisedError where a password or a token is missing; ConfigurationError, also where the
        folder for mails is; UnreachableError.
        """
        self._settings = settings
        self._login: Login | None = None
        self._token = ""
        match settings.transport:
            case MailTransport.SMTP:
                self._login = _login(settings, environ)
            case MailTransport.GRAPH:
                self._token = _graph_token(settings, environ, tell)
            case MailTransport.FOLDER:
                folder.check(_folder(settings))

    def hand_over(self, parcel: Parcel) -> Delivery:
        """Send it. Raises what the transport raises."""
        match self._settings.transport:
            case MailTransport.SMTP:
                return smtp.send(server_of(self._settings), self._login, parcel)
            case MailTransport.GRAPH:
                return graph.send(self._token, parcel, base=graph.GRAPH)
            case MailTransport.FOLDER:
                return folder.send(_folder(self._settings), parcel)


def _folder(settings: MailSettings) -> Path:
    assert settings.folder is not None  # noqa: S101 - `place` has seen to it
    return settings.folder


def _login(settings: MailSettings, environ: Mapping[str, str]) -> Login | None:
    """Who logs in: nobody where no user is set."""
    if settings.user is None:
        return None
    if token := mail_token(environ):
        return Login(user=settings.user, secret=token.reveal(), is_token=True)
    if password := mail_password(settings.user, settings.host or "", environ):
        return Login(user=settings.user, secret=password.reveal())
    name = mail_user(settings.user, settings.host or "")
    raise NotAuthorisedError(
        f"there is no password for {settings.user} at {settings.host}",
        where=f"the environment and the keyring (pmreport, {name})",
        hint="set PMREPORT_MAIL_PASSWORD or PMREPORT_MAIL_PASSWORD_FILE, "
        f"or keep it: keyring set pmreport {name}",
    )


def _graph_token(settings: MailSettings, environ: Mapping[str, str], tell: Tell | None) -> str:
    """A token: one that is given, one of the app's own secret, one of a login that was kept, a new login."""
    if given := mail_token(environ):
        return given.reveal()
    if settings.tenant is None or settings.client_id is None:
        raise ConfigurationError(
            "Microsoft Graph is asked by an app registration, and none is named",
            where="[mail]",
            hint='write:\n[mail]\ntenant = "company.example"\nclient_id = "…"\nor set PMREPORT_MAIL_TOKEN',
        )
    app = App(tenant=settings.tenant, client_id=settings.client_id)
    if secret := mail_password(settings.client_id, GRAPH_HOST, environ):
        return graph_token.of_app(app, secret.reveal()).token
    return _of_person(app, mail_user(settings.sender or "", GRAPH_HOST), Places(environ), tell).token


def _of_person(app: App, name: str, places: Places, tell: Tell | None) -> Granted:
    kept = next((text for home in places.homes if (text := keyrings.read(home, name))), None)
    if kept is not None:
        try:
            granted = graph_token.renewed(app, kept)
        except NotAuthorisedError:
            if tell is None:
                raise
            kept = None
    if kept is None:
        if tell is None:
            raise NotAuthorisedError(
                "nobody has logged in to Microsoft 365 yet",
                where=f"the keyring (pmreport, {name})",
                hint="run the command once in a terminal; "
                "or set PMREPORT_MAIL_PASSWORD to the secret of the app",
            )
        granted = graph_token.of_person(app, tell)
    if granted.refresh:
        _keep(granted.refresh, name, places, tell)
    return granted


def _keep(refresh: str, name: str, places: Places, tell: Tell | None) -> None:
    """Keep what gets the next token. A keyring that does not take it costs a login next time, and no mail."""
    for home in places.homes:
        try:
            keyrings.write(home, name, refresh)
        except NotAuthorisedError as error:
            if tell is not None:
                tell(f"The login is not kept: {error.what}.")
        return
