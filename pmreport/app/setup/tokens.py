"""The token's whereabouts: where it lies, whether Jira takes it, and until when."""

from dataclasses import dataclass
from datetime import date

from pmreport.app.setup import access
from pmreport.app.setup.access import Access
from pmreport.errors import NotAuthorisedError, PmreportError
from pmreport.jira.client import JiraClient
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.jira.transport import GATEWAY
from pmreport.secrets import Places, Secret, Token, jira_token, tokens
from pmreport.secrets.secret import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenStatus:
    """What is known of a site's token, and never the token.

    `places` are all that hold one, the one that is used first; `access` is None where Jira did not take it or
    was not asked; `expires` None where nobody knows; `trouble` is what stands in the way, if anything does.
    """

    url: str
    places: tuple[str, ...]
    caution: str | None = None
    access: Access | None = None
    expires: date | None = None
    trouble: PmreportError | None = None


def status(site: SiteSettings, places: Places, *, gateway: str = GATEWAY) -> TokenStatus:
    """Where the token lies, and what Jira says to it. What goes wrong is told as `trouble`."""
    found, trouble = _collected(site, places)
    sources = tuple(token.source for token in found)
    if not found:
        return TokenStatus(url=site.url, places=(), trouble=trouble or _missing(site, places))
    first = found[0]
    try:
        taken = access.sign_in(site, first.secret, gateway=gateway)
    except PmreportError as error:
        trouble = _stale(error, first) if type(error) is NotAuthorisedError else error
        return TokenStatus(
            url=site.url, places=sources, caution=first.caution, expires=first.expires, trouble=trouble
        )
    return TokenStatus(
        url=site.url,
        places=sources,
        caution=first.caution,
        access=taken,
        expires=first.expires or _told_by_jira(taken.site, first.secret, gateway),
        trouble=_unlike(site, taken),
    )


def scoped_hint(site: SiteSettings, taken: Access) -> str | None:
    """What to write into the configuration for a token with scopes; None where nothing is missing."""
    if taken.site.cloud_id == site.cloud_id:
        return None
    line = f'cloud_id = "{taken.site.cloud_id}"'
    return f"this token has scopes and goes through Atlassian's gateway; write under [site]: {line}"


def _stale(refused: PmreportError, token: Token) -> PmreportError:
    """The refusal of a token that was kept, and not just typed."""
    kept = token.place in (Place.KEYRING, Place.PLAIN_FILE)
    way = "`pmreport auth login` asks for it" if kept else "put it there"
    return NotAuthorisedError(refused.what, where=token.source, hint=f"make a new token; {way}")


def _unlike(site: SiteSettings, taken: Access) -> PmreportError | None:
    hint = scoped_hint(site, taken)
    what = "Jira takes the token at Atlassian's gateway only, which the configuration does not name"
    return NotAuthorisedError(what, where=site.url, hint=hint) if hint else None


def _collected(site: SiteSettings, places: Places) -> tuple[list[Token], PmreportError | None]:
    found: list[Token] = []
    try:
        for token in tokens(site, places):
            found.append(token)  # noqa: PERF402 - what came before a place that does not open counts
    except PmreportError as error:
        return found, error
    return found, None


def _missing(site: SiteSettings, places: Places) -> PmreportError:
    try:
        jira_token(site, places.environ, keyring=places.keyring, plain=places.plain)
    except PmreportError as error:
        return error
    raise AssertionError  # pragma: no cover - it was not there a moment ago


def _told_by_jira(site: SiteSettings, secret: Secret, gateway: str) -> date | None:
    """The last day of the user's only personal access token; of several nobody says which one this is."""
    if site.deployment is not Deployment.DATACENTER:
        return None  # Cloud tells it to nobody but the owner's own pages
    try:
        with access.opened(site, secret, gateway=gateway) as client:
            return _only_expiry(client)
    except PmreportError:
        return None


def _only_expiry(client: JiraClient) -> date | None:
    days = [str(each.get("expiringAt") or "")[:10] for each in client.token_list()]
    try:
        return date.fromisoformat(days[0]) if len(days) == 1 else None
    except ValueError:
        return None
