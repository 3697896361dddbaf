"""Whose eyes a site is seen with, and its clock."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pmreport.jira.client import JiraClient
from pmreport.jira.parse.values import instant_ms
from pmreport.model.rows import SiteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Whose eyes the site is seen with. `zone` is that user's; Jira reads dates in it. None if unknown."""

    row: SiteRow
    zone: ZoneInfo | None
    server_ms: int | None


def sign_in(client: JiraClient) -> SignIn:
    """The token's user and the server. Raises NotAuthorisedError before anything is touched."""
    user, server = client.sign_in()
    zone = str(user.get("timeZone") or "")
    account = user.get(client.dialect.user_id) or user.get("name")
    shown = str(server.get("baseUrl") or "")
    row = SiteRow(
        name=client.site.name,
        base_url=client.site.url,
        browse_url=shown.rstrip("/") if urlsplit(shown).scheme in ("http", "https") else client.site.url,
        deployment=client.dialect.deployment.value,
        time_zone=zone,
        account_id=str(account or ""),
    )
    return SignIn(row=row, zone=_zone(zone), server_ms=instant_ms(server.get("serverTime")))


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
