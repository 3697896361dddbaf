"""What was said and agreed about a goal, as the next conversation needs it: ratings, words, help, actions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What came of an action."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How far somebody thinks the goal is, from 1 (not yet) to 5 (a habit), and what they said to it."""

    score: int
    on: date
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Something somebody said, on a day. `by` is empty where it is the person whose goal it is."""

    text: str
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What was agreed to be done for a goal; `reason` is why it was not done, or how it went."""

    text: str
    agreed: date
    due: date | None = None
    outcome: Outcome = Outcome.OPEN
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Everything noted for one goal.

    `own` and `manager` are the newest ratings; None: nobody has rated yet. `words` are the manager's,
    `help_needed` and `notes` one's own, each in the order they were written. `last` is the day of the newest
    entry; None: nothing was noted.
    """

    own: Rating | None = None
    manager: Rating | None = None
    help_needed: tuple[Saying, ...] = ()
    words: tuple[Saying, ...] = ()
    notes: tuple[Saying, ...] = ()
    actions: tuple[Action, ...] = ()
    last: date | None = None


NOTHING = Talk()
