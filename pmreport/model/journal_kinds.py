"""What a journal holds: a frozen value for every kind of entry, listed in `KINDS`.

A new kind is a dataclass and a line in `KINDS`; a new field of an old kind needs a default, since entries are
never rewritten. Fields are of the kinds that `pmreport.model.plain` knows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pmreport.model.journal_goals import ActionResult, EvidenceDecision, GoalTerms, Logged, SignOff


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineItem:
    """One item of a baseline as it was then; an amount is None where it was not estimated."""

    issue_id: int
    key: str
    points: Decimal | None = None
    estimate_seconds: int | None = None
    is_subtask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The scope and the budget of an initiative at the moment `as_of`.

    `jql` is the condition that chose the items. `budget` is in `currency`, or in hours where that is empty.
    """

    initiative: str
    reason: str
    as_of: datetime
    jql: str
    items: tuple[BaselineItem, ...]
    start: date | None = None
    finish: date | None = None
    budget: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An estimate as a range: the truth lies in [low, high] with so much confidence (0 to 1).

    `about` is the key of an issue, or the number of a sprint. `unit` is that of the two numbers; empty: that
    of the estimates there. `goal` is the goal it was logged under.
    """

    about: str
    low: Decimal
    high: Decimal
    confidence: Decimal
    unit: str = ""
    goal: str = ""
    text: str = ""


class FollowUpType(StrEnum):
    """What has to be followed up."""

    ACTION = "action"
    QUESTION = "question"
    DECISION = "decision"
    RISK = "risk"
    ASSUMPTION = "assumption"
    ISSUE = "issue"
    DEPENDENCY = "dependency"


class FollowUpStatus(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A follow-up as it stood when this was written.

    `follow_up` is the id of the entry that raised it, empty in that entry itself; a later entry says all of
    it anew. `key` is the issue it is about, if any.
    """

    type: FollowUpType
    statement: str
    owner: str | None = None
    due: date | None = None
    status: FollowUpStatus = FollowUpStatus.OPEN
    key: str | None = None
    follow_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityException:
    """A finding of a data-quality check that is accepted for an item, up to and including a day."""

    check: str
    key: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion:
    """The text of a draft as it stood when a report was made from it."""

    report: str
    period: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A mail that is about to be given to the mail server, for one recipient.

    `site` and `product` tell reports of one name apart; the product is empty where the configuration names
    none. `period` is a week, a quarter, or the numbers of sprints. `objections` are what spoke against it,
    and `forced` is why it was sent all the same.
    """

    site: str
    report: str
    period: str
    recipient: str
    message_id: str
    body_sha256: str
    product: str = ""
    objections: tuple[str, ...] = ()
    forced: str = ""
    frozen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The mail server has taken a mail for one recipient."""

    site: str
    report: str
    period: str
    recipient: str
    message_id: str
    body_sha256: str
    product: str = ""
    frozen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """The mail server has certainly not taken a mail for one recipient."""

    site: str
    report: str
    period: str
    recipient: str
    message_id: str
    product: str = ""
    frozen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """An issue or a person (`what`) was forgotten: this journal was rewritten without it.

    `marks` are digests of its names, by which a sync knows it again; nobody reads a name out of them.
    `number` is that of a person's pseudonym.
    """

    site: str
    what: str
    marks: tuple[str, ...]
    number: int = 0


Payload = (
    Baseline
    | Range
    | FollowUp
    | QualityException
    | Logged
    | SignOff
    | ActionResult
    | EvidenceDecision
    | GoalTerms
    | Sending
    | Sent
    | NotSent
    | DraftVersion
    | Forgotten
)

KINDS: dict[str, type[Payload]] = {
    "baseline": Baseline,
    "range": Range,
    "follow-up": FollowUp,
    "exception": QualityException,
    "draft": DraftVersion,
    "log": Logged,
    "sign-off": SignOff,
    "action-result": ActionResult,
    "decision-on-evidence": EvidenceDecision,
    "goal-terms": GoalTerms,
    "sending": Sending,
    "sent": Sent,
    "not-sent": NotSent,
    "forgotten": Forgotten,
}
