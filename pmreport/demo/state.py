"""What a running simulator remembers: the corpus, the token, the requests, the searches under way."""

from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import CLOUD, Dialect
from pmreport.demo.jql import Finder
from pmreport.demo.stamps import SiteClock

Fault = Callable[[Request], Awaitable[Response | None]]
_KEPT_SEARCHES = 64


@dataclass(slots=True, kw_only=True)
class State:
    """The simulator behind the routes. `fault` may answer in Jira's place; None does nothing."""

    corpus: Corpus
    dialect: Dialect = CLOUD
    credentials: Literal["ok", "dead"] = "ok"
    fault: Fault | None = None
    requests: Counter[str] = field(default_factory=Counter)
    clock: SiteClock = field(init=False)
    _searches: OrderedDict[tuple[str, bool, int, int], list[int]] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self.clock = SiteClock(self.corpus.site.zones.site)

    def search(self, jql: str, *, anonymous: bool) -> list[int]:
        """The ids a JQL text finds; the pages of one search are served from one answer."""
        key = (jql, anonymous, self.corpus.revision, self.corpus.now_ms)
        if key not in self._searches:
            self._searches[key] = Finder(self.corpus, anonymous=anonymous).ids(jql)
            if len(self._searches) > _KEPT_SEARCHES:
                self._searches.popitem(last=False)
        return self._searches[key]
