"""The web address below which a site's resources stand, fit to send a token to."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from pmreport.errors import ConfigurationError
from pmreport.jira.credential import redacted
from pmreport.jira.settings import SiteSettings

GATEWAY = "https://api.atlassian.com"


def base_url(site: SiteSettings, gateway: str = GATEWAY) -> str:
    """Where the REST resources stand: the site with its context path, or the gateway for a scoped token.

    Raises ConfigurationError for plain http to anything but this machine: the token would travel readable.
    """
    url = f"{gateway}/ex/jira/{site.cloud_id}" if site.cloud_id else site.url
    parts = _parts(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise no_address(url)
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError(
            "The site's url holds a login.",
            where=redacted(url),
            hint="Take it out; the token goes into PMREPORT_JIRA_TOKEN, a token file, or the keyring.",
        )
    if parts.query or parts.fragment:
        raise ConfigurationError(
            "The site's url ends in a question or a mark of a page.",
            where=redacted(f"{parts.scheme}://{parts.netloc}{parts.path}"),
            hint="Take away what begins with ? or #.",
        )
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ConfigurationError(
            "Plain http would send the token readable over the network.",
            where=redacted(url),
            hint="Use https in `url` under [site].",
        )
    return parts.geturl().rstrip("/")


def no_address(url: str) -> ConfigurationError:
    """The error for an address that is none."""
    return ConfigurationError(
        f"The site's url is no web address: {redacted(url)}", hint='Write it like "https://acme.example".'
    )


def place_of(url: str) -> str:
    """Scheme, host, port and path of an address that came from outside: fit to be shown, and no more."""
    parts = _parts(url)
    if parts is None:
        return "an address that is none"
    host = parts.netloc.rpartition("@")[2]
    return redacted(f"{parts.scheme}://{host}{parts.path}" if host else parts.path)


def _parts(url: str) -> SplitResult | None:
    """The parts of an address; None where it is none, with a port that is no number for instance."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
