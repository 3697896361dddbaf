"""What was said and agreed about a goal, as the next conversation needs it: ratings, words, help, actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pmreport.goals.register import Written
from pmreport.model.journal_goals import ActionState, GoalTerms, LogKind

LOWEST, HIGHEST = 1, 5  # a rating: not yet, a habit


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How far somebody thinks the goal is, from 1 to 5, and what they said to it. `by` empty: oneself."""

    score: int
    on: date
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Something that was said on a day. `by` empty: by the person whose goal it is."""

    text: str
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What was agreed to be done for a goal. `state` None: nothing has come of it yet.

    `closed` is the day its result was seen; `reason` why it was not done, or how it went.
    """

    text: str
    agreed: date
    due: date | None = None
    state: ActionState | None = None
    closed: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What was noted for one goal.

    `own` and `manager` are the newest ratings; None: not rated yet. `help_needed` is one's own, `words` are
    the manager's, both newest first. `actions` are those still open, the next due first, then those that came
    to something in the period or after it, newest first; `earlier` counts the others. `last` is the day of
    the newest entry; None: nothing was noted. `fixed` is what the goal is held against in the period, as it
    stood at its start; None: it was never seen. `moved` is what was changed about that since, oldest first.
    """

    own: Rating | None = None
    manager: Rating | None = None
    help_needed: tuple[Saying, ...] = ()
    words: tuple[Saying, ...] = ()
    actions: tuple[Action, ...] = ()
    earlier: int = 0
    last: date | None = None
    fixed: GoalTerms | None = None
    moved: tuple[Saying, ...] = ()


NOTHING = Talk()


def talk(found: Iterable[Written], since: date) -> Talk:
    """The talk of one goal, from what was written under it; actions and calls for help count from `since`."""
    entries = sorted(found, key=lambda one: (one.logged.on, one.at), reverse=True)
    ratings = [rating for one in entries if (rating := _rating(one)) is not None]
    actions = [_action(one) for one in entries if one.logged.what is LogKind.ACTION]
    shown = [one for one in actions if one.closed is None or one.closed >= since]
    return Talk(
        own=next((one for one in ratings if not one.by), None),
        manager=next((one for one in ratings if one.by), None),
        help_needed=tuple(one for one in _sayings(entries, LogKind.HELP) if one.on >= since),
        words=_sayings(entries, LogKind.WORDS),
        actions=tuple(sorted(shown, key=_order)),
        earlier=len(actions) - len(shown),
        last=entries[0].logged.on if entries else None,
    )


def _rating(one: Written) -> Rating | None:
    """A rating; None for anything else, and for a score that is none."""
    score = one.logged.score
    if one.logged.what is not LogKind.RATING or score is None or not LOWEST <= score <= HIGHEST:
        return None
    return Rating(score=score, on=one.logged.on, text=one.logged.text, by=one.logged.reviewer)


def _sayings(entries: Iterable[Written], what: LogKind) -> tuple[Saying, ...]:
    return tuple(
        Saying(text=one.logged.text, on=one.logged.on, by=one.logged.reviewer)
        for one in entries
        if one.logged.what is what
    )


def _action(one: Written) -> Action:
    result = one.result
    return Action(
        text=one.logged.text,
        agreed=one.logged.on,
        due=one.logged.due,
        state=None if result is None else result.state,
        closed=None if result is None else result.on,
        reason="" if result is None else result.reason,
    )


def _order(one: Action) -> tuple[bool, int]:
    if one.closed is None:
        return (False, (one.due or date.max).toordinal())
    return (True, -one.closed.toordinal())
