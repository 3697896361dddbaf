"""What can go wrong between a client and Jira: kinds of faults, and the schedule by which they strike."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pmreport.demo.dice import mixed_bits
from pmreport.demo.refused import RefusedError

_ALL_BITS = 1 << 64
Applies = Callable[[str], bool]


def _anywhere(_path: str) -> bool:
    return True


def _search(path: str) -> bool:
    return path.endswith(("/search/jql", "/search")) and "/project/" not in path


def _token_search(path: str) -> bool:
    return path.endswith("/search/jql")


def _tokens(path: str) -> bool:
    return path.endswith(("/search/jql", "/changelog/bulkfetch"))


def _pages(path: str) -> bool:
    ends = ("/board", "/sprint", "/changelog", "/comment", "/project/search", "/version", "/project")
    return _search(path) or _tokens(path) or path.endswith(ends)


KINDS: dict[str, Applies] = {
    "429-burst": _anywhere,
    "429-quota": _anywhere,
    "429-bare": _anywhere,
    "429-date": _anywhere,
    "503": _anywhere,
    "503-retry-after": _anywhere,
    "502-html": _anywhere,
    "stalled": _anywhere,
    "truncated": _anywhere,
    "reset": _anywhere,
    "retry-after-zero": _anywhere,
    "vanish": _search,
    "short-page": _pages,
    "empty-page": _tokens,
    "repeated-token": _tokens,
    "shift": _search,
    "short-walk": _token_search,
    "warning": _search,
}
"""Each fault, and the paths it can strike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of fault. It strikes `rate` of the requests it applies to, chosen by `seed`.

    `times` bounds how often, and `path` limits it to the paths that contain it. A stalled answer is given
    up after `seconds`.
    """

    kind: str
    rate: float = 1.0
    seed: int = 7
    times: int | None = None
    path: str = ""
    seconds: float = 30.0

    def applies(self, path: str) -> bool:
        """Whether a request for the path can be struck."""
        return self.path in path and KINDS[self.kind](path)


def parse(asked: dict[str, Any]) -> Fault:
    """A fault as the control endpoint and the command line write it. Raises RefusedError."""
    unknown = asked.keys() - set(Fault.__dataclass_fields__)
    if asked.get("kind") not in KINDS or unknown:
        raise RefusedError(
            400, f"kind must be one of {', '.join(KINDS)}; unknown members: {sorted(unknown)}."
        )
    try:
        fault = Fault(**asked)
        if 0 <= fault.rate <= 1:
            return fault
    except TypeError:
        pass
    raise RefusedError(400, "rate must be a number from 0 to 1.")


def written(text: str, seed: int) -> Fault:
    """A fault from the command line: kind, or kind=rate. Raises RefusedError."""
    kind, _, rate = text.partition("=")
    try:
        return parse({"kind": kind, "rate": float(rate or 1), "seed": seed})
    except ValueError:
        raise RefusedError(400, "rate must be a number from 0 to 1.") from None


@dataclass(slots=True)
class Schedule:
    """The faults that are switched on. The same requests in the same order are struck alike."""

    faults: tuple[Fault, ...] = ()
    struck: Counter[str] = field(default_factory=Counter)
    vanished: set[int] = field(default_factory=set)
    _asked: Counter[int] = field(default_factory=Counter)
    _times: Counter[int] = field(default_factory=Counter)

    def next(self, path: str) -> Fault | None:
        """The fault that strikes this request; the first of the schedule wins."""
        hit = [n for n, fault in enumerate(self.faults) if fault.applies(path) and self._falls(n, fault)]
        if not hit:
            return None
        fault = self.faults[hit[0]]
        self._times[hit[0]] += 1
        self.struck[fault.kind] += 1
        return fault

    def _falls(self, number: int, fault: Fault) -> bool:
        asked, self._asked[number] = self._asked[number], self._asked[number] + 1
        if fault.times is not None and self._times[number] >= fault.times:
            return False
        return mixed_bits(fault.seed + 1000 * number, asked) < fault.rate * _ALL_BITS

    def hides(self, issue_ids: list[int]) -> int | None:
        """The issue of a page that is missing this time; each goes missing at most once."""
        first = self.struck["vanish"] % len(issue_ids) if issue_ids else 0
        hidden = next((i for i in issue_ids[first:] + issue_ids[:first] if i not in self.vanished), None)
        if hidden is not None:
            self.vanished.add(hidden)
        return hidden
