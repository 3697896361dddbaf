"""What a person writes under their goals: entries of the journal, a frozen value for every kind.

An entry belongs to its goal and is seen by those who may see the goal, by nobody else. Actions agreed for a
goal are therefore kept here and not among the follow-ups, which the whole team reads.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class LogKind(StrEnum):
    """What is written down."""

    NOTE = "note"
    DECISION = "decision"
    TOUCH_POINT = "touch-point"
    RESEARCH = "research"
    GLOSSARY = "glossary"
    ACTION = "action"
    RATING = "rating"
    HELP = "help"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """Something written under a goal, about the day `on`.

    `subject` is what it is about: a term of the glossary, a competitor, the person or area met, the key of an
    item. `reviewer` is who has seen it and agrees; nobody yet: the person claims it. An action has a `due`
    day. A rating has a `score` from 1 (not yet) to 5 (a habit); with a reviewer it is theirs, else one's own.
    """

    goal: str
    text: str
    what: LogKind
    on: date
    link: str = ""
    reviewer: str = ""
    subject: str = ""
    due: date | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Somebody has seen an entry (its id) and agrees."""

    entry: str
    reviewer: str
    note: str = ""


class ActionState(StrEnum):
    """What came of an action."""

    DONE = "done"
    MISSED = "missed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionResult:
    """What came of an action (the id of its entry), as seen on a day."""

    entry: str
    state: ActionState
    on: date
    reason: str = ""


class Verdict(StrEnum):
    """What a person makes of a piece of evidence."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPiece:
    """A piece of evidence as it was judged: it can be shown when its rule is long gone."""

    rule: str
    clause: str
    since: datetime
    is_counter: bool
    strength: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDecision:
    """A person's word on an item under a goal, or under one `rule` of it.

    It wins over what the rules say, and a later one over it. `key` is that of the item then; `restricted`: it
    had a security level.
    """

    goal: str
    issue_id: int
    key: str
    verdict: Verdict
    note: str
    pieces: tuple[JudgedPiece, ...]
    rule: str = ""
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTerms:
    """What a goal is held against, as it was first seen or after it was changed.

    `aim` and `metric` say how the target is read. `is_removed`: the goal stands in the configuration no more.
    `beyond_three` is why it is active although three others are.
    """

    goal: str
    active: bool
    target: Decimal | None = None
    aim: str = ""
    metric: str = ""
    due: date | None = None
    visibility: str = ""
    is_removed: bool = False
    beyond_three: str = ""
