"""Small sites that are served, for tests that change a site or read it often."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pmreport.demo.dialect import CLOUD, Dialect
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import Patience
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import first_of


@contextmanager
def corner(product: Dialect = CLOUD, project: str = "OPS", most: int = 12) -> Iterator[Simulator]:
    """A few issues of one project with the whole site around them, free to be edited."""
    with serving(first_of(project, most, product)) as served:
        yield served


def change_site(simulator: Simulator, **parts: Any) -> None:
    """Change what the site consists of, as its people would between two syncs."""
    corpus = simulator.state.corpus
    corpus.site = replace(corpus.site, **parts)
    corpus.site_changed()


def signed_in(simulator: Simulator, url: str | None = None, waits: list[float] | None = None) -> JiraClient:
    """A signed-in client of the simulator, perhaps by another address, which never really waits."""
    site = SiteSettings(name="aurora", url=url or simulator.url)
    credential = Credential(token=simulator.site.token, email=simulator.site.email)
    slept = [] if waits is None else waits
    client = JiraClient(site, credential, patience=Patience(sleep=slept.append, jitter=lambda: 0.0))
    client.sign_in()
    return client
