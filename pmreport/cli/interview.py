"""The questions of `pmreport init`: each answer is tried at once, and a wrong one is asked for again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pmreport.app.setup import access, address, survey
from pmreport.app.setup.access import Access
from pmreport.app.setup.configuration import Beginning
from pmreport.app.setup.paste import board_words, points_reason
from pmreport.app.setup.survey import BoardFound
from pmreport.cli import ask
from pmreport.cli.screen import note, one_line
from pmreport.cli.session import Session
from pmreport.errors import (
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    UsageError,
)
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.jira.transport import ClientCertificateError, UntrustedSiteError
from pmreport.metrics.settings import FieldSettings
from pmreport.secrets import Places, Secret, Token, checked, jira_token, keep
from pmreport.secrets.keeping import require_home

if TYPE_CHECKING:
    from pmreport.jira.client import JiraClient
    from pmreport.model.rows import ProjectRow

_LISTED = 40  # so many projects or boards are shown to choose from
_MAKE_A_PAT = "A personal access token is made in Jira: your picture, Profile, Personal Access Tokens."
_API_TOKENS = "https://id.atlassian.com/manage-profile/security/api-tokens"


@dataclass(slots=True, kw_only=True)
class Wishes:
    """What was said by options; a wrong one is taken back, and then asked for."""

    url: str | None = None
    email: str | None = None
    cloud_id: str | None = None
    projects: Sequence[str] = ()
    boards: Sequence[str] = ()
    time_zone: str | None = None
    name: str | None = None
    ca_bundle: Path | None = None
    client_certificate: Path | None = None
    token_stdin: bool = False
    expires: str | None = None
    insecure_storage: bool = False
    store: str | None = None


class Interview:
    """One conversation. What was typed once is the default when it is asked for again."""

    def __init__(self, session: Session, wishes: Wishes) -> None:
        self._session = session
        self._wishes = wishes
        self._typed: dict[str, str] = {}
        self._typed_token: Secret | None = None
        self._looked = self._minded = False
        self._shown: dict[str, list[str]] = {}
        self._places = Places(session.environ)
        self._expires = ask.last_day(wishes.expires)

    def hold(self) -> Beginning:
        """Every question in turn. Raises PmreportError for a wrong option where nobody can be asked."""
        site = ask.until_right(self._session, self._site)
        opened, secret, visible = ask.until_right(self._session, lambda: self._access(site))
        note(f"Jira takes the token, as {one_line(opened.name)}.")
        if opened.site.cloud_id and not site.cloud_id:
            note(
                "It is a token with scopes: it goes through Atlassian's gateway, and the site's id is noted."
            )
        return ask.until_right(self._session, lambda: self._beginning(opened, secret, visible))

    def keep_token(self, site: SiteSettings) -> None:
        """Put the token that was typed where the next command finds it; else say how it does."""
        if self._typed_token is None:
            return
        insecure = self._wishes.insecure_storage
        try:
            kept = keep(site, self._typed_token, self._places, insecure=insecure, expires=self._expires)
        except PmreportError as error:
            ask.tell(error, self._session)
            note("The configuration is written; the token is not kept. Set PMREPORT_JIRA_TOKEN to go on.")
            return
        note(f"The token is kept here: {kept.source}")
        if kept.hidden_by:
            note(f"warning: another token is used before it, from {kept.hidden_by}")

    # -- the site

    def _site(self) -> SiteSettings:
        """The site at an address where a Jira answers."""
        url = address.base_url(self._answer("url", "Address of your Jira (https://...)"))
        site = SiteSettings(
            name=self._label(url),
            url=url,
            cloud_id=self._wishes.cloud_id,
            ca_bundle=self._file("ca_bundle"),
            client_certificate=self._file("client_certificate"),
        )
        try:
            found = access.deployment_of(site)
        except UntrustedSiteError as error:
            return self._with_file(error, url, "ca_bundle", "File of your company's own authority")
        except ClientCertificateError as error:
            return self._with_file(error, url, "client_certificate", "File with your certificate and its key")
        return replace(site, deployment=found or _likely(site))

    def _label(self, url: str) -> str:
        name, self._wishes.name = self._wishes.name or address.label_of(url), None
        _validated("SiteName", name, "a site's name is letters, digits, dots and dashes; see --name")
        self._wishes.name = name
        return name

    def _with_file(self, error: PmreportError, url: str, wish: str, question: str) -> SiteSettings:
        """The site once more, with the file that it takes to reach it; without one, another address."""
        if not ask.can_ask():
            raise error
        ask.tell(error, self._session)
        typed = ask.text(f"{question} (Enter: none, another address)")
        setattr(self._wishes, wish, Path(typed) if typed else None)
        self._wishes.url = url if typed else None
        return self._site()

    def _file(self, wish: str) -> Path | None:
        """An absolute path. Raises ConfigurationError where no file is there; then it is wished no more."""
        path: Path | None = getattr(self._wishes, wish)
        if path is None:
            return None
        found = path.expanduser().absolute()
        if not found.is_file():
            setattr(self._wishes, wish, None)
            raise ConfigurationError("there is no file of this name", where=str(path), hint="check the path")
        return found

    # -- the token

    def _access(self, site: SiteSettings) -> tuple[Access, Secret, "tuple[ProjectRow, ...]"]:
        """A token that Jira takes and that sees a project."""
        site = replace(site, email=self._email(site))
        secret = self._secret(site)
        opened = access.sign_in(site, secret)
        with access.opened(opened.site, secret) as client:
            return opened, secret, survey.projects(client)

    def _email(self, site: SiteSettings) -> str | None:
        if site.deployment is Deployment.DATACENTER:
            return None
        email = self._answer("email", "Email of your Atlassian account")
        _validated("MailAddress", email, 'a mail address looks like "pm@acme.example"')
        return email

    def _secret(self, site: SiteSettings) -> Secret:
        """The token that lies somewhere already, else the one that is typed or piped."""
        if not self._wishes.token_stdin and (found := self._found(site)):
            note(f"The token that is used: {found.source}")
            return found.secret
        self._mind_the_keyring(site)
        if not ask.can_ask():
            self._typed_token = checked(ask.piped_token(), "standard input")
            return self._typed_token
        if self._typed_token is None:
            is_center = site.deployment is Deployment.DATACENTER
            note(_MAKE_A_PAT if is_center else f"An API token is made here: {_API_TOKENS}")
        typed = ask.token("Token" if self._typed_token is None else "Token (Enter: the same again)")
        if typed.strip() or self._typed_token is None:
            self._typed_token = checked(typed, "what was typed")
        return self._typed_token

    def _found(self, site: SiteSettings) -> Token | None:
        """A token that lies somewhere already. On a terminal it is looked for once: Jira may refuse it."""
        if self._looked:
            return None
        self._looked = True
        try:
            return jira_token(site, self._session.environ)
        except NotAuthorisedError:
            if not ask.can_ask():
                raise
            return None

    def _mind_the_keyring(self, site: SiteSettings) -> None:
        """Without a keyring a token that is typed is not kept: better said before it is typed, and once."""
        if self._minded:
            return
        self._minded = True
        try:
            require_home(site, self._places, insecure=self._wishes.insecure_storage)
        except NotAuthorisedError as error:
            if not ask.can_ask():
                raise
            ask.tell(error, self._session)
            note("You can go on: the token is used now, and not kept.")

    # -- what to read

    def _beginning(self, opened: Access, secret: Secret, visible: "Sequence[ProjectRow]") -> Beginning:
        """What is read of the site, and the zone of the reports."""
        with access.opened(opened.site, secret) as client:
            projects = ask.until_right(self._session, lambda: self._projects(visible), again=UsageError)
            keys = [row.project_key for row in projects]
            shown = survey.boards(client, keys)
            boards = ask.until_right(self._session, lambda: self._boards(shown), again=UsageError)
            read = [board for board in shown if not boards or board.board_id in boards]
            surveyed = self._fields(client, keys, read)
        zone = ask.until_right(self._session, lambda: self._zone(opened.time_zone), again=UsageError)
        return Beginning(
            access=opened,
            projects=projects,
            boards=boards,
            shown=shown,
            survey=surveyed,
            time_zone=zone,
            store=self._wishes.store,
        )

    def _projects(self, visible: "Sequence[ProjectRow]") -> "tuple[ProjectRow, ...]":
        only = visible[0].project_key if len(visible) == 1 else None
        if (asked := self._listed("projects")) or not ask.can_ask():
            return survey.chosen(asked or ([only] if only else []), visible)
        rows = [
            f"{number:>3}  {row.project_key:<12} {one_line(row.name)}"
            for number, row in enumerate(visible, 1)
        ]
        self._show("The projects that you can see:", rows)
        default = self._typed.get("projects") or only
        self._typed["projects"] = ask.text("Projects, by key or number, with commas", default)
        return survey.chosen(ask.words(self._typed["projects"]), visible)

    def _boards(self, shown: Sequence[BoardFound]) -> tuple[int, ...]:
        if (asked := self._listed("boards")) or not ask.can_ask():
            return survey.chosen_boards(asked, shown)
        if not shown:
            note("These projects have no board: the reports come from the issues alone.")
            return ()
        self._show("Their boards:", [f"{board.board_id:>6}  {board_words(board)}" for board in shown])
        return survey.chosen_boards(ask.words(ask.text("Boards, by number (Enter: all of them)")), shown)

    def _listed(self, wish: str) -> list[str]:
        """What options name, once: a wrong one is asked for then."""
        said = [word for text in getattr(self._wishes, wish) for word in ask.words(text)]
        setattr(self._wishes, wish, ())
        return said

    def _show(self, title: str, rows: Sequence[str]) -> None:
        """What there is to choose from; the same list is not shown a second time after a wrong answer."""
        lines = [title, *(f"  {row}" for row in rows[:_LISTED])]
        if len(rows) > _LISTED:
            lines.append(f"  and {len(rows) - _LISTED} more, which can be named too")
        if lines != self._shown.get(title):
            self._shown[title] = lines
            note("\n" + "\n".join(lines))

    def _fields(
        self, client: "JiraClient", keys: Sequence[str], boards: Sequence[BoardFound]
    ) -> survey.FieldSurvey:
        found = survey.fields(client, keys, boards, FieldSettings())
        for key in keys:
            note(f"Story points of {key}: {one_line(points_reason(found, key))}")
        return found

    def _zone(self, proposed: str | None) -> str:
        zone = self._wishes.time_zone
        self._wishes.time_zone = None
        if zone is None:
            zone = ask.text("Time zone of the reports", proposed or "UTC") if ask.can_ask() else proposed
        zone = zone or "UTC"
        _validated("Zone", zone, f'there is no time zone "{zone}"; they look like Europe/Berlin')
        return zone

    def _answer(self, key: str, question: str) -> str:
        """What the option says the first time, else what is typed, with the last answer as the default."""
        said = getattr(self._wishes, key)
        setattr(self._wishes, key, None)
        if said is None and not ask.can_ask():
            raise UsageError(f"--{key} is missing, and there is no terminal to ask at")
        self._typed[key] = said if said is not None else ask.text(question, self._typed.get(key))
        return self._typed[key]


def _likely(site: SiteSettings) -> Deployment:
    """The product, of a site that tells nothing to strangers."""
    is_cloud = site.cloud_id is not None or address.is_cloud(site.url)
    return Deployment.CLOUD if is_cloud else Deployment.DATACENTER


def _validated(kind: str, value: str, what: str) -> None:
    from pydantic import TypeAdapter, ValidationError

    from pmreport.config import kinds

    try:
        TypeAdapter(getattr(kinds, kind)).validate_python(value)
    except ValidationError:
        raise UsageError(what) from None
