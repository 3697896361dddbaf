"""What a running simulator remembers: the corpus, the token, the requests, the searches under way."""

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import Dialect
from pmreport.demo.faults import Schedule
from pmreport.demo.issue import History
from pmreport.demo.jql import Finder
from pmreport.demo.stamps import SiteClock, clock_of

_KEPT_SEARCHES = 64
_KEPT_LOGS = 8
Asked = TypeVar("Asked")
Found = TypeVar("Found")
Log = list[tuple[int, int, History]]
"""Histories by date: when, of which issue, what."""
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
    `latency_ms` is how long each answer is on its way, the same for all.
    """

    corpus: Corpus
    credentials: Literal["ok", "dead", "captcha"] = "ok"
    basic: bool = True
    scopes: frozenset[str] = SCOPES
    licensed: bool = True
    time_tracking: bool = True
    latency_ms: int = 0
    faults: Schedule = field(default_factory=Schedule)
    requests: Counter[str] = field(default_factory=Counter)
    _searches: OrderedDict[tuple[str, bool, int, int], list[int]] = field(default_factory=OrderedDict)
    _logs: OrderedDict[tuple[tuple[int | str, ...], int], Log] = field(default_factory=OrderedDict)

    def play(self, corpus: Corpus) -> None:
        """Go on with another corpus; what was found in the one before is forgotten."""
        self.corpus = corpus
        self._searches.clear()
        self._logs.clear()

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
        find = Finder(self.corpus, anonymous=anonymous).ids
        return _kept(self._searches, _KEPT_SEARCHES, key, lambda: find(jql))

    def histories(self, about: tuple[int | str, ...], find: Callable[[], Log]) -> Log:
        """The histories of some issues in order; the pages of one question are served from one answer."""
        return _kept(self._logs, _KEPT_LOGS, (about, self.corpus.revision), find)


def _kept(answers: OrderedDict[Asked, Found], most: int, asked: Asked, find: Callable[[], Found]) -> Found:
    """The answer of before, or a new one; the oldest gives way."""
    if asked not in answers:
        answers[asked] = find()
        if len(answers) > most:
            answers.popitem(last=False)
    return answers[asked]
