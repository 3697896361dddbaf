"""A running simulator: started in a child process, and gone for sure when its user is."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pmreport.errors import UnreachableError

if TYPE_CHECKING:
    from pmreport.demo.catalogue import Site
    from pmreport.demo.corpus import Corpus

SEED = 7
_STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSimulator:
    """Where the simulator answers and who may ask it.

    `url` is what to talk to, context path included; `browse_url` is the address of the site in links. `now`
    is the corpus' last instant. Boards are (id, name, kind). The credentials open nothing but this simulator:
    on Cloud `email` and `token`, or `scoped_token` below `gateway` (which stands for api.atlassian.com) and
    `cloud_id`; on Data Center `token` alone, a personal access token, or `username` and `password`.
    """

    dialect: str
    url: str
    browse_url: str
    email: str | None
    token: str
    scoped_token: str | None
    gateway: str | None
    cloud_id: str | None
    username: str | None
    password: str | None
    account_id: str
    display_name: str
    now: datetime
    projects: tuple[str, ...]
    boards: tuple[tuple[int, str, str], ...]
    site_zone: str
    user_zone: str
    reporting_zone: str
    process_id: int | None = None


@contextmanager
def start(  # noqa: PLR0913 - the words of its command line
    *,
    issues: int | None = None,
    seed: int = SEED,
    port: int = 0,
    dialect: str = "cloud",
    faults: Sequence[str] = (),
    latency_ms: int = 0,
    histories: int | None = None,
) -> Iterator[RunningSimulator]:
    """Run the simulator in a child process while the block runs.

    `dialect` is cloud or datacenter; `faults` are written as kind=rate. Each answer takes `latency_ms`
    longer. `histories` is how many an issue beyond the story has on average; None leaves it the handful of
    its way through the columns.

    Raises:
        UnreachableError: the child ended before it was ready.
    """
    words = [sys.executable, "-m", "pmreport.demo", "--until-eof", "--port", str(port), "--seed", str(seed)]
    words += ["--dialect", dialect, *(word for fault in faults for word in ("--fault", fault))]
    words += ["--latency-ms", str(latency_ms)]
    if histories is not None:
        words += ["--histories", str(histories)]
    if issues is not None:
        words += ["--issues", str(issues)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own interpreter and module
        try:
            line = child.stdout.readline() if child.stdout else ""
            if not line:
                raise UnreachableError(
                    "The Jira simulator ended before it was ready.",
                    hint="Run `python -m pmreport.demo` to see why.",
                )
            yield running(line, child.pid)
        finally:
            _stop(child)


def _stop(child: subprocess.Popen[str]) -> None:
    child.terminate()
    try:
        child.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def greeting(corpus: "Corpus", port: int) -> str:
    """The one line of JSON by which a child says that it is ready."""
    site = corpus.site
    me, here = site.users[site.me], f"http://127.0.0.1:{port}"
    return json.dumps(
        {
            "dialect": site.product.name,
            "url": f"{here}{site.product.context}",
            "browse_url": site.base_url,
            "token": site.token,
            **(_pat(site) if site.product.bearer else _api_token(site, here)),
            "account_id": me.reference,
            "display_name": me.name,
            "now_ms": corpus.now_ms,
            "projects": [project.key for project in site.projects.values()],
            "boards": [[board.id, board.name, board.kind] for board in site.boards.values()],
            "site_zone": site.zones.site,
            "user_zone": site.zones.user,
            "reporting_zone": site.zones.reporting,
        }
    )


def _api_token(site: "Site", here: str) -> dict[str, str | None]:
    """What opens Cloud besides the token."""
    cloud = {
        "email": site.email,
        "scoped_token": site.scoped_token,
        "gateway": here,
        "cloud_id": site.cloud_id,
    }
    return {**cloud, "username": None, "password": None}


def _pat(site: "Site") -> dict[str, str | None]:
    """What opens Data Center besides the personal access token."""
    nothing = dict.fromkeys(("email", "scoped_token", "gateway", "cloud_id"))
    return {**nothing, "username": site.users[site.me].username, "password": site.password}


def running(line: str, process_id: int | None = None) -> RunningSimulator:
    """The simulator that a greeting describes."""
    said = json.loads(line)
    return RunningSimulator(
        **{key: said[key] for key in said if key not in {"now_ms", "projects", "boards"}},
        now=datetime.fromtimestamp(said["now_ms"] / 1000, UTC),
        projects=tuple(said["projects"]),
        boards=tuple((board[0], board[1], board[2]) for board in said["boards"]),
        process_id=process_id,
    )
