"""The sprint ledger: what was committed, what changed, what was completed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What the amounts of a board count."""

    POINTS = "points"
    SECONDS = "seconds"
    ISSUES = "issues"


class EventKind(StrEnum):
    """What an event does to a sprint."""

    START = "start"
    ADDED = "added"
    REMOVED = "removed"
    REESTIMATED = "re-estimated"
    COMPLETED = "completed"
    REOPENED = "reopened"


class Outcome(StrEnum):
    """Where an issue stood when the sprint closed (now, while it is active)."""

    COMPLETED = "completed"
    NOT_COMPLETED = "not completed"
    REMOVED = "removed"
    COMPLETED_OUTSIDE = "completed outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvent:
    """One thing that happened to one issue in a sprint, in the board's unit.

    `scope_delta` moves the scope line, `completed_delta` the completed line, `remaining_delta` the burndown.
    The start is one event per committed issue, at the sprint's start. `estimate_before` and `estimate_after`
    are None where the issue was unestimated. `author_id` is None where Jira names nobody.
    """

    at: datetime
    kind: EventKind
    issue_id: int
    scope_delta: Decimal
    completed_delta: Decimal
    remaining_delta: Decimal
    estimate_before: Decimal | None
    estimate_after: Decimal | None
    author_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerIssue:
    """One issue of a sprint: how it came in, how it ended, and its estimates (None: unestimated)."""

    issue_id: int
    issue_key: str
    summary: str
    committed: bool
    added: bool
    removed: bool
    outcome: Outcome
    estimate_at_start: Decimal | None  # at the start, or when it was added
    estimate_at_close: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """The amounts of one sprint in one unit.

    Added, removed and re-estimated are event totals after the start; `reestimated` is signed, the others are
    not negative. `committed_completed` is the part of the commitment that was completed, at its estimates at
    the start.
    """

    commitment: Decimal
    added: Decimal
    removed: Decimal
    reestimated: Decimal
    completed: Decimal
    not_completed: Decimal
    completed_outside: Decimal
    committed_completed: Decimal

    @property
    def final_scope(self) -> Decimal:
        """What the sprint held when it closed: completed and not completed together."""
        return self.completed + self.not_completed

    @property
    def identity_holds(self) -> bool:
        """Whether commitment + added + re-estimated - removed = completed + not completed."""
        return self.commitment + self.added + self.reestimated - self.removed == self.final_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintTotals:
    """The amounts of one sprint on one board, without the issues behind them.

    `amounts` are in `unit`; `counts` are the same amounts in issues (sub-tasks stand outside both).
    `churn` is everything added, removed and re-estimated, signs dropped. `close` is None while the sprint is
    active; everything is then as of the moment asked for. `is_own` is False for another board's sprint that
    this board only lists. `is_incomplete`: it began before the history that was read, so issues may be
    missing; it has no ratios.
    """

    board_id: int
    board_name: str
    is_own: bool
    sprint_id: int
    name: str
    state: str
    goal: str | None
    start: datetime
    planned_end: datetime | None
    close: datetime | None
    unit: Unit
    amounts: Amounts
    counts: Amounts
    churn: Decimal
    unestimated: int  # issues of the commitment without an estimate
    is_incomplete: bool = False

    @property
    def identity_holds(self) -> bool:
        """Whether the identity holds for amounts and for counts."""
        return self.amounts.identity_holds and self.counts.identity_holds

    @property
    def completion_ratio(self) -> Decimal | None:
        """completion-ratio: completed / commitment; may exceed 1.

        None while the sprint is active, where it is incomplete, or without a commitment.
        """
        return self._ratio(self.amounts.completed, self.amounts.commitment)

    @property
    def commitment_reliability(self) -> Decimal | None:
        """commitment-reliability: committed and completed / commitment, both as estimated at the start.

        At most 1. None while the sprint is active, where it is incomplete, or without a commitment.
        """
        return self._ratio(self.amounts.committed_completed, self.amounts.commitment)

    @property
    def net_growth(self) -> Decimal | None:
        """net-scope-growth: (final scope - commitment) / commitment. None where completion-ratio is."""
        return self._ratio(self.amounts.final_scope - self.amounts.commitment, self.amounts.commitment)

    @property
    def scope_change(self) -> Decimal | None:
        """gross-scope-change: added, removed and re-estimated by events, signs dropped / commitment.

        None while the sprint is active, where it is incomplete, or without a commitment.
        """
        return self._ratio(self.churn, self.amounts.commitment)

    @property
    def carry_over(self) -> Decimal | None:
        """carry-over: not completed / final scope. None as they are, or with an empty scope."""
        return self._ratio(self.amounts.not_completed, self.amounts.final_scope)

    def _ratio(self, part: Decimal, whole: Decimal) -> Decimal | None:
        return None if self.close is None or self.is_incomplete or whole == 0 else part / whole


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintLedger(SprintTotals):
    """One sprint on one board, with what happened to every issue and how each ended."""

    events: tuple[LedgerEvent, ...]  # by time
    issues: tuple[LedgerIssue, ...]  # by key
