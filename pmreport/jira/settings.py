"""Which Jira site is read, and how it is reached: the section `[site]`."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Deployment(StrEnum):
    """Whose Jira it is: Atlassian's, the customer's own, or to be found out by asking it."""

    AUTO = "auto"
    CLOUD = "cloud"
    DATACENTER = "datacenter"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """One Jira site: `name` is a label, the site is its base `url`.

    `url` keeps a context path and has no final slash. `email` is the account of a Cloud API token; None for a
    Data Center personal access token. `cloud_id` sends the requests through Atlassian's API gateway, which
    scoped tokens need. The two files are absolute paths.
    """

    name: str
    url: str
    deployment: Deployment = Deployment.AUTO
    email: str | None = None
    cloud_id: str | None = None
    ca_bundle: Path | None = None
    client_certificate: Path | None = None
