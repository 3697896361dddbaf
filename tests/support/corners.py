"""Small sites cut out of the story, for tests that change a site or read it often."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import CLOUD, DATACENTER, Dialect
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import Patience
from tests.support.simulator import Simulator, serving, story_corpus

PRODUCTS = {"cloud": CLOUD, "data center": DATACENTER}


@cache
def _cut(product: str, project: str, most: int) -> Corpus:
    whole = story_corpus(product=PRODUCTS[product])
    some = [issue for issue in whole.issues() if issue.key.startswith(f"{project}-")]
    return Corpus(whole.site, some[:most], whole.now_ms)


@contextmanager
def corner(product: Dialect = CLOUD, project: str = "OPS", most: int = 12) -> Iterator[Simulator]:
    """A few issues of one project with the whole site around them, free to be edited."""
    [name] = [name for name, each in PRODUCTS.items() if each is product]
    with serving(copy.deepcopy(_cut(name, project, most))) as served:
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
