"""The first meeting with a site: which product it is, whether it takes the token, and as whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pmreport.errors import NotAuthorisedError, PmreportError, UnreachableError
from pmreport.jira.answers import CaptchaError, ForbiddenError, RefusedError, ScopeError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import ANONYMOUS, Credential
from pmreport.jira.dialect import dialect_of
from pmreport.jira.retry import RetryPolicy
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.jira.transport import GATEWAY, Patience
from pmreport.secrets import Secret

_CHECK = "Copy the token again; check the email and that the token has not expired."
_PATIENCE = Patience(policy=RetryPolicy(tries=2, first_wait=0.5, longest_wait=5.0), timeout=(10.0, 30.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """An opened door: the site as it must be configured for this token, and whose token it is.

    `site` has its deployment settled, and a cloud id where the token needs one. `time_zone` is the one of the
    user's profile; None where Jira does not say it.
    """

    site: SiteSettings
    account: str
    name: str
    time_zone: str | None


@contextmanager
def opened(site: SiteSettings, secret: Secret, *, gateway: str = GATEWAY) -> Iterator[JiraClient]:
    """A client of the site that does not wait long, signed in."""
    credential = Credential(secret.reveal(), site.email)
    with JiraClient(site, credential, patience=_PATIENCE, gateway=gateway) as client:
        client.sign_in()
        yield client


def deployment_of(site: SiteSettings) -> Deployment | None:
    """Which product answers at the address, asked without a token; None where it tells nobody.

    Raises UnreachableError where nothing answers that could be Jira, ConfigurationError where the site moved.
    """
    if site.deployment is not Deployment.AUTO:
        return site.deployment
    with JiraClient(replace(site, cloud_id=None), ANONYMOUS, patience=_PATIENCE) as client:
        try:
            found = client.server_info()
        except NotAuthorisedError:  # closed to strangers, or behind a login page
            return None
        except RefusedError:
            found = {}
    if not found.get("deploymentType") and not found.get("versionNumbers"):
        raise UnreachableError(
            "something answers at this address, and it is no Jira",
            where=site.url,
            hint="some sites have a path after the host, e.g. https://acme.example/jira",
        )
    return dialect_of(site.deployment, found.get("deploymentType")).deployment


def sign_in(site: SiteSettings, secret: Secret, *, gateway: str = GATEWAY) -> Access:
    """The access that a token gives.

    A token with scopes is refused at the site's own address (401, as if it were mistyped) and taken by
    Atlassian's gateway alone; so a refused Cloud token is tried there too, if the site tells its id.

    Raises:
        NotAuthorisedError: the token is refused; the hint speaks of the cloud id where it may be the reason.
        UnreachableError: the site does not answer.
    """
    try:
        return _access(site, secret, gateway)
    except (CaptchaError, ForbiddenError, ScopeError):
        raise
    except NotAuthorisedError as refused:
        if _may_need_gateway(site, gateway):
            return _through_gateway(site, secret, gateway, refused)
        raise NotAuthorisedError(refused.what, where=site.url, hint=_advice(site)) from refused


def cloud_id_of(site: SiteSettings) -> str | None:
    """The id that Atlassian's gateway knows a Cloud site by; None where the site does not tell it."""
    try:
        with JiraClient(replace(site, cloud_id=None), ANONYMOUS, patience=_PATIENCE) as client:
            return client.cloud_id()
    except PmreportError:
        return None


def _may_need_gateway(site: SiteSettings, gateway: str) -> bool:
    """Whether the refused token may be one with scopes. What speaks plain http is no site of Atlassian's."""
    is_cloud = site.deployment is not Deployment.DATACENTER
    same_world = urlsplit(site.url).scheme == urlsplit(gateway).scheme
    return is_cloud and same_world and site.email is not None and site.cloud_id is None


def _advice(site: SiteSettings) -> str:
    if site.email is None:
        return "Copy the token again; check that it is a personal access token, and that it has not expired."
    return _CHECK


def _through_gateway(site: SiteSettings, secret: Secret, gateway: str, refused: NotAuthorisedError) -> Access:
    cloud_id = cloud_id_of(site)
    if cloud_id is None:
        raise NotAuthorisedError(
            refused.what,
            where=site.url,
            hint=f"{_CHECK} A token with scopes is refused at the site's own address: it needs"
            f" `cloud_id` under [site] (--cloud-id), which {site.url}/_edge/tenant_info shows.",
        ) from refused
    try:
        return _access(replace(site, cloud_id=cloud_id), secret, gateway)
    except ScopeError:
        raise
    except PmreportError:
        raise NotAuthorisedError(
            refused.what,
            where=f"{site.url}, and as a token with scopes at {gateway}",
            hint=_CHECK,
        ) from refused


def _access(site: SiteSettings, secret: Secret, gateway: str) -> Access:
    credential = Credential(secret.reveal(), site.email)
    with JiraClient(site, credential, patience=_PATIENCE, gateway=gateway) as client:
        user, _server = client.sign_in()
        dialect = client.dialect
    account = str(user.get(dialect.user_id) or user.get("name") or "")
    return Access(
        site=replace(site, deployment=dialect.deployment),
        account=account,
        name=str(user.get("displayName") or account),
        time_zone=str(user.get("timeZone") or "") or None,
    )
