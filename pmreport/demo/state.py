"""What a running simulator remembers: the corpus, the token, the requests, the searches under way."""

from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from typing import Literal

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import Dialect
from pmreport.demo.faults import Schedule
from pmreport.demo.jql import Finder
from pmreport.demo.stamps import SiteClock, clock_of

_KEPT_SEARCHES = 64
SCOPES = frozenset(
    {
        "read:jira-work",
        "read:jira-user",
        "read:board-scope:jira-software",
        "read:board-scope.admin:jira-software",
        "read:sprint:jira-software",
    }
)


@dataclass(slots=True, kw_only=True)
class State:
    """The simulator behind the routes.

    `basic` is whether a password is taken at all, which Jira 11 no longer does by default. `scopes` are those
    of the scoped token. Without a licence for boards there are none; time tracking can be switched off.
    """

    corpus: Corpus
    credentials: Literal["ok", "dead", "captcha"] = "ok"
    basic: bool = True
    scopes: frozenset[str] = SCOPES
    licensed: bool = True
    time_tracking: bool = True
    faults: Schedule = field(default_factory=Schedule)
    requests: Counter[str] = field(default_factory=Counter)
    _searches: OrderedDict[tuple[str, bool, int, int], list[int]] = field(default_factory=OrderedDict)

    @property
    def dialect(self) -> Dialect:
        """The product that is played."""
        return self.corpus.site.product

    @property
    def clock(self) -> SiteClock:
        """The clock of the site."""
        return clock_of(self.corpus.site.zones.site)

    def search(self, jql: str, *, anonymous: bool) -> list[int]:
        """The ids a JQL text finds; the pages of one search are served from one answer."""
        key = (jql, anonymous, self.corpus.revision, self.corpus.now_ms)
        if key not in self._searches:
            self._searches[key] = Finder(self.corpus, anonymous=anonymous).ids(jql)
            if len(self._searches) > _KEPT_SEARCHES:
                self._searches.popitem(last=False)
        return self._searches[key]
