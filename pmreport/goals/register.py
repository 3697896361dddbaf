"""What the journal says about the goals: what was written under them, judged, agreed and changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pmreport.model.journal import Entry
from pmreport.model.journal_goals import ActionResult, GoalTerms, Logged, LogKind, SignOff
from pmreport.model.journal_kinds import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry under a goal as it stands: who has agreed by now, and what came of it if it is an action.

    `reviewer` is empty while nobody has; `result` is None while nothing came, and for all that is no action.
    """

    id: str
    at: datetime
    by: str
    logged: Logged
    reviewer: str
    result: ActionResult | None = None

    @property
    def is_claimed(self) -> bool:
        """Whether nobody but the writer vouches for it."""
        return not self.reviewer

    @property
    def is_open(self) -> bool:
        """Whether it is an action of which nothing has come yet."""
        return self.logged.what is LogKind.ACTION and self.result is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A range written under a goal, with its moment."""

    id: str
    at: datetime
    range: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerms:
    """What a goal was held against from a moment on, and who was at the keyboard."""

    at: datetime
    by: str
    terms: GoalTerms


def written(entries: Iterable[Entry], as_of: datetime, goal: str | None = None) -> tuple[Written, ...]:
    """What was written under a goal, or under any, by `as_of`, in the order it was written.

    Who agreed last and what was said last of an action count.
    """
    known = [entry for entry in entries if entry.at <= as_of]
    agreed = {entry.payload.entry: entry.payload for entry in known if isinstance(entry.payload, SignOff)}
    came = {entry.payload.entry: entry.payload for entry in known if isinstance(entry.payload, ActionResult)}
    return tuple(
        Written(
            id=entry.id,
            at=entry.at,
            by=entry.by,
            logged=entry.payload,
            reviewer=agreed[entry.id].reviewer if entry.id in agreed else entry.payload.reviewer,
            result=came.get(entry.id),
        )
        for entry in known
        if isinstance(entry.payload, Logged) and goal in {None, entry.payload.goal}
    )


def claims(entries: Iterable[Entry], as_of: datetime, goal: str) -> tuple[Claim, ...]:
    """The ranges written under a goal by `as_of`, in the order they were written."""
    return tuple(
        Claim(id=entry.id, at=entry.at, range=entry.payload)
        for entry in entries
        if isinstance(entry.payload, Range) and entry.payload.goal == goal and entry.at <= as_of
    )


def terms(entries: Iterable[Entry], as_of: datetime) -> Mapping[str, tuple[KnownTerms, ...]]:
    """What each goal was held against over time, oldest first."""
    found: dict[str, tuple[KnownTerms, ...]] = {}
    for entry in entries:
        if isinstance(entry.payload, GoalTerms) and entry.at <= as_of:
            one = KnownTerms(at=entry.at, by=entry.by, terms=entry.payload)
            found[entry.payload.goal] = (*found.get(entry.payload.goal, ()), one)
    return found


def terms_of_period(history: Iterable[KnownTerms], start: datetime) -> KnownTerms | None:
    """What a goal is held against in a period that began at `start`: what stood there then.

    Where nothing was known yet, what was seen first. A change during the period is seen and counts from the
    next one on. None for a goal that was never seen.
    """
    ordered = sorted(history, key=lambda known: known.at)
    before = [known for known in ordered if known.at <= start]
    return before[-1] if before else next(iter(ordered), None)


def named(entries: Iterable[Entry], asked: str) -> tuple[Entry, ...]:
    """The entries whose id begins or ends so: whole ids are long, and nobody types them."""
    wanted = asked.strip().lower()
    return tuple(entry for entry in entries if wanted and _is_named(entry.id, wanted))


def short(id_: str) -> str:
    """The end of an id, which is its random part, as it is shown and typed."""
    return id_[-6:]


def _is_named(id_: str, wanted: str) -> bool:
    return id_.startswith(wanted) or id_.endswith(wanted)


def newest(found: Iterable[Written]) -> Written | None:
    """What was written last; None where nothing was."""
    return max(found, key=lambda one: one.at, default=None)


def open_actions(found: Iterable[Written]) -> Iterator[Written]:
    """The actions of which nothing has come yet, in the order they were agreed."""
    return (one for one in found if one.is_open)
