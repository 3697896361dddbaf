"""What differs between Jira Cloud and Jira Data Center, as one value."""

from dataclasses import dataclass

from pmreport.jira.settings import Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How to ask one product. Code asks this value and never which product it is.

    `token_search`: pages follow an opaque token; without it they follow an offset.
    `bulk_reads`: issues and whole histories are read by id; without it they ride in the search, complete.
    `user_header` and `user_key`: the response header that names the caller, and its name in `/myself`.
    `user_id`: what identifies a person for good.
    """

    deployment: Deployment
    api: str
    search_path: str
    token_search: bool
    bulk_reads: bool
    project_pages: bool
    search_page: int
    parallel_requests: int
    user_header: str
    user_key: str
    user_id: str


CLOUD = Dialect(
    deployment=Deployment.CLOUD,
    api="rest/api/3",
    search_path="search/jql",
    token_search=True,
    bulk_reads=True,
    project_pages=True,
    search_page=100,  # the cap as soon as one field beside id and key is named
    parallel_requests=4,
    user_header="X-AAccountId",
    user_key="accountId",
    user_id="accountId",
)

DATA_CENTER = Dialect(
    deployment=Deployment.DATACENTER,
    api="rest/api/2",
    search_path="search",
    token_search=False,
    bulk_reads=False,
    project_pages=False,
    search_page=50,  # every issue carries its whole history
    parallel_requests=2,
    user_header="X-AUSERNAME",
    user_key="name",
    user_id="key",
)


def dialect_of(deployment: Deployment, server_kind: object = "Cloud") -> Dialect:
    """The dialect of a site; `server_kind` (`serverInfo.deploymentType`) decides where the settings leave it.

    Whatever does not call itself "Cloud" is Data Center: it is known to say "Server" when it is clustered.
    """
    if deployment is Deployment.AUTO:
        return CLOUD if server_kind == "Cloud" else DATA_CENTER
    return CLOUD if deployment is Deployment.CLOUD else DATA_CENTER
