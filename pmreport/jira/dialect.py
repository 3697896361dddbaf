"""What differs between Jira Cloud and Jira Data Center, as one value."""

import sys
from dataclasses import dataclass

from pmreport.jira.settings import Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How to ask one product. Code asks this value and never which product it is.

    `token_search`: pages follow an opaque token; without it they follow an offset, and never one at or
    beyond `deepest`.
    `bulk_reads`: issues and whole histories are read by id; without it they ride in the search, complete.
    `search_page`, `by_id`, `roll_page`: how many issues one request may ask for: whole ones that match, whole
    ones by their ids, and `roll_fields` alone, which is the least that a page may hold.
    `count_slack`: how far, as a share, the server's own count of matches may be off.
    `board_location`: a board says which project it belongs to; else the projects it shows are asked for.
    `user_header` and `user_key`: the response header that names the caller, and its name in `/myself`.
    `user_id`: what identifies a person for good.
    """

    deployment: Deployment
    api: str
    search_path: str
    token_search: bool
    bulk_reads: bool
    project_pages: bool
    board_location: bool
    search_page: int
    by_id: int
    roll_page: int
    roll_fields: tuple[str, ...]
    count_slack: float
    deepest: int
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
    board_location=True,
    search_page=100,  # the cap as soon as one field beside id and key is named
    by_id=100,
    roll_page=5000,
    roll_fields=("key",),
    count_slack=0.01,  # "approximate" is all that is promised
    deepest=sys.maxsize,
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
    board_location=False,
    search_page=50,  # every issue carries its whole history
    by_id=50,
    roll_page=1000,
    roll_fields=("created",),
    count_slack=0.0,
    deepest=10_000,  # beyond it the server answers 500
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
