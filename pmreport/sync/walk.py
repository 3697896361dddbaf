"""The issues that meet a condition, walked so that none is lost while people go on working on them.

Pages by offset or by token shift when an issue changes between two of them. So each page asks anew, from the
minute that the page before had reached, and takes what it knows already as read. Only where a page holds
nothing but a few minutes it is followed by offset or token; and where so many issues share a minute that even
these give out, by the order of keys.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pmreport.errors import TryLaterError
from pmreport.jira.answers import RefusedError
from pmreport.jira.client import JiraClient
from pmreport.jira.paging import EMPTY_CAP, IssuePage, Json
from pmreport.jira.parse.values import instant_ms, integer
from pmreport.model.instant import from_ms, to_ms
from pmreport.sync import plan

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What is walked: the issues that meet `terms`, in the order of the stamp `order`, with these fields.

    `settled_ms` is the instant up to which the search index is surely complete: later stamps may stand at
    another place in the order than they say.
    """

    terms: str
    order: str
    fields: Sequence[str]
    size: int
    zone: ZoneInfo | None
    settled_ms: int


@dataclass(slots=True, kw_only=True)
class Walk:
    """One walk along a trail. `read` is what it has met: the newest `updated` of each issue by its id."""

    client: JiraClient
    trail: Trail
    read: dict[int, int] = field(default_factory=dict)

    def pages(self) -> Iterator[list[Json]]:
        """All of the trail; an issue that is met again comes again only if it has changed meanwhile."""
        steps = _Steps(self.client.dialect.deepest - self.trail.size)
        bound: int | None = None
        while True:
            page = self._ask(self._from(bound), f"{self.trail.order} ASC, key ASC", steps.go_on)
            if fresh := self._unread(page.issues):
                yield fresh
            if page.go_on is None:
                return
            further = self._further(page.issues, bound)
            if further is not None:
                bound, steps = further, steps.anew()
            elif not steps.take(page):
                yield from self._by_key(bound)
                return

    def _by_key(self, bound: int | None) -> Iterator[list[Json]]:
        """The rest in the order of keys, which nothing shifts."""
        after, steps = "", _Steps(self.client.dialect.deepest - self.trail.size)
        while True:
            behind = f" AND key > {plan.quoted(after)}" if after else ""
            try:
                page = self._ask(self._from(bound) + behind, "key ASC", steps.go_on)
            except RefusedError as error:
                raise _circles() from error
            if fresh := self._unread(page.issues):
                yield fresh
            if page.go_on is None:
                return
            reached = str(page.issues[-1].get("key")) if page.issues else after
            if reached != after:
                after, steps = reached, steps.anew()
            elif not steps.take(page):
                raise _circles()

    def _ask(self, terms: str, order: str, go_on: str | int | None) -> IssuePage:
        jql = f"{terms} ORDER BY {order}"
        trail = self.trail
        return self.client.search(jql, trail.fields, size=trail.size, go_on=go_on, histories=False)

    def _from(self, bound: int | None) -> str:
        trail = self.trail
        if bound is None:
            return trail.terms
        return f'{trail.terms} AND {trail.order} >= "{plan.minute(from_ms(bound), trail.zone)}"'

    def _unread(self, found: Iterable[Json]) -> list[Json]:
        """What was not met before, or in an older state; the newer of two states on one page."""
        fresh: dict[int, Json] = {}
        for each in found:
            issue_id = integer(each.get("id"))
            updated = _stamp(each, "updated") or 0
            if issue_id is not None and updated > self.read.get(issue_id, -1):
                self.read[issue_id] = updated
                fresh[issue_id] = each
        return list(fresh.values())

    def _further(self, found: Sequence[Json], bound: int | None) -> int | None:
        """From where to ask anew; None where that would give the page once more.

        Half of it is too much where an uncertain clock leads back by an hour or more: nothing would go on.
        """
        stamps = _stamps(found, self.trail.order)
        settled = [stamp for stamp in stamps if stamp <= self.trail.settled_ms]
        if not settled:
            return None
        further = plan.next_bound(max(settled), self.trail.zone)
        passed = sum(stamp < further for stamp in stamps)
        needed = 1 if max(settled) - further < _MINUTE_MS else len(stamps) / 2
        return further if passed >= needed and further > (bound or 0) else None


class _Steps:
    """The way from page to page of one question, which may not lead in circles, nor too deep."""

    def __init__(self, deepest: int) -> None:
        self.go_on: str | int | None = None
        self._deepest = deepest
        self._seen: set[str | int] = set()
        self._empty = 0

    def anew(self) -> "_Steps":
        """The first step of another question."""
        return _Steps(self._deepest)

    def take(self, page: IssuePage) -> bool:
        """Go on to the page after this one; False where that leads nowhere."""
        self._empty = 0 if page.issues else self._empty + 1
        go_on = page.go_on
        if go_on is None or go_on in self._seen or self._empty > EMPTY_CAP:
            return False
        if isinstance(go_on, int) and go_on > self._deepest:
            return False
        self._seen.add(go_on)
        self.go_on = go_on
        return True


def roll(client: JiraClient, terms: str, zone: ZoneInfo | None, server_ms: int) -> Trail:
    """The trail of the ids alone, which is quick; `server_ms` is Jira's clock."""
    return Trail(
        terms=terms,
        order="created",
        fields=client.dialect.roll_fields,
        size=client.dialect.roll_page,
        zone=zone,
        settled_ms=settled_ms(server_ms),
    )


def ids(client: JiraClient, trail: Trail) -> set[int]:
    """The ids of the issues along a trail."""
    pages = Walk(client=client, trail=trail).pages()
    return {issue_id for page in pages for each in page if (issue_id := integer(each.get("id"))) is not None}


def settled_ms(server_ms: int) -> int:
    """The instant up to which the search index of a server with this clock is surely complete."""
    return to_ms(from_ms(server_ms) - plan.OVERLAP)


def _stamps(found: Iterable[Json], name: str) -> list[int]:
    return [stamp for stamp in (_stamp(each, name) for each in found) if stamp is not None]


def _stamp(found: Json, name: str) -> int | None:
    content = found.get("fields")
    return instant_ms(content.get(name)) if isinstance(content, dict) else None


def _circles() -> TryLaterError:
    return TryLaterError(
        "Jira's pages go round in circles.",
        where="search",
        hint="Run the sync again; it goes on where it stopped.",
    )
