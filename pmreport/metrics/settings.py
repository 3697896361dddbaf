"""How this team works, as far as the numbers need to know it: fields, boards, labels, money, initiatives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PARTS = ("value", "urgency", "risk", "size", "reach", "impact", "confidence", "effort")  # of a score


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSettings:
    """Jira's ids of two fields, where discovery picks the wrong one; None leaves it to discovery."""

    story_points: str | None = None
    sprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """One board. Work starts in `start_column`; None: the first column whose statuses are indeterminate."""

    board_id: int
    start_column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSettings:
    """Waiting, and the service level: `sle_share` of the items take at most `sle_days`."""

    waiting_statuses: tuple[str, ...] = ("In Review", "Waiting")
    sle_days: int = 8
    sle_share: Decimal = Decimal("0.85")


@dataclass(frozen=True, slots=True)
class DoneSettings:
    """Resolutions of items that were dropped and not delivered."""

    dropped_resolutions: tuple[str, ...] = ("Won't Do", "Duplicate", "Cannot Reproduce", "Declined")


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """Accounts whose activity is not human activity."""

    automation_accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpSettings:
    """What makes an item a follow-up: its type, or a label.

    A type called Decision, Risk, Assumption or Dependency makes one without being named here.
    """

    action_types: tuple[str, ...] = ("Action",)
    question_types: tuple[str, ...] = ("Question",)
    labels: tuple[str, ...] = ("follow-up", "action", "question", "decision", "risk")

    @property
    def types(self) -> tuple[str, ...]:
        """Every type that makes an item a follow-up."""
        return (*self.action_types, *self.question_types, "Decision", "Risk", "Assumption", "Dependency")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentSettings:
    """The labels of the four kinds of investment."""

    grow: tuple[str, ...] = ("grow",)
    enhance: tuple[str, ...] = ("enhance",)
    keep: tuple[str, ...] = ("keep",)
    debt: tuple[str, ...] = ("debt",)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrioritySettings:
    """The number fields, by name, that hold the parts of a score: WSJF has the first four, RICE the others.

    Where one is None, a label says it: `value-8`, `effort-3`.
    """

    value: str | None = None
    urgency: str | None = None
    risk: str | None = None
    size: str | None = None
    reach: str | None = None
    impact: str | None = None
    confidence: str | None = None
    effort: str | None = None

    @property
    def part_of(self) -> Mapping[str, str]:
        """The part that each field holds, by the name of the field in lower case."""
        named = ((part, getattr(self, part)) for part in PARTS)
        return {name.lower(): part for part, name in named if name is not None}


@dataclass(frozen=True, slots=True)
class MoneySettings:
    """The currency, and the private file of rates as an absolute path; None: budgets run in hours."""

    currency: str = "EUR"
    rates: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeSettings:
    """A piece of work that scope, budget, forecast and on-time speak about.

    `jql` says which items belong to it, and `where` where that is written (file:line:column). Items added
    with `change_label` were approved. `budget` is in `[money] currency`, or in hours where rates are missing.
    """

    id: str
    name: str
    jql: str
    start: date | None = None
    finish: date | None = None
    budget: Decimal | None = None
    change_label: str | None = None
    where: str | None = None
